"""What a founder puts right in an answer, told by the button that was pressed: `VERB:WHAT:WHICH`."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from api.pages.asked import CHOICES, FACTS, KINDS, Asked

SAYABLE = (*CHOICES, "registered", "foreign_invested")


def corrected(asked: Asked, do: str, added: str = "") -> Asked:
    """What is asked next; a button that there is not changes nothing.

    Args:
        asked: as it stood in the page.
        do: the button's value.
        added: what is chosen in the list beside the button `add`, as `KIND:ID`.
    """
    verb, _, rest = do.partition(":")
    what, _, which = (added if verb == "add" else rest).partition(":")
    if verb == "look":
        return replace(asked, scope=rest)
    if verb == "try":
        return _with_change(asked, rest)
    if verb in OF_CARRIERS:
        return OF_CARRIERS[verb](asked, rest)
    if what in KINDS and verb in OF_LISTS:
        return OF_LISTS[verb](asked, what, which)
    if what in SAYABLE and verb == "set":
        return asked.saying(what, which)
    return asked.reading(what) if verb == "read" and what in (*KINDS, *FACTS) else asked


def change_to_try(change: Mapping[str, object]) -> str:
    """The value of a button that asks again with this change of an advice; empty where the startup changes nothing."""
    pairs = [(name, one) for name, value in change.items() for one in _written(value)]
    return f"try:{urlencode(pairs)}" if pairs else ""


def _written(value: object) -> list[str]:
    """As the fields of the form hold it; an empty list leaves an empty one."""
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return [str(one) for one in value] or [""] if isinstance(value, list) else [str(value)]


def _with_change(asked: Asked, written: str) -> Asked:
    pairs = parse_qsl(written, keep_blank_values=True)
    for name in dict(pairs):
        values = tuple(value for one, value in pairs if one == name and value)
        if name in KINDS:
            asked = asked.stating(name, values)
        elif name in FACTS:
            asked = asked.saying(name, ", ".join(values))
    return asked


def _add(asked: Asked, kind: str, term: str) -> Asked:
    """To a need that was read; a field that is named takes the place of what was read."""
    before = asked.stated.get(kind, ()) if kind == "subfields" else asked.shown(kind)
    return asked.stating(kind, (*before, term)) if term else asked


def _drop(asked: Asked, kind: str, term: str) -> Asked:
    return asked.stating(kind, tuple(one for one in asked.shown(kind) if one != term))


def _confirm(asked: Asked, kind: str, term: str) -> Asked:
    """One of them, or all where none is named."""
    return _add(asked, kind, term) if term else asked.stating(kind, asked.shown(kind))


def _exclude(asked: Asked, carrier: str) -> Asked:
    return replace(asked, excluded=tuple(dict.fromkeys((*asked.excluded, carrier))))


def _include(asked: Asked, carrier: str) -> Asked:
    return replace(asked, excluded=tuple(one for one in asked.excluded if one != carrier))


OF_LISTS: Mapping[str, Callable[[Asked, str, str], Asked]] = {"add": _add, "drop": _drop, "state": _confirm}
OF_CARRIERS: Mapping[str, Callable[[Asked, str], Asked]] = {"exclude": _exclude, "include": _include}
