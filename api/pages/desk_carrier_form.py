"""The form in which a carrier's staff puts its record right: what it holds, and the changes that it makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from api.pages.desk_page import day_told
from api.pages.forms import Sent, whole_number
from matcher.domain.carriers import Carrier
from matcher.domain.corrections import CORRECTABLE, fact_value
from matcher.domain.errors import InvalidField
from matcher.domain.messages import Message
from matcher.services.correct_carrier import Grounds

LANGUAGES = ("zh", "en", "de")
WORDS = ("status", "operator", "district")
NUMBERS = ("places_left", "founded", "area_m2")
TERMS = ("industries", "subfields", "wanted", "services", "service_items", "capabilities", "site")
CONFIRM = "confirm"
MAX_LINE_CHARACTERS = 500


@dataclass(frozen=True)
class CarrierForm:
    """What stands in the form, and what is wrong with it."""

    words: Mapping[str, str]
    terms: Mapping[str, Sequence[str]]
    version: str
    confirmed: frozenset[str] = frozenset()
    errors: Mapping[str, Message] = field(default_factory=dict)  # by field; "" for the whole


def form_of(carrier: Carrier, version: str, today: date) -> CarrierForm:
    """As the record stands, on the carrier's own word of today."""
    words = {name: _word(fact_value(carrier, name)) for name in (*WORDS, *NUMBERS)}
    words |= {f"description_{one}": getattr(carrier.description, one) for one in LANGUAGES}
    words |= {"tenants": "\n".join(carrier.tenants), "title": "", "url": "", "date": today.isoformat()}
    words["main_industry"] = carrier.industries[0] if carrier.industries else ""
    return CarrierForm(words, {name: list(getattr(carrier, name)) for name in TERMS}, version)


def sent_back(form: CarrierForm, sent: Sent, error: InvalidField | None = None) -> CarrierForm:
    """As it was sent, with what is wrong."""
    return CarrierForm(
        {name: sent.text(name) for name in form.words},
        {name: sent.texts(name) for name in TERMS},
        sent.text("version"),
        frozenset(sent.texts(CONFIRM)),
        {} if error is None else {_place(error.field): error.message},
    )


def changes_of(sent: Sent, carrier: Carrier) -> dict[str, object]:
    """What differs from the record, and what is confirmed though it stays; raises InvalidField."""
    said = _said(sent, carrier)
    confirmed = set(sent.texts(CONFIRM))
    return {
        name: said[name]
        for name in CORRECTABLE
        if said[name] != _plain(carrier, name) or (name in confirmed and said[name] is not None)
    }


def grounds_of(sent: Sent) -> Grounds:
    """A page or document where one is named, else the carrier's own word; raises InvalidField."""
    title, url, told = sent.told("title"), sent.told("url"), sent.told("date")
    if told is None:
        raise InvalidField("A day such as 2026-11-24 is expected, not {value}.", field="date", value="")
    for name, text in (("title", title), ("url", url)):
        if text is not None and (len(text) > MAX_LINE_CHARACTERS or not text.isprintable()):
            raise InvalidField("{name}: at most {limit} characters.", field=name, name=name, limit=MAX_LINE_CHARACTERS)
    return Grounds(title=title, url=url, on=day_told(told, "date"))


def _said(sent: Sent, carrier: Carrier) -> dict[str, object]:
    """All that the form says, as files write it; None is unknown."""
    said: dict[str, object] = {name: sent.told(name) for name in WORDS}
    said |= {name: whole_number(sent.text(name), name) for name in ("places_left", "founded")}
    said["area_m2"] = _area(sent)
    description = {one: text for one in LANGUAGES if (text := sent.told(f"description_{one}"))}
    said["description"] = description or None
    said["tenants"] = [line.strip() for line in sent.text("tenants").split("\n") if line.strip()] or None
    for name in TERMS:
        said[name] = _in_order(sent.texts(name), getattr(carrier, name)) or None
    main = sent.told("main_industry")
    if main is not None:
        industries = _in_order(sent.texts("industries"), carrier.industries)
        said["industries"] = [main, *(one for one in industries if one != main)]
    return said


def _in_order(chosen: Sequence[str], before: Sequence[str]) -> list[str]:
    """Those that stay in their order, for a record names the weightiest first; new ones behind them."""
    return [*(one for one in before if one in chosen), *(one for one in dict.fromkeys(chosen) if one not in before)]


def _plain(carrier: Carrier, name: str) -> object:
    """As the form would say it."""
    value = fact_value(carrier, name)
    return float(value) if name == "area_m2" and isinstance(value, (int, float)) else value


def _area(sent: Sent) -> float | None:
    told = sent.told("area_m2")
    if told is None:
        return None
    try:
        return float(told.replace(",", ""))
    except ValueError:
        raise InvalidField("A number is expected.", field="area_m2") from None


def _word(value: object) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _place(name: str | None) -> str:
    """The field of the form at which an error is told."""
    if name is None or name == "changes":
        return ""
    return f"description_{name}" if name in LANGUAGES else name
