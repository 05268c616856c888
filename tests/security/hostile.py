"""What somebody may write who means harm."""

SQL = "x'; DROP TABLE startups; --"
ALWAYS_TRUE = "' OR '1'='1"
SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img src=x onerror=alert(1)>'
TEMPLATE = "{{7*7}}${7*7}%s{0}"
FORMULA = '=HYPERLINK("http://evil.example","x")'
COMMAND = "@SUM(1+1)*cmd|' /C calc'!A0"
LINES = "a\r\nSet-Cookie: injected=1\r\n\r\n<html>"
PATH = "../../../../etc/passwd"

TEXTS = {
    "sql": SQL,
    "always true": ALWAYS_TRUE,
    "script": SCRIPT,
    "image": IMAGE,
    "template": TEMPLATE,
    "formula": FORMULA,
    "command": COMMAND,
    "path": PATH,
}  # fmt: skip
