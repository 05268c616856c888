"""The learned reader: a text to a profile, each finding with its probability and the words that show it."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.domain.errors import ModelNotFound
from matcher.domain.ids import TermId
from matcher.domain.messages import Language
from matcher.domain.startups import Description, Finding, Outcome, Profile, Span, Stated
from matcher.domain.taxonomy import CHAINS, NO_CHAIN, OTHER_INDUSTRY, Facet, Taxonomy
from matcher.ports import Encoder
from matcher.understanding.clauses import Offsets
from matcher.understanding.language import HAN
from matcher.understanding.standing import is_foreign_invested, is_high_tech_enterprise, is_registered
from models.linear_head import softmax
from models.need_reading import possible_needs, read_needs
from models.original_places import in_original
from models.praise_head import praised
from models.read_text import ALL, FIELD, MOST_NAMED, ReadText
from models.reader_store import RELEASED, ReaderModel, load_model
from models.text_views import TextView

Probabilities = NDArray[np.float64]
Value = TypeVar("Value")
READABLE, STAGE_UNKNOWN = "readable", "unknown"
LEAST_SUBFIELDS, MOST_SUBFIELDS = 3, 5
SPANS = 3  # of the main sub-field: with fewer, what is left can speak as clearly as the whole text
GATE_SHIFT = 1.5  # log-odds: the training texts hold far more that is vague or no project than what people send
LETTERS_IN_A_CHARACTER = 3  # about so many Latin letters say as much as one Chinese character
SHORT_LETTERS, CLEAR = 24, 0.9  # a line that names no product must be clear by itself
SUBFIELD_FLOOR = 0.05  # beyond the first three, a sub-field is shown from this probability on


class LearnedReader:
    """Linear heads over words, the encoder's vector, and figures read by rule; what is stated wins."""

    def __init__(self, model: ReaderModel, encoder: Encoder, taxonomy: Taxonomy) -> None:
        """Check that model, encoder and vocabulary fit together.

        Raises:
            ModelNotFound: the reader was trained on another encoder's vectors.
        """
        if model.encoder_id != encoder.id:
            raise ModelNotFound(
                "The reader was trained for the encoder {wanted}, but {found} is in use. Run: {command}",
                wanted=model.encoder_id,
                found=encoder.id,
                command="make train",
            )
        self._model, self._encoder, self._taxonomy = model, encoder, taxonomy
        self._subfields = taxonomy.ids(Facet.SUBFIELD)
        self._industries = taxonomy.ids(Facet.INDUSTRY)
        self._stages = taxonomy.ids(Facet.STAGE)
        self._class_of = {TermId(name): number for number, name in enumerate(model.heads["field"].classes)}
        of = [taxonomy.industry_of(name) for name in self._subfields]
        self._membership = np.array([[float(name == one) for name in of] for one in self._industries])

    @property
    def id(self) -> str:
        return self._model.id

    def read(self, descriptions: Sequence[Description], on: date) -> list[Profile]:
        """One profile per description; ages are counted up to `on`."""
        reads = self._encoded([self._view(description, on) for description in descriptions])
        praise = self._praise(reads)
        changed = [number for number, places in enumerate(praise) if places]
        if changed:
            again = self._encoded([self._view(descriptions[number], on, praise[number]) for number in changed])
            for number, read in zip(changed, again, strict=True):
                reads[number] = read
        return [
            in_original(self._profile(description.stated, read), read.view.unset)
            for description, read in zip(descriptions, reads, strict=True)
        ]

    def _view(self, description: Description, on: date, also_noise: Sequence[Offsets] = ()) -> TextView:
        return TextView.of(description.text, on, self._model.lexis, also_noise, description.name)

    def _encoded(self, views: Sequence[TextView]) -> list[ReadText]:
        wholes, parts = self._encoder.encode_parts(
            [view.encoded_text for view in views],
            [view.language.value for view in views],
            [view.encoded_clauses for view in views],
        )
        return [ReadText(self._model, *of_text) for of_text in zip(views, wholes, parts, strict=True)]

    def _praise(self, reads: Sequence[ReadText]) -> list[list[Offsets]]:
        """Sentences of each text that only praise; those that may are read once more, alone."""
        head = self._model.praise
        if head is None:
            return [[] for _ in reads]
        suspects = [head.suspects(read.view, read.parts, self._model.lexis) for read in reads]
        alone = [
            (read.view.clean[start:end], read.view.language.value)
            for read, places in zip(reads, suspects, strict=True)
            for start, end in places
        ]
        if not alone:
            return [[] for _ in reads]
        vectors = self._encoder.encode([sentence for sentence, _ in alone], [language for _, language in alone])
        found, done = [], 0
        for places in suspects:
            found.append(praised(head, places, vectors[done : done + len(places)]))
            done += len(places)
        return found

    def _profile(self, stated: Stated, read: ReadText) -> Profile:
        view = read.view
        subfields = self._subfield_probabilities(read, stated)
        industries = np.minimum(self._membership @ subfields, 1.0)  # sums may round to a little above one
        chains = self._chains(industries)
        chain = max(chains, key=lambda one: chains[one])
        outcomes = self._outcomes(read, stated, chain, float(industries.max()))
        outcome = max(outcomes, key=lambda one: outcomes[one])
        understood = outcome in (Outcome.RANKED, Outcome.NO_CORE_CHAIN)
        findings = self._subfield_findings(read, stated, subfields) if understood else ()
        evidence = findings[0].evidence if findings else ()
        stage, stages = self._stage(read, stated)
        needs = read_needs(read, stated, self._taxonomy)
        best = self._best_industry(industries, chain)
        age = view.signals.age
        return Profile(
            language=view.language,
            outcome=outcome,
            outcome_probabilities=outcomes,
            chain=Finding(
                id=TermId(chain if understood else NO_CHAIN),
                probability=chains[chain] if understood else 1 - outcomes[outcome],
                evidence=evidence if chain != NO_CHAIN else (),
            ),
            industry=Finding(
                id=self._industries[best] if understood else OTHER_INDUSTRY,
                probability=float(industries[best]) if understood else outcomes[outcome],
                evidence=evidence,
                stated=stated.industry is not None,
            ),
            subfields=findings,
            stage=stage,
            services=needs["services"],
            capabilities=needs["capabilities"],
            site=needs["site"],
            possible_needs=possible_needs(read, stated, self._taxonomy, needs),
            company_age_months=_first(stated.company_age_months, age.months if age else None),
            age_evidence=(age.span,) if age and stated.company_age_months is None else (),
            registered=_first(stated.registered, is_registered(view.clean)),
            foreign_invested=_first(stated.foreign_invested, is_foreign_invested(view.clean)),
            facts=_facts(view),
            fact_evidence={kind: (amount.span,) for kind, amount in view.signals.amounts.items()},
            stated=stated,
            subfield_probabilities=subfields,
            industry_probabilities=industries,
            stage_probabilities=stages,
            embedding=read.whole,
        )

    def _subfield_probabilities(self, read: ReadText, stated: Stated) -> Probabilities:
        """In the order of the vocabulary, with what is stated put in its place; they sum to one."""
        if stated.subfields:
            return np.array([float(name in stated.subfields) for name in self._subfields]) / len(set(stated.subfields))
        learned = softmax(read.logits("field", FIELD, np.zeros_like(read.signals)))
        ordered = np.array(
            [learned[self._class_of[name]] if name in self._class_of else 0.0 for name in self._subfields]
        )
        if stated.industry:
            inside = np.array([self._taxonomy.industry_of(name) == stated.industry for name in self._subfields])
            if inside.any():
                ordered = np.where(inside, ordered + np.finfo(float).tiny, 0.0)
        return ordered / ordered.sum()

    def _chains(self, industries: Probabilities) -> dict[str, float]:
        chains = dict.fromkeys((*CHAINS, NO_CHAIN), 0.0)
        for name, probability in zip(self._industries, industries.tolist(), strict=True):
            chains[self._taxonomy.chain_of(name)] += probability
        return {name: min(1.0, probability) for name, probability in chains.items()}

    def _best_industry(self, industries: Probabilities, chain: str) -> int:
        """Of those in the chain, so that the two never contradict each other."""
        in_chain = np.array([self._taxonomy.chain_of(name) == chain for name in self._industries])
        return int(np.argmax(np.where(in_chain, industries, -1.0)))

    def _outcomes(self, read: ReadText, stated: Stated, chain: str, clearness: float) -> Mapping[Outcome, float]:
        """Whether there is a product and whether it is technology is learned; a chain then decides which list.

        Args:
            read: the text.
            stated: a stated field leaves nothing to ask.
            chain: the most probable one.
            clearness: probability of the main industry. Vague texts are full of needs, but one that is full of needs
                is not vague while its field is clear: the odds of being vague fall with the odds of the field.
        """
        classes = self._model.heads["gate"].classes
        shift = np.array([GATE_SHIFT + np.minimum(sum(hit.weight for hit in read.terms), MOST_NAMED)
                          if name == READABLE else 0.0 for name in classes], np.float32)  # fmt: skip
        gate = dict(zip(classes, softmax(read.logits("gate", ALL, read.signals) + shift).tolist(), strict=True))
        gate[Outcome.NEEDS_MORE_INFORMATION.value] *= min(1.0, (1 - clearness) / clearness)
        total = sum(gate.values())
        vague, out = (gate[one.value] / total for one in (Outcome.NEEDS_MORE_INFORMATION, Outcome.OUT_OF_SCOPE))
        if stated.subfields or stated.industry:
            vague = out = 0.0
        elif _is_beyond_reading(read) or (_is_short(read) and not read.terms and clearness < CLEAR):
            vague, out = 1.0, 0.0
        readable = max(0.0, 1 - vague - out)
        return {
            Outcome.RANKED: readable if chain != NO_CHAIN else 0.0,
            Outcome.NO_CORE_CHAIN: readable if chain == NO_CHAIN else 0.0,
            Outcome.NEEDS_MORE_INFORMATION: vague,
            Outcome.OUT_OF_SCOPE: out,
        }

    def _subfield_findings(self, read: ReadText, stated: Stated, probabilities: Probabilities) -> tuple[Finding, ...]:
        if stated.subfields:
            return tuple(Finding(id=name, probability=1.0, stated=True) for name in dict.fromkeys(stated.subfields))
        best = np.argsort(-probabilities, kind="stable")[:MOST_SUBFIELDS].tolist()
        shown = [n for place, n in enumerate(best) if place < LEAST_SUBFIELDS or probabilities[n] >= SUBFIELD_FLOOR]
        return tuple(
            Finding(
                id=self._subfields[number],
                probability=float(probabilities[number]),
                evidence=read.evidence("field", self._class_of[self._subfields[number]], FIELD, 2 if place else SPANS)
                if place < LEAST_SUBFIELDS
                else (),
            )
            for place, number in enumerate(shown)
            if self._subfields[number] in self._class_of and probabilities[number] > 0
        )

    def _stage(self, read: ReadText, stated: Stated) -> tuple[Finding | None, Probabilities]:
        if stated.stage:
            certain = np.array([float(name == stated.stage) for name in self._stages])
            return Finding(id=stated.stage, probability=1.0, stated=True), certain
        classes = self._model.heads["stage"].classes
        learned = dict(zip(classes, softmax(read.logits("stage", ALL, read.signals)).tolist(), strict=True))
        stages = np.array([learned[name] for name in self._stages])
        stages /= stages.sum()
        best = self._stages[int(np.argmax(stages))]
        if learned[STAGE_UNKNOWN] > learned[best] or _is_beyond_reading(read):
            return None, stages
        evidence = read.evidence("stage", classes.index(best), ALL)
        if age := read.view.signals.age:
            evidence = (age.span, *(span for span in evidence if not _overlap(span, age.span)))
        return Finding(id=best, probability=learned[best], evidence=evidence[:2]), stages


def _first(stated: Value | None, read: Value | None) -> Value | None:
    """What is stated wins, also where it is "no" or zero."""
    return read if stated is None else stated


def _facts(view: TextView) -> Mapping[str, float]:
    facts = {kind: amount.value for kind, amount in view.signals.amounts.items()}
    return facts | ({"high_tech_enterprise": 1.0} if is_high_tech_enterprise(view.clean) else {})


def _is_beyond_reading(read: ReadText) -> bool:
    """Whether it is in another language, or says nothing that could be read."""
    return read.view.language is Language.OTHER or not read.view.clauses or not read.says_something


def _is_short(read: ReadText) -> bool:
    said = [read.view.field_text[start:end] for start, end in read.view.clauses]
    n_han = sum(len(HAN.findall(clause)) for clause in said)
    return sum(map(len, said)) + n_han * (LETTERS_IN_A_CHARACTER - 1) < SHORT_LETTERS


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def load_reader(encoder: Encoder, taxonomy: Taxonomy, folder: Path = RELEASED) -> LearnedReader:
    """The released reader, or one in another folder."""
    return LearnedReader(load_model(folder), encoder, taxonomy)
