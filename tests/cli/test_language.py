"""Which language the command line speaks."""

import pytest

from api.commands.language import spoken
from matcher.domain.messages import Language


@pytest.mark.parametrize(
    ("asked", "environment", "language"),
    [
        ("de", {"LANG": "en_US.UTF-8"}, Language.DE),
        (None, {"LANG": "en_US.UTF-8"}, Language.EN),
        (None, {"LANG": "de"}, Language.DE),
        (None, {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, Language.ZH),
        (None, {"MATCHER_LANGUAGE": "de", "LC_ALL": "en_GB"}, Language.DE),
    ],
)
def test_an_option_wins_over_the_shell(asked, environment, language) -> None:
    assert spoken(asked, environment) is language


@pytest.mark.parametrize("value", ["", "C", "C.UTF-8", "POSIX", "fr_FR.UTF-8", "enough"])
def test_a_shell_that_names_none_of_the_three_gets_chinese(value) -> None:
    assert spoken(None, {"LANG": value}) is Language.ZH
