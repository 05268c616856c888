"""Which language to speak in: the one asked for, else the shell's, else Chinese."""

from collections.abc import Mapping

from matcher.domain.messages import Language

SPOKEN = (Language.ZH, Language.EN, Language.DE)
SHELL_VARIABLES = ("MATCHER_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # the first that names one of the three wins
DEFAULT = Language.ZH


def spoken(asked: str | None, environment: Mapping[str, str]) -> Language:
    """The language of everything that is not an answer to a text."""
    names = (asked or "", *(environment.get(variable, "") for variable in SHELL_VARIABLES))
    known = {language.value: language for language in SPOKEN}
    found = (known.get(name[:2].lower()) for name in names if len(name) == 2 or name[2:3] in "_.-@")
    return next((language for language in found if language), DEFAULT)
