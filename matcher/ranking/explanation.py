"""Why this match: what is covered, missing and unknown, with the startup's words and the facts of the carrier."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from matcher.domain.carriers import Carrier, Status
from matcher.domain.facts import Fact
from matcher.domain.ids import TermId
from matcher.domain.matches import Criterion, CriterionPart
from matcher.domain.messages import Message, Texts
from matcher.domain.startups import Finding, Profile, Span
from matcher.domain.taxonomy import Taxonomy

ROOM = 60  # characters of a list within a sentence, so that no sentence is longer than 200 in any language
NO_VALUE = (None, (), Status.UNKNOWN)
STATUS_WORDS = {
    Status.OPERATING: Message.of("operating"),
    Status.PLANNED: Message.of("planned"),
    Status.UNDER_CONSTRUCTION: Message.of("under construction"),
    Status.UNKNOWN: Message.of("state unknown"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One startup and one carrier, with what their comparison rests on."""

    profile: Profile
    carrier: Carrier
    taxonomy: Taxonomy
    is_core_park: bool  # of the chain that was read
    wished: bool | None  # whether the carrier lies in a place wished for; None: unknown, or no wish
    fits_stage: bool | None  # whether the carrier's kind suits the startup's stage; None: unknown

    def labels(self, terms: Sequence[str]) -> tuple[Texts | Message, ...]:
        """Their names; where they are too many for a short sentence, the first ones and how many more."""
        names = [self.taxonomy.label(term) for term in terms]
        lengths = accumulate(max(map(len, name)) + len(", ") for name in names)
        n_named = max(1, sum(length <= ROOM for length in lengths))
        more = len(names) - n_named
        return (*names[:n_named], Message.of("{n} more", n=more)) if more > 0 else tuple(names)

    def facts(self, *fields: str) -> tuple[Fact, ...]:
        """The provenance of those fields that have a value."""
        return tuple(self.carrier.fact(name) for name in fields if getattr(self.carrier, name) not in NO_VALUE)


def explain(pair: Pair, parts: Mapping[Criterion, float]) -> tuple[CriterionPart, ...]:
    """One entry per criterion that the ranker weighs, in the order of `Criterion`; `parts` are the score's own."""
    return tuple(EXPLAINERS[criterion](pair, part) for criterion, part in parts.items())


def _field(pair: Pair, part: float) -> CriterionPart:
    profile, carrier = pair.profile, pair.carrier
    asked = tuple(finding.id for finding in profile.subfields[:1])
    industry = profile.industry.id
    shared = tuple(finding.id for finding in profile.subfields if finding.id in carrier.subfields)
    same_industry = industry in carrier.industries
    covered = (*shared, *((industry,) if same_industry else ()))
    missing = () if same_industry or not carrier.industries or not asked else (industry,)
    unknown = asked if asked and not set(asked) & set(shared) and not missing else ()
    return CriterionPart(
        criterion=Criterion.FIELD,
        part=part,
        covered=covered,
        missing=missing,
        unknown=unknown,
        evidence=profile.subfields[0].evidence if profile.subfields and carrier.industries else (),
        facts=pair.facts("industries", "subfields", *(("anchors",) if pair.is_core_park else ())),
        sentence=_field_sentence(pair, shared, same_industry),
    )


