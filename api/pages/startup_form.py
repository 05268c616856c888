"""The form of a startup: what it holds of a record, and the record that it makes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from api.pages.forms import Sent, listed, whole_number
from data.tabular.startups import read_draft
from matcher.domain.errors import InvalidInput
from matcher.domain.messages import Message
from matcher.domain.registry import Registry
from matcher.domain.startup_records import MAX_CONTACT_CHARACTERS, StartupDraft
from matcher.domain.startups import MAX_CHARACTERS, MAX_NAME_CHARACTERS

WORDS = ("name", "contact", "text", "stage", "company_age_months", "districts")
FLAGS = ("discoverable", "train_consent")
MAYBE = ("registered", "foreign_invested")  # yes, no, or not said
YES, NO = "yes", "no"
LIMITS = {"name": MAX_NAME_CHARACTERS, "text": MAX_CHARACTERS, "contact": MAX_CONTACT_CHARACTERS}


@dataclass(frozen=True)
class StartupForm:
    """What stands in the form, and what is wrong with it."""

    values: Mapping[str, object]
    version: int | None = None  # that it rests on; None for a new startup
    errors: Mapping[str, Message] = field(default_factory=dict)


def empty_form() -> StartupForm:
    return StartupForm({**dict.fromkeys((*WORDS, *MAYBE), ""), "discoverable": True, "train_consent": False})


def form_of(draft: StartupDraft, version: int) -> StartupForm:
    """As the record stands."""
    stated = draft.description.stated
    return StartupForm(
        {
            "name": draft.name,
            "contact": draft.contact or "",
            "text": draft.description.text,
            "stage": stated.stage or "",
            "company_age_months": "" if stated.company_age_months is None else str(stated.company_age_months),
            "districts": ", ".join(stated.districts),
            **{name: _maybe_shown(getattr(stated, name)) for name in MAYBE},
            **{name: getattr(draft, name) for name in FLAGS},
        },
        version,
    )


def sent_back(sent: Sent, error: InvalidInput | None = None) -> StartupForm:
    """As it was sent, with what is wrong."""
    values: dict[str, object] = {name: sent.text(name) for name in (*WORDS, *MAYBE)}
    values |= {name: name in sent for name in FLAGS}
    version = sent.text("version")
    errors = {} if error is None else {error.field or "text": error.message}
    return StartupForm(values, int(version) if version.isascii() and version.isdigit() else None, errors)


def draft_of(sent: Sent, registry: Registry, before: StartupDraft | None = None) -> StartupDraft:
    """What is to be kept; what the form does not ask for stays as it was.

    Raises:
        InvalidInput: a value cannot be used; `field` names it.
    """
    values: dict[str, object] = {
        "name": sent.text("name"),
        "contact": sent.told("contact"),
        "text": sent.text("text"),
        "stage": sent.told("stage"),
        "company_age_months": whole_number(sent.text("company_age_months"), "company_age_months"),
        "districts": listed(sent.text("districts")),
        **{name: {YES: True, NO: False}.get(sent.text(name)) for name in MAYBE},
        **{name: name in sent for name in FLAGS},
    }
    return read_draft(values, registry.taxonomy, before)


def _maybe_shown(value: bool | None) -> str:
    return "" if value is None else YES if value else NO
