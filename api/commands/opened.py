"""Settings and services as the commands open them."""

from pydantic import ValidationError

from api.settings import Settings
from matcher.domain.errors import InvalidInput


def settings() -> Settings:
    """Raises InvalidInput where an environment variable holds no possible value."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise InvalidInput(
            "The setting {name} is not possible: {reason}.", field=name, name=f"MATCHER_{name}", reason=first["msg"]
        ) from None
