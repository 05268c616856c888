"""Reads which services, capabilities and site conditions are asked for."""

from collections.abc import Mapping, Sequence

from matcher.domain.ids import TermId
from matcher.domain.startups import Finding, Span, Stated
from matcher.domain.taxonomy import Facet, Taxonomy
from models.read_text import ASKED, ReadText

NEED_FACETS = {"services": Facet.SERVICE, "capabilities": Facet.CAPABILITY, "site": Facet.SITE}
TECHNICAL, PREMISES, AIRSPACE = TermId("service.technical"), TermId("service.site"), TermId("req.airspace")
CUES_SHOWN = 2
HINTED = 0.15  # a need of less probability than its threshold is a hint from here on


def read_needs(read: ReadText, stated: Stated, taxonomy: Taxonomy) -> Mapping[str, tuple[Finding, ...]]:
    """By kind, most probable first; a kind that is stated is taken as stated."""
    probabilities = read.need_probabilities
    found: dict[str, list[Finding]] = {}
    for kind, facet in NEED_FACETS.items():
        said: Sequence[TermId] | None = getattr(stated, kind)
        if said is not None:
            found[kind] = [Finding(id=name, probability=1.0, stated=True) for name in dict.fromkeys(said)]
            continue
        found[kind] = [
            Finding(id=name, probability=float(probabilities[name]), evidence=_words(read, name))
            for name in taxonomy.ids(facet)
            if probabilities.get(name, 0.0) >= read.model.thresholds[kind]
        ]
    if stated.services is None:
        _imply(found["services"], found["capabilities"], TECHNICAL)
        _imply(found["services"], [finding for finding in found["site"] if finding.id != AIRSPACE], PREMISES)
    return {kind: tuple(sorted(some, key=lambda finding: -finding.probability)) for kind, some in found.items()}


def possible_needs(
    read: ReadText, stated: Stated, taxonomy: Taxonomy, needs: Mapping[str, tuple[Finding, ...]]
) -> tuple[Finding, ...]:
    """What the text hints at without asking for it, most probable first; never of a kind that is stated."""
    probabilities = read.need_probabilities
    found = [
        Finding(id=name, probability=float(probabilities[name]))
        for kind, facet in NEED_FACETS.items()
        if getattr(stated, kind) is None
        for name in taxonomy.ids(facet)
        if probabilities.get(name, 0.0) >= HINTED and all(finding.id != name for finding in needs[kind])
    ]
    return tuple(sorted(found, key=lambda finding: -finding.probability))


def _words(read: ReadText, name: TermId) -> tuple[Span, ...]:
    """The cue's own words, else those that speak most for it."""
    number = read.model.heads["needs"].classes.index(name)
    places = list(read.model.cues.places(number, read.view.need_text))
    if not places:
        return read.evidence("needs", number, ASKED, n_spans=1)
    if len(places) > CUES_SHOWN:  # the same word may stand in a clause that asks for nothing
        added = read.added("needs", number, ASKED)
        places.sort(key=lambda place: (-read.clause_sum(added, *place), place))
    return tuple(Span(start, end, read.view.text[start:end]) for start, end in sorted(places[:CUES_SHOWN]))


def _imply(services: list[Finding], reasons: Sequence[Finding], service: TermId) -> None:
    """A capability asked for brings technical service, a site need brings premises (rule 4 of the guideline)."""
    if reasons and all(finding.id != service for finding in services):
        strongest = max(reasons, key=lambda finding: finding.probability)
        services.append(Finding(id=service, probability=strongest.probability, evidence=strongest.evidence))