def _field_sentence(pair: Pair, shared: Sequence[TermId], same_industry: bool) -> Message:
    profile, carrier = pair.profile, pair.carrier
    industry = pair.taxonomy.label(profile.industry.id)
    if not profile.subfields:
        return Message.of("Your field is not clear from the text, so how well it fits is only a guess.")
    if pair.is_core_park and shared:
        return Message.of(
            "Core park of the chain {industry}; it names your field {fields}.",
            industry=industry,
            fields=pair.labels(shared),
        )
    if pair.is_core_park:
        return Message.of("Core park of the chain {industry}.", industry=industry)
    if shared:
        return Message.of("It names your field: {fields}.", fields=pair.labels(shared))
    if same_industry and not carrier.subfields:
        return Message.of("It works in {industry}; which sub-fields is not on record.", industry=industry)
    if same_industry:
        return Message.of(
            "It works in {industry}; it names {fields}, not yours.",
            industry=industry,
            fields=pair.labels(carrier.subfields[:3]),
        )
    if not carrier.industries:
        return Message.of("No field of its own is on record, so it may take firms of any field.")
    if set(pair.taxonomy.near(profile.industry.id)) & set(carrier.industries):
        return Message.of(
            "Your field {industry} is only adjacent to its own: {fields}.",
            industry=industry,
            fields=pair.labels(carrier.industries[:3]),
        )
    return Message.of(
        "Your field {industry} is not among its own: {fields}.",
        industry=industry,
        fields=pair.labels(carrier.industries[:3]),
    )


def _stage(pair: Pair, part: float) -> CriterionPart:
    stage, kind = pair.profile.stage, pair.carrier.kind
    if stage is None:
        sentence = Message.of("Your stage cannot be told from the text, so it was not judged.")
    elif kind is None or pair.fits_stage is None:
        sentence = Message.of("What kind of carrier this is, is not on record; ask which stages it takes.")
    else:
        names = {"kind": pair.taxonomy.label(kind), "stage": pair.taxonomy.label(stage.id)}
        sentence = (
            Message.of("A carrier of the kind {kind} suits your stage: {stage}.", **names)
            if pair.fits_stage
            else Message.of("A carrier of the kind {kind} is not meant for your stage: {stage}.", **names)
        )
    known = stage is not None and pair.fits_stage is not None
    return CriterionPart(
        criterion=Criterion.STAGE,
        part=part,
        covered=(stage.id,) if stage and known and pair.fits_stage else (),
        missing=(stage.id,) if stage and known and not pair.fits_stage else (),
        unknown=(stage.id,) if stage and not known else (),
        evidence=stage.evidence if stage else (),
        facts=pair.facts("kind"),
        sentence=sentence,
    )


def _services(pair: Pair, part: float) -> CriterionPart:
    return _offer(pair, part, Criterion.SERVICES, pair.profile.services, ("services",))


def _facilities(pair: Pair, part: float) -> CriterionPart:
    asked = (*pair.profile.capabilities, *pair.profile.site)
    entry = _offer(pair, part, Criterion.FACILITIES, asked, ("capabilities", "site"))
    if pair.profile.site and pair.carrier.status.not_open_yet:
        sentence = Message.of("You need space now, and this carrier is not open yet.")
        return CriterionPart(
            criterion=entry.criterion, part=part, covered=entry.covered, unknown=entry.unknown, evidence=entry.evidence,
            facts=(*entry.facts, *pair.facts("status")), sentence=sentence,
        )  # fmt: skip
    return entry


def _offer(
    pair: Pair, part: float, criterion: Criterion, asked: Sequence[Finding], fields: Sequence[str]
) -> CriterionPart:
    """What is asked for against what is on record: what is not on record is unknown, never absent."""
    offered = {term for name in fields for term in getattr(pair.carrier, name)}
    covered = tuple(finding.id for finding in asked if finding.id in offered)
    unknown = tuple(finding.id for finding in asked if finding.id not in offered)
    if not asked:
        sentence = Message.of("You asked for nothing here.")
    elif covered and unknown:
        sentence = Message.of(
            "On record: {covered}. Not on record, so ask: {unknown}.",
            covered=pair.labels(covered),
            unknown=pair.labels(unknown),
        )
    elif covered:
        sentence = Message.of("All you asked for is on record: {covered}.", covered=pair.labels(covered))
    else:
        sentence = Message.of(
            "None of this is on record, which is not a no; ask: {unknown}.",
            unknown=pair.labels(unknown),
        )
    return CriterionPart(
        criterion=criterion,
        part=part,
        covered=covered,
        unknown=unknown,
        evidence=_words(asked),
        facts=pair.facts(*fields) if covered else (),
        sentence=sentence,
    )


