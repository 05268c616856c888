"""What a password must be like; long rather than odd."""

from matcher.domain.errors import InvalidField

MIN_CHARACTERS = 10
MAX_CHARACTERS = 256
FEWEST_DIFFERENT = 4


def check_password(password: str, login: str, field: str = "password") -> None:
    """Raises InvalidField, whose words repeat nothing of the password."""
    if not MIN_CHARACTERS <= len(password) <= MAX_CHARACTERS:
        raise InvalidField(
            "A password has {least} to {most} characters.", field=field, least=MIN_CHARACTERS, most=MAX_CHARACTERS
        )
    if password.lower() == login or len(set(password)) < FEWEST_DIFFERENT:
        raise InvalidField(
            "A password is not the login, and has at least {n} different characters.",
            field=field,
            n=FEWEST_DIFFERENT,
        )
