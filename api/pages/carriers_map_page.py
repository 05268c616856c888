"""The four chains of the home city: its districts with their carriers as a scheme, the way of each chain, a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from fastapi import APIRouter, Response

from api.charts.city_map import Block, Mark, narrow_map, wide_map
from api.pages.carrier_filters import address_of_list
from api.pages.carrier_lines import CarrierLine, address_of_carrier, carrier_line
from api.pages.city_plan import CITY, N_COLUMNS, PLAN, district_label, district_name
from api.pages.visit import PageRoute, Visitor
from api.terminal.voice import Voice
from matcher.domain.carriers import Carrier, Role
from matcher.domain.core_parks import core_parks
from matcher.domain.messages import Message, Texts
from matcher.domain.taxonomy import CHAINS
from matcher.services.chain_neighbours import way_in

MOST_MARKS = 24  # of one district; the list of carriers shows the others
MOST_IN_CELL = 8
RIVER = Texts("长江", "Yangtze", "Jangtse")
UNPLACED = Message.of("District not on record")

router = APIRouter(route_class=PageRoute)


@dataclass(frozen=True, slots=True)
class ChainShown:
    """One chain: how many carriers it has here, and who stands on each step."""

    id: str
    name: str
    href: str
    n: int
    steps: Sequence[Sequence[CarrierLine]]
    more: Sequence[int]  # by step: carriers that are not shown


@dataclass(frozen=True)
class CityMap:
    """The home city in one language."""

    voice: Voice
    city: str

    @property
    def homes(self) -> list[Carrier]:
        return [one for one in self.voice.registry.carriers if one.role is Role.CARRIER and one.city == self.city]

    @property
    def blocks(self) -> list[Block]:
        """Districts from west to east and north to south as far as the scheme knows them; the unknown one last."""
        cores = set(core_parks(self.homes, self.voice.registry.taxonomy).values())
        by_district = sorted(self.homes, key=lambda one: self._place(self._district(one)))
        return [
            self._block(name, [self._mark(one, one.id in cores) for one in carriers])
            for name, carriers in groupby(by_district, key=self._district)
        ]

    @property
    def chains(self) -> list[ChainShown]:
        return [self._chain(chain) for chain in CHAINS]

    @property
    def steps(self) -> list[str]:
        taxonomy = self.voice.registry.taxonomy
        return [*map(self.voice.label, taxonomy.handover_chain), self.voice.say(Message.of("Beside the way"))]

    @property
    def lines(self) -> list[tuple[str, CarrierLine]]:
        """Every carrier with its district, for the table."""
        ordered = sorted(self.homes, key=lambda one: self._place(self._district(one)))
        return [(self._name(self._district(one)), carrier_line(one, self.voice)) for one in ordered]

    def _block(self, district: str, marks: Sequence[Mark]) -> Block:
        n_more = len(marks) - MOST_MARKS
        return Block(
            name=self.voice.say(Message.of("{name} ({n})", name=self._name(district), n=len(marks))),
            column=PLAN[district].column if district in PLAN else 0,
            marks=marks[:MOST_MARKS],
            more=self.voice.say(Message.of("{n} more", n=n_more)) if n_more > 0 else "",
            more_href=address_of_list({"city": self.city} | ({"district": district} if district else {})),
            is_known=bool(district),
        )

    def _mark(self, carrier: Carrier, is_core: bool) -> Mark:
        return Mark(
            name=self.voice.texts(carrier.name),
            href=address_of_carrier(carrier.id),
            chains=[one for one in carrier.industries if one in CHAINS],
            is_open=not carrier.status.not_open_yet,
            is_core=is_core,
        )

    def _chain(self, chain: str) -> ChainShown:
        steps = [step.carriers for step in way_in(self.voice.registry, chain, self.city)]
        return ChainShown(
            chain,
            self.voice.label(chain),
            address_of_list({"industry": chain, "city": self.city}),
            sum(map(len, steps)),
            [[carrier_line(one, self.voice) for one in some[:MOST_IN_CELL]] for some in steps],
            [max(0, len(some) - MOST_IN_CELL) for some in steps],
        )

    def _district(self, carrier: Carrier) -> str:
        return district_name(carrier.district) if carrier.district else ""

    def _name(self, district: str) -> str:
        return self.voice.texts(district_label(district)) if district else self.voice.say(UNPLACED)

    def _place(self, district: str) -> tuple[bool, int, int, str]:
        spot = PLAN.get(district)
        return not district, spot.row if spot else len(PLAN), spot.column if spot else 0, district


@router.get("/carriers/map")
def show_map(visit: Visitor) -> Response:
    """Drawn twice, for wide and for narrow screens; the table says the same."""
    services = visit.caller.services
    registry = services.registry.snapshot()
    voice = Voice(services.sentences, visit.language, registry)
    shown = CityMap(voice, services.settings.home_city)
    name = voice.city(shown.city)
    title = voice.say(Message.of("Scheme of {city} with its carriers", city=name))
    words = voice.say(Message.of("Districts as blocks, carriers as marks; the table below says the same."))
    river = voice.texts(RIVER) if shown.city == CITY else ""
    return visit.page(
        "carriers_map.html",
        title=Message.of("The four chains of {city}", city=name),
        place="carriers",
        city=name,
        n=len(shown.homes),
        wide=wide_map(title, words, shown.blocks, river, N_COLUMNS),
        narrow=narrow_map(title, words, shown.blocks, river),
        chains=shown.chains,
        steps=shown.steps,
        lines=shown.lines,
        list_href=address_of_list({"city": shown.city}),
        registry=registry.version,
    )
