"""A carrier's leads as rows of a file, and the plans that such a file brings back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar

from data.tabular.columns import Column, Holds
from matcher.domain.accounts import AccountId
from matcher.domain.errors import InvalidField
from matcher.domain.leads import DeclineReason, LeadStatus
from matcher.domain.messages import Language
from matcher.domain.taxonomy import NO_CHAIN, Taxonomy
from matcher.services.import_plans import PlanRow
from matcher.services.lead_views import LeadView

PLANNED = ("status", "reason", "note", "owner", "next_action", "due")  # what an import takes
COLUMNS = (
    Column("id"),
    *(Column(name, read_only=True) for name in ("name", "chain")),
    Column("subfields", Holds.LIST, read_only=True),
    Column("stage", read_only=True),
    *(Column(name, Holds.LIST, read_only=True) for name in ("services", "capabilities", "site", "places")),
    Column("company_age", read_only=True),
    Column("fit", read_only=True),
    Column("score", Holds.NUMBER, read_only=True),
    Column("consented", Holds.FLAG, read_only=True),
    *(Column(name) for name in PLANNED),
    Column("version", Holds.NUMBER),
    *(Column(name, read_only=True) for name in ("asked_at", "refused_at", "updated_at")),
)
Choice = TypeVar("Choice")
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", re.ASCII)


@dataclass(frozen=True)
class LeadWords:
    """What stands in the cells for ids, in one language; what is read back is known in all of them."""

    language: Language
    taxonomy: Taxonomy
    statuses: Mapping[LeadStatus, str]
    ages: Mapping[str, str]
    bands: Mapping[str, str]
    no_chain: str
    owners: Mapping[AccountId, str]  # their logins


def lead_record(view: LeadView, words: LeadWords) -> dict[str, object]:
    """As a line of JSON has it; reason and note are those of a next step, so they are empty."""
    card, lead = view.card, view.lead
    return {
        "id": str(lead.id),
        "name": view.record.draft.name if view.record else None,
        "chain": words.no_chain if card.chain == NO_CHAIN else _label(card.chain, words),
        "subfields": _labels(card.subfields, words),
        "stage": _label(card.stage, words) if card.stage else None,
        "services": _labels(card.services, words),
        "capabilities": _labels(card.capabilities, words),
        "site": _labels(card.site, words),
        "places": [place.say(words.language) for place in card.places],
        "company_age": words.ages[card.company_age] if card.company_age else None,
        "fit": words.bands[view.band],
        "score": round(view.score, 4),
        "consented": view.consented,
        "status": words.statuses[lead.status],
        "owner": words.owners.get(lead.plan.owner) if lead.plan.owner else None,
        "next_action": lead.plan.next_action,
        "due": lead.plan.due.isoformat() if lead.plan.due else None,
        "version": lead.version,
        "asked_at": _moment(lead.asked_at),
        "refused_at": _moment(lead.refused_at),
        "updated_at": _moment(lead.updated_at),
    }


def read_plan(
    values: Mapping[str, object], statuses: Mapping[str, LeadStatus], reasons: Mapping[str, DeclineReason]
) -> PlanRow:
    """What a row wants; what the file does not speak of stays.

    Args:
        values: of one row.
        statuses: by their ids and their words in all languages, folded.
        reasons: the same of reasons.

    Raises:
        InvalidField: a value cannot be used.
    """
    texts = {name: _text(values, name) for name in ("status", "reason", "note", "owner", "next_action", "due")}
    return PlanRow(
        status=_choice(texts["status"], statuses, "status", tuple(LeadStatus)),
        reason=_choice(texts["reason"], reasons, "reason", tuple(DeclineReason)),
        note=texts["note"],
        version=_version(values.get("version")),
        spoken_of=frozenset(name for name in ("owner", "next_action", "due") if name in values),
        owner=texts["owner"],
        next_action=texts["next_action"],
        due=_day(texts["due"]),
    )


def _choice(text: str | None, known: Mapping[str, Choice], field: str, ids: Sequence[str]) -> Choice | None:
    if text is None:
        return None
    if text.casefold() not in known:
        raise InvalidField(
            "{value} is none of {known}.", field=field, value=text[:60], known=tuple(str(one) for one in ids)
        )
    return known[text.casefold()]


def _text(values: Mapping[str, object], name: str) -> str | None:
    value = values.get(name)
    if value is not None and not isinstance(value, str):
        raise InvalidField("A text is expected.", field=name)
    return value.strip() or None if value else None


def _version(value: object) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value > 0):
        return value
    raise InvalidField("A whole number is expected.", field="version")


def _day(text: str | None) -> date | None:
    """Also as spreadsheets in Chinese write it: 2026/11/24, 2026年11月24日."""
    if text is None:
        return None
    found = DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else date.fromisoformat(text)
    except ValueError:
        raise InvalidField("A day such as 2026-11-24 is expected, not {value}.", field="due", value=text[:60]) from None


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="seconds")


def _label(term: str, words: LeadWords) -> str:
    return words.taxonomy.label(term).say(words.language)


def _labels(terms: Sequence[str], words: LeadWords) -> list[str]:
    return [_label(term, words) for term in terms]
