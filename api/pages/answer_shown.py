"""An answer as a page shows it: to the founder who may put it right, or to whom it is shared with."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from api.pages.asked import CHOICES, KINDS, Asked
from api.pages.corrections import change_to_try
from api.pages.marked import marked
from api.pages.match_shown import MatchShown, largest_part, matches_shown
from api.pages.understood import NAMES, NEEDS, amounts, evidence, fields_shown, understood
from api.terminal.words import ADVICE_KINDS, CRITERIA, OUTCOMES, SCOPES
from matcher.domain.matches import AdviceKind, ListOrder
from matcher.domain.messages import Language, Message
from matcher.domain.startups import Outcome, Scope
from matcher.domain.taxonomy import Facet, Taxonomy

FEWEST_COMPARED, MOST_COMPARED = 2, 3
NO_LIST_YET = Message.of("More information is needed before there is a list")
NOTHING_LEFT = Message.of("No carrier is left on the list")
NEUTRAL = Message.of("Carriers in alphabetical order")
TOO_FEW_OR_MANY = Message.of("Tick two or three carriers, then compare them.")

Json = dict[str, Any]
Group = tuple[str | Message, Sequence[tuple[str, str]]]


def answer_shown(answer: Json) -> Json:
    """What everybody sees of an answer that the API has written."""
    matches = matches_shown(answer)
    return {
        "answer": answer,
        "outcome": Outcome(answer["outcome"]),
        "heading": _heading(answer),
        "scope_words": SCOPES[Scope(answer["scope"])],
        "lines": understood(answer),
        "amounts": amounts(answer),
        "matches": matches,
        "largest": largest_part(matches),
    }


def put_right(answer: Json, asked: Asked, taxonomy: Taxonomy, language: Language) -> Json:
    """What the founder sees beside it: the text with marks, and how everything can be put right.

    Args:
        answer: as the API has written it.
        asked: what it answers.
        taxonomy: what may be stated.
        language: of the page.
    """
    choices = {
        name: [(str(term.id), term.label.say(language)) for term in taxonomy.of(facet)]
        for name, facet in CHOICES.items()
    }
    scopes = list(SCOPES.items())
    return {
        "lines": understood(answer, choices, asked.said),
        "pieces": marked(asked.text, evidence(answer)),
        "read": {
            "subfields": [finding["id"] for finding in fields_shown(answer)],
            **{kind: [finding["id"] for finding in answer["profile"][kind]] for kind in NEEDS},
        },
        "addable": _addable(taxonomy, language),
        "further": scopes[[*SCOPES].index(Scope(answer["scope"])) + 1 :],
        "advice": [
            (ADVICE_KINDS[AdviceKind(piece["kind"])], piece, change_to_try(piece["change"]))
            for piece in answer["advice"]
        ],
    }


def side_by_side(matches: Sequence[MatchShown], ticked: Collection[str] | None) -> Json:
    """The carriers that were ticked, criterion by criterion; one that is on the list no more is left out.

    Args:
        matches: of the list.
        ticked: ids; None where nobody wants to compare.
    """
    chosen = [match for match in matches if match.id in (ticked or ())]
    fits = FEWEST_COMPARED <= len(chosen) <= MOST_COMPARED
    shown = chosen if fits else []
    by_name: list[Mapping[str, Any]] = [{one.name.text: one for one in match.reasons} for match in shown]
    return {
        "comparison": shown,
        "compared_reasons": [
            (name, [reasons.get(name.text) for reasons in by_name])
            for name in CRITERIA.values()
            if any(name.text in reasons for reasons in by_name)
        ],
        "comparison_wrong": TOO_FEW_OR_MANY if ticked is not None and not fits else None,
    }


def _heading(answer: Json) -> Message:
    outcome = Outcome(answer["outcome"])
    if not answer["matches"] and outcome is Outcome.NEEDS_MORE_INFORMATION:
        return NO_LIST_YET
    if not answer["matches"] and outcome is not Outcome.OUT_OF_SCOPE:
        return NOTHING_LEFT
    return NEUTRAL if answer["order"] == ListOrder.NEUTRAL.value and answer["matches"] else OUTCOMES[outcome]


def _addable(taxonomy: Taxonomy, language: Language) -> list[Group]:
    """What may be added by hand, in groups: the needs, then sub-fields by industry."""
    needs: list[Group] = [
        (
            NAMES[kind],
            [(f"{kind}:{term.id}", term.label.say(language)) for facet in KINDS[kind] for term in taxonomy.of(facet)],
        )
        for kind in NEEDS
    ]
    fields = [
        (
            industry.label.say(language),
            [
                (f"subfields:{term.id}", term.label.say(language))
                for term in taxonomy.of(Facet.SUBFIELD)
                if taxonomy.industry_of(term.id) == industry.id
            ],
        )
        for industry in taxonomy.of(Facet.INDUSTRY)
    ]
    return [*needs, *fields]