def _words(findings: Sequence[Finding], n_spans: int = 4) -> tuple[Span, ...]:
    spans = dict.fromkeys(span for finding in findings for span in finding.evidence[:1])
    return tuple(spans)[:n_spans]


def _place(pair: Pair, part: float) -> CriterionPart:
    if not pair.profile.stated.districts:
        sentence = Message.of("You named no place that you prefer.")
    elif pair.wished is None:
        sentence = Message.of("Where exactly it lies is not on record.")
    elif pair.wished:
        sentence = Message.of("It lies where you want to be.")
    else:
        sentence = Message.of("It lies elsewhere than you want to be.")
    return CriterionPart(criterion=Criterion.PLACE, part=part, facts=pair.facts("district", "city"), sentence=sentence)


def _wish(pair: Pair, part: float) -> CriterionPart:
    """What it wants and how many it can take are told and not weighed: no record that was learned from says either."""
    fields = (*(("specialised",) if pair.carrier.specialised else ()), "wanted", "places_left")
    return CriterionPart(criterion=Criterion.WISH, part=part, facts=pair.facts(*fields), sentence=_wish_sentence(pair))


def _wish_sentence(pair: Pair) -> Message:
    profile, carrier = pair.profile, pair.carrier
    own = pair.labels(carrier.industries[:3])
    shared = tuple(finding.id for finding in profile.subfields if finding.id in carrier.wanted)
    if shared:
        return Message.of(
            "It says that it would like to take {fields} next, and that is your field.", fields=pair.labels(shared)
        )
    if carrier.specialised and own:
        if not profile.subfields:
            return Message.of("It is specialised in {fields}.", fields=own)
        if profile.industry.id in carrier.industries:
            return Message.of("It is specialised in {fields}, and you are in its field.", fields=own)
        return Message.of(
            "It is specialised in {fields}; a tenant outside lowers the share it has to keep, so it may refuse.",
            fields=own,
        )
    if carrier.wanted and profile.subfields:
        return Message.of(
            "It says that it would like to take {fields} next; your field is not among them.",
            fields=pair.labels(carrier.wanted),
        )
    return Message.of("Whom it looks for is not on record.")


def _standing(pair: Pair, part: float) -> CriterionPart:
    carrier = pair.carrier
    state, as_of = STATUS_WORDS[carrier.status], carrier.status_as_of or "?"
    if carrier.level:
        sentence = Message.of(
            "{state}, as of {date}; recognised at {level}.",
            state=state,
            date=as_of,
            level=pair.taxonomy.label(carrier.level),
        )
    else:
        sentence = Message.of("{state}, as of {date}; no recognition on record.", state=state, date=as_of)
    return CriterionPart(
        criterion=Criterion.STANDING, part=part, facts=pair.facts("status", "level"), sentence=sentence
    )


def _history(pair: Pair, part: float) -> CriterionPart:
    """No admission is on record: the past is that of judgements, and says so."""
    if part > 0:
        sentence = Message.of(
            "Startups like yours were judged to suit this carrier (invented judgements, one assessor)."
        )
    elif part < 0:
        sentence = Message.of(
            "Startups like yours were judged to suit others better (invented judgements, one assessor)."
        )
    else:
        sentence = Message.of("No startup like yours was judged for this carrier.")
    return CriterionPart(criterion=Criterion.HISTORY, part=part, sentence=sentence)


EXPLAINERS: Mapping[Criterion, Callable[[Pair, float], CriterionPart]] = {
    Criterion.FIELD: _field,
    Criterion.STAGE: _stage,
    Criterion.SERVICES: _services,
    Criterion.FACILITIES: _facilities,
    Criterion.PLACE: _place,
    Criterion.WISH: _wish,
    Criterion.STANDING: _standing,
    Criterion.HISTORY: _history,
}
