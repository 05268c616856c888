"""Domain objects that are valid by default: a test names only what it is about."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

import numpy as np

from matcher.domain.accounts import AccountId
from matcher.domain.carriers import Carrier, Confidence, Role, Status
from matcher.domain.entry_rules import EntryRule, Treatment
from matcher.domain.facts import Grade, Source
from matcher.domain.ids import CarrierId, EntryRuleId, SourceId, StartupId, TermId
from matcher.domain.matches import (
    Advice,
    AdviceKind,
    Answer,
    Band,
    BeforeNext,
    Criterion,
    CriterionPart,
    Match,
    ModelIds,
    NotEligible,
    PartnerHint,
    Question,
    RuleVerdict,
    Verdict,
)
from matcher.domain.messages import Language, Message, Texts
from matcher.domain.registry import Registry, RegistryVersion
from matcher.domain.startup_records import StartupDraft, StartupRecord
from matcher.domain.startups import Description, Finding, Outcome, Profile, Scope, Span
from matcher.domain.taxonomy import Facet, Taxonomy

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
_numbers = count(1)


def a_source(**changes: Any) -> Source:
    return _changed(
        lambda: Source(
            id=SourceId(f"source-{next(_numbers)}"),
            title="Press briefing",
            publisher="City of Taicang",
            date="2024-02-02",
            grade=Grade.OFFICIAL,
        ),
        changes,
    )


def a_carrier(**changes: Any) -> Carrier:
    number = next(_numbers)
    return _changed(
        lambda: Carrier(
            id=CarrierId(f"carrier-{number}"),
            name=Texts(zh=f"第{number}号孵化器", en=f"Incubator {number}", de=f"Inkubator {number}"),
            kind=TermId("kind.incubator"),
            status=Status.OPERATING,
            status_as_of="2024-02-02",
            city="太仓",
            country="CN",
            industries=(TermId("biomed"),),
            subfields=(TermId("biomed.devices"),),
            services=(TermId("service.site"),),
            anchors=(TermId("anchor.shaxi_biomed"),),
            evidence={"services": "stated"},
            confidence=Confidence.HIGH,
            sources=(a_source(),),
        ),
        changes,
    )


def an_entry_rule(**changes: Any) -> EntryRule:
    return _changed(
        lambda: EntryRule(
            id=EntryRuleId(f"rule-{next(_numbers)}"),
            carrier_kinds=("kind.incubator",),
            subject="company_age_months_at_entry",
            op="<=",
            value=24,
            treatment=Treatment.WARN,
            source=a_source(),
        ),
        changes,
    )


def a_finding(term_id: str, **changes: Any) -> Finding:
    return _changed(lambda: Finding(id=TermId(term_id), probability=0.8), changes)


def a_profile(**changes: Any) -> Profile:
    return _changed(
        lambda: Profile(
            language=Language.EN,
            outcome=Outcome.RANKED,
            outcome_probabilities={outcome: float(outcome is Outcome.RANKED) for outcome in Outcome},
            chain=a_finding("biomed"),
            industry=a_finding("biomed"),
            subfields=(a_finding("biomed.devices", evidence=(Span(0, 8, "catheter"),)),),
            stage=a_finding("stage.seed"),
            services=(a_finding("service.site"),),
            capabilities=(a_finding("cap.medtech_test"),),
            site=(a_finding("req.cleanroom"),),
            company_age_months=14,
            age_evidence=(Span(9, 18, "14 months"),),
            facts={"equity_cny": 3_000_000.0},
        ),
        changes,
    )


def a_draft(**changes: Any) -> StartupDraft:
    return _changed(
        lambda: StartupDraft(
            name=f"Startup {next(_numbers)}",
            description=Description(text="We develop single-use cardiac catheters and need a cleanroom."),
        ),
        changes,
    )


def a_startup(**changes: Any) -> StartupRecord:
    number = next(_numbers)
    return _changed(
        lambda: StartupRecord(
            id=StartupId(f"startup-{number}"),
            owner=AccountId("owner"),
            draft=a_draft(),
            language=Language.EN,
            created_at=NOW,
            updated_at=NOW,
        ),
        changes,
    )


def a_read_profile(
    taxonomy: Taxonomy, subfields: Mapping[str, float], stage: str | None = None, **changes: Any
) -> Profile:
    """One whose findings and distributions agree: sub-fields by probability, and a stage that is certain or unknown."""
    probabilities = np.array([subfields.get(name, 0.0) for name in taxonomy.ids(Facet.SUBFIELD)])
    of = [taxonomy.industry_of(name) for name in taxonomy.ids(Facet.SUBFIELD)]
    industries = np.array(
        [probabilities[[name == one for name in of]].sum() for one in taxonomy.ids(Facet.INDUSTRY)], np.float64
    )
    best = taxonomy.ids(Facet.INDUSTRY)[int(np.argmax(industries))]
    chain = taxonomy.chain_of(best) if subfields else "none"
    embedding = np.zeros(64, np.float32)
    embedding[0] = 1
    return a_profile(
        **{
            "outcome": Outcome.NO_CORE_CHAIN if chain == "none" else Outcome.RANKED,
            "chain": a_finding(chain, probability=float(industries.max())),
            "industry": a_finding(best, probability=float(industries.max())),
            "subfields": tuple(
                a_finding(name, probability=probability)
                for name, probability in sorted(subfields.items(), key=lambda entry: -entry[1])
            ),
            "stage": None if stage is None else a_finding(stage, probability=1.0),
            **dict.fromkeys(("services", "capabilities", "site"), ()),
            "subfield_probabilities": probabilities,
            "industry_probabilities": industries,
            "stage_probabilities": np.array([float(name == stage) for name in taxonomy.ids(Facet.STAGE)]),
            "embedding": embedding,
            **changes,
        }
    )


def a_registry(taxonomy: Taxonomy, *carriers: Carrier, **changes: Any) -> Registry:
    number = next(_numbers)
    return _changed(
        lambda: Registry(
            version=RegistryVersion(version=f"version-{number}", as_of="2026-11-22"),
            taxonomy=taxonomy,
            carriers=tuple(sorted(carriers, key=lambda carrier: carrier.id)),
        ),
        changes,
    )


def a_part(criterion: Criterion = Criterion.FIELD, **changes: Any) -> CriterionPart:
    carrier = a_carrier()
    return _changed(
        lambda: CriterionPart(
            criterion=criterion,
            part=0.25,
            covered=(TermId("biomed.devices"),),
            unknown=(TermId("cap.medtech_test"),),
            evidence=(Span(0, 8, "catheter"),),
            facts=(carrier.fact("services"),),
            sentence=Message.of("It serves {names}.", names=(Texts(zh="医疗器械", en="devices", de="Geräte"),)),
        ),
        changes,
    )


def a_verdict(**changes: Any) -> RuleVerdict:
    return _changed(
        lambda: RuleVerdict(
            rule=EntryRuleId(f"rule-{next(_numbers)}"),
            verdict=Verdict.PASS,
            sentence=Message("The company is young enough."),
            source=a_source(),
            as_of="2018-12-14",
        ),
        changes,
    )


def a_match(**changes: Any) -> Match:
    """Its score is the sum of its parts, unless a test says otherwise."""
    parts = changes.get("criteria", (a_part(), a_part(Criterion.STAGE, part=-0.125, evidence=(), facts=())))
    return _changed(
        lambda: Match(
            rank=1,
            carrier=a_carrier(),
            score=sum(part.part for part in parts),
            probability=0.75,
            band=Band.HIGH,
            startup_utility=0.7,
            carrier_utility=0.6,
            criteria=parts,
            eligibility=(a_verdict(),),
            flags=(Message("Ask about permits."),),
            next_step=Message("Call the carrier."),
            before_next=BeforeNext(
                carrier=CarrierId("carrier-0"),
                difference=0.25,
                parts={Criterion.FIELD: 0.5, Criterion.STAGE: -0.25},
                sentence=Message("Before the other because of the field."),
            ),
        ),
        changes,
    )


def an_advice(**changes: Any) -> Advice:
    return _changed(
        lambda: Advice(
            kind=AdviceKind.BECOME,
            sentence=Message("Register the company."),
            carrier=a_carrier(),
            change={"stage": TermId("stage.seed"), "registered": True, "services": (TermId("service.site"),)},
            score_before=1.5,
            score_after=2.25,
            rank_before=3,
            rank_after=1,
        ),
        changes,
    )


def an_answer(**changes: Any) -> Answer:
    return _changed(
        lambda: Answer(
            request_id=f"request-{next(_numbers)}",
            outcome=Outcome.RANKED,
            language=Language.EN,
            models=ModelIds(encoder="encoder@1", reader="reader@1", ranker="ranker@1"),
            registry=RegistryVersion(version="0" * 16, as_of="2026-11-22"),
            profile=a_profile(),
            scope=Scope.HOME,
            matches=(a_match(),),
            partners=(PartnerHint(carrier=a_carrier(role=Role.PARTNER, kind=None), sentence=Message("It helps.")),),
            not_eligible=(
                NotEligible(carrier=a_carrier(), rule=EntryRuleId("own-wish"), sentence=Message("You left it out.")),
            ),
            questions=(Question(field="stage", sentence=Message("Is a company registered?")),),
            advice=(an_advice(),),
            general=(Message("Medical devices need a registration."),),
        ),
        changes,
    )


def _changed(make: Callable[[], Any], changes: dict[str, Any]) -> Any:
    return replace(make(), **changes)
