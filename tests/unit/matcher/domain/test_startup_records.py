"""A startup's record keeps its own rules."""

from datetime import timedelta

import pytest

from matcher.domain.errors import InvalidField, InvalidText, Outdated, SecretText
from matcher.domain.messages import Language
from matcher.domain.startup_records import StartupDraft, content_hash, default_name
from matcher.domain.startups import MAX_NAME_CHARACTERS, Description, Stated
from tests.factories import NOW, a_draft, a_startup

LATER = NOW + timedelta(hours=1)


def test_a_revision_is_the_next_version_of_the_same_startup() -> None:
    before = a_startup()

    after = before.revised(a_draft(name="Another name"), Language.DE, LATER)

    assert (after.id, after.owner, after.created_at) == (before.id, before.owner, before.created_at)
    assert (after.version, after.updated_at, after.language) == (2, LATER, Language.DE)


def test_a_withdrawn_startup_that_is_written_anew_is_back() -> None:
    withdrawn = a_startup().withdrawn(LATER)

    assert withdrawn.withdrawn_at == LATER
    assert withdrawn.revised(a_draft(), Language.EN, LATER).withdrawn_at is None


def test_a_change_of_an_older_version_is_refused() -> None:
    record = a_startup(version=3)

    record.require_version(3)
    record.require_version(None)
    with pytest.raises(Outdated, match="at version 3"):
        record.require_version(2)


@pytest.mark.parametrize("name", ["", "  ", "x" * (MAX_NAME_CHARACTERS + 1)])
def test_a_name_is_there_and_short(name) -> None:
    with pytest.raises(InvalidField) as refused:
        a_draft(name=name)

    assert refused.value.field == "name"


def test_the_name_of_a_record_is_what_its_description_is_called_by() -> None:
    draft = StartupDraft(name=" Palewing  Aero ", description=Description(text="Palewing Aero makes pumps."))

    assert draft.description.name == "Palewing Aero"


def test_a_beginning_of_the_text_that_serves_as_a_name_is_no_name_of_the_description() -> None:
    text = "Gas sensors for tunnels\nWe need a climate chamber."

    assert StartupDraft(name=default_name(text), description=Description(text=text)).description.name is None


def test_another_name_is_read_anew() -> None:
    one, other = (Description(text="We make pumps.", name=name) for name in ("Palewing", None))

    assert content_hash(one) != content_hash(other)


@pytest.mark.parametrize("character", ["\0", "\x1b", "\uffff"])
@pytest.mark.parametrize("field", ["name", "contact", "text", "districts"])
def test_characters_that_no_file_keeps_are_refused(field, character) -> None:
    text = f"a{character}b"
    with pytest.raises(InvalidText, match="control characters") as refused:
        StartupDraft(
            name=text if field == "name" else "Name",
            contact=text if field == "contact" else None,
            description=Description(
                text=text if field == "text" else "Text",
                stated=Stated(districts=(text,) if field == "districts" else ()),
            ),
        )

    assert refused.value.field == field


@pytest.mark.parametrize("field", ["name", "contact"])
def test_a_mark_of_secrecy_is_seen_wherever_it_stands(field) -> None:
    with pytest.raises(SecretText):
        a_draft(**{field: "绝密"})


def test_line_ends_are_made_equal() -> None:
    draft = a_draft(description=Description(text="one\r\ntwo\rthree"), contact=" mail\r\nphone ")

    assert draft.description.text == "one\ntwo\nthree"
    assert draft.contact == "mail\nphone"
