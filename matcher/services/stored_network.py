"""The store as a network to learn from: carriers, startups that agreed to it, and what happened between them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from matcher.domain.carriers import Carrier, Role
from matcher.domain.errors import InvalidInput
from matcher.domain.ids import StartupId
from matcher.domain.interactions import Interaction, InteractionKind, last_day
from matcher.domain.messages import Texts
from matcher.domain.networks import Member, Network, Place
from matcher.domain.startup_records import ListedStartup, StartupRecord
from matcher.features.lessons import FEWEST_KNOWN
from matcher.ports import Transactions, UnitOfWork


@dataclass(frozen=True)
class StoredNetwork:
    transactions: Transactions

    def __call__(self, until: date) -> Network:
        """What was known on a day.

        A startup that was withdrawn, or has not agreed to be learned from, is not in it.

        Raises:
            InvalidInput: fewer admissions are on record than a ranker can begin with.
        """
        with self.transactions() as uow:
            startups = _startups(uow)
            carriers = {one.id: _carrier(one) for one in uow.carriers.all() if one.role is Role.CARRIER}
            known = [one for one in _interactions(uow, startups.keys(), until) if one.carrier in carriers]
        network = Network(
            startups=tuple(startups.values()), carriers=tuple(carriers.values()), interactions=tuple(known)
        )
        n_admissions = sum(one.kind is InteractionKind.ADMISSION for one in network.interactions)
        if n_admissions < FEWEST_KNOWN:
            raise InvalidInput(
                "Too little is on record to learn from: {n_admissions} admissions among {n_outcomes} outcomes of "
                "{n_startups} startups that agreed to it; at least {fewest} admissions are needed.",
                field="from-store",
                n_admissions=n_admissions,
                n_outcomes=len(network.interactions),
                n_startups=len(startups),
                fewest=FEWEST_KNOWN,
            )
        return network


def _startups(uow: UnitOfWork) -> dict[StartupId, Member]:
    """Those that agreed, by id."""
    members: dict[StartupId, Member] = {}
    for block in uow.startups.changed_since(0):
        agreed = {one.id: one.listed for one in block if one.listed is not None and one.listed.train_consent}
        records = uow.startups.by_id(list(agreed))
        members |= {id: _startup(records[id], listed) for id, listed in agreed.items() if id in records}
    return members


def _startup(record: StartupRecord, listed: ListedStartup) -> Member:
    """Its text and what was read of it; no name and no contact."""
    profile = listed.profile
    needs = (*profile.services, *profile.capabilities, *profile.site)
    return Member(
        id=record.id,
        text=record.draft.description.text,
        tags=tuple(dict.fromkeys(one.id for one in (profile.industry, *profile.subfields))),
        services=tuple(dict.fromkeys(one.id for one in needs)),
        stage=profile.stage.id if profile.stage else "",
    )


def _carrier(carrier: Carrier) -> Member:
    """Its texts and tags hold from the day of its newest source on: before, nobody could know them."""
    dates = [source.date for source in (*carrier.sources, *carrier.corrected.values()) if source.date]
    return Member(
        id=carrier.id,
        name=_words(carrier.name),
        text=_words(carrier.description),
        tags=(*carrier.industries, *carrier.subfields),
        services=tuple(dict.fromkeys((*carrier.services, *carrier.capabilities, *carrier.site))),
        place=Place(country=carrier.country or "", city=carrier.city or ""),
        as_of=max((last_day(one) for one in dates), default=None),
    )


def _words(texts: Texts) -> str:
    """In one language, as files give them."""
    return texts.en or texts.zh or texts.de


def _interactions(uow: UnitOfWork, startups: Collection[StartupId], until: date) -> list[Interaction]:
    """Of the pipelines, then of feedback; what both tell counts once for whoever learns from it."""
    of_pipelines = [one for one in uow.leads.interactions(until) if one.startup in startups]
    told = [one.outcome for one in uow.feedback.of(startups)]
    return [*of_pipelines, *(one for one in told if one is not None and one.on <= until)]
