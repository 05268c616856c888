"""The carrier that stands for a chain: its core park."""

import unicodedata
from collections.abc import Mapping, Sequence

from matcher.domain.carriers import Carrier
from matcher.domain.ids import CarrierId
from matcher.domain.taxonomy import CHAINS, Taxonomy, Term


def core_parks(carriers: Sequence[Carrier], taxonomy: Taxonomy) -> Mapping[str, CarrierId]:
    """For each chain the carrier that bears the name of its core park, or else is the first to hold that anchor.

    A chain whose core park is not among the carriers is left out.
    """
    parks: dict[str, CarrierId] = {}
    for chain in CHAINS:
        anchor = taxonomy.core_park(chain)
        if anchor is None:
            continue
        named = _names(taxonomy.by_id[anchor]) if anchor in taxonomy.by_id else set()
        by_name = [carrier.id for carrier in carriers if not named.isdisjoint(map(_plain, carrier.name))]
        by_anchor = [carrier.id for carrier in carriers if anchor in carrier.anchors]
        if found := by_name or by_anchor:
            parks[chain] = found[0]
    return parks


def _names(anchor: Term) -> set[str]:
    return {_plain(name) for name in (*anchor.label, *anchor.aliases)} - {""}


def _plain(name: str) -> str:
    """Without regard to case and to the width of letters and brackets."""
    return unicodedata.normalize("NFKC", name).casefold()
