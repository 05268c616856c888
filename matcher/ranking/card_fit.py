"""What of a lead's card a carrier's record answers: reasons that rest on the card alone, and tell no more than it."""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.domain.carriers import Carrier
from matcher.domain.ids import TermId
from matcher.domain.lead_cards import LeadCard
from matcher.domain.matches import Criterion
from matcher.features.kinds import fit_of_kind
from matcher.ranking.listing import FITS


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFit:
    """One criterion; ids of the vocabulary that the record has, is known not to have, or does not tell of."""

    criterion: Criterion
    covered: tuple[TermId, ...] = ()
    missing: tuple[TermId, ...] = ()
    unknown: tuple[TermId, ...] = ()


def card_fits(card: LeadCard, carrier: Carrier) -> tuple[CardFit, ...]:
    """Of the criteria on which the card says something; what is not on record is unknown, never absent."""
    fits = (
        _field(card, carrier),
        _stage(card, carrier),
        _offer(Criterion.SERVICES, card.services, carrier.services),
        _offer(Criterion.FACILITIES, (*card.capabilities, *card.site), (*carrier.capabilities, *carrier.site)),
    )
    return tuple(fit for fit in fits if fit.covered or fit.missing or fit.unknown)


def _field(card: LeadCard, carrier: Carrier) -> CardFit:
    shared = tuple(one for one in card.subfields if one in carrier.subfields)
    if card.industry in carrier.industries:
        unknown = () if carrier.subfields else card.subfields
        return CardFit(criterion=Criterion.FIELD, covered=(*shared, card.industry), unknown=unknown)
    if carrier.industries:
        return CardFit(criterion=Criterion.FIELD, covered=shared, missing=(card.industry,))
    return CardFit(criterion=Criterion.FIELD, covered=shared, unknown=(card.industry,))


def _stage(card: LeadCard, carrier: Carrier) -> CardFit:
    if card.stage is None:
        return CardFit(criterion=Criterion.STAGE)
    fit, stage = fit_of_kind(carrier.kind, card.stage), (card.stage,)
    if fit != fit:  # NaN: the kind is not known
        return CardFit(criterion=Criterion.STAGE, unknown=stage)
    if fit >= FITS:
        return CardFit(criterion=Criterion.STAGE, covered=stage)
    return CardFit(criterion=Criterion.STAGE, missing=stage)


def _offer(criterion: Criterion, asked: Sequence[TermId], offered: Sequence[TermId]) -> CardFit:
    covered = tuple(one for one in asked if one in offered)
    return CardFit(criterion=criterion, covered=covered, unknown=tuple(one for one in asked if one not in offered))
