"""Whatever is kept about an account or a startup is named where exports and erases look."""

import re

from api.schemas.personal import PersonalDataOut
from data.personal.kept import KEPT, NOT_KEPT, Points
from data.tables import Base

SOMEBODY = {"accounts", "startups"}
NAMES_SOMEBODY = re.compile(r"account|startup|owner|_by$|actor|staff|login")
# Names that say somebody, and hold nobody.
NOBODY = {
    "accounts.login": "in the row of the account itself",
    "feedback.reported_by": "a role",
}


def links() -> set[str]:
    """Columns that lead to an account or a startup: at once, through another table, or by their name alone."""
    found = {f"{table}.id" for table in SOMEBODY}
    while True:
        tables = {name.partition(".")[0] for name in found}
        more = {
            f"{table.name}.{column.name}"
            for table in Base.metadata.sorted_tables
            for column in table.columns
            if NAMES_SOMEBODY.search(column.name) or any(key.column.table.name in tables for key in column.foreign_keys)
        }
        if more <= found:
            return found - set(NOBODY)
        found |= more


def test_every_link_to_an_account_or_a_startup_is_exported_and_erased_or_excused() -> None:
    named = [str(kept.link) for kept in KEPT]
    tables = {kept.link.class_.__name__: kept.link.class_.__tablename__ for kept in KEPT}
    named = [f"{tables[one.partition('.')[0]]}.{one.partition('.')[2]}" for one in named]

    assert len(set(named)) == len(named)
    assert sorted(links() - set(named) - set(NOT_KEPT)) == []
    assert sorted((set(named) | set(NOT_KEPT)) - links()) == []


def test_no_secret_is_handed_out() -> None:
    shown = {
        f"{kept.section}.{column.name}"
        for kept in KEPT
        if kept.section is not None
        for column in kept.link.class_.__table__.columns
        if column.name not in kept.hidden
    }

    assert [name for name in shown if re.search(r"hash|secret|token|password", name)] == []


def test_what_is_hidden_exists() -> None:
    columns = {kept.link: {column.name for column in kept.link.class_.__table__.columns} for kept in KEPT}

    assert [kept for kept in KEPT if not kept.hidden | set(kept.shown_as) <= columns[kept.link]] == []


def test_the_api_names_every_section_of_an_export() -> None:
    sections = [kept.section for kept in KEPT if kept.section is not None]

    assert list(PersonalDataOut.model_fields) == ["form", "exported_at", *sections]


def test_startups_are_erased_before_the_accounts_that_own_them() -> None:
    order = [kept.to for kept in KEPT]

    assert order.index(Points.STARTUP) > order.index(Points.ACCOUNT)
