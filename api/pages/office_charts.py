"""The charts of the office board: each as pictures, in words, and as a table of the same numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isnan, nan

from markupsafe import Markup

from api.charts.plots import Bar, Row, heat_map, wide_bars
from api.pages.office_words import WITHHELD, OfficeWords
from api.schemas.office import SIZES, Chart
from matcher.domain.messages import Message
from matcher.domain.office_figures import Attention, Field, GroupAttention, Need, Offer, OfficeFigures, Residents, Size
from matcher.domain.small_cells import Count
from matcher.domain.taxonomy import CHAINS

CARRIERS_AT_ONCE, CARRIERS_ON_BOARD = 100, 10
STAGE_UNKNOWN = Message.of("Stage not told")
STARTUPS, CARRIERS, PLANNED = Message.of("Startups"), Message.of("Carriers open"), Message.of("Carriers planned")
PLACES, NOT_TOLD = Message.of("Places left"), Message.of("Carriers that have not told")
OFFERS = {
    Offer.OFFERED: Message.of("offered"),
    Offer.NOWHERE: Message.of("not known of anybody"),
    Offer.UNKNOWN: Message.of("no record speaks of it"),
}
HEADINGS = {
    Chart.FIELDS: Message.of("Who seeks and who offers, by industry and stage"),
    Chart.SUBFIELDS: Message.of("Who seeks and who offers, by sub-field"),
    Chart.NEEDS: Message.of("What is asked for"),
    Chart.CARRIERS: Message.of("Starved and crowded carriers"),
    Chart.GROUPS: Message.of("First places by kind and size of carrier"),
    Chart.RESIDENTS: Message.of("Startups that carriers have admitted"),
}
TOO_FEW = Message.of("Too few startups are there to say who is seen and who is not.")
NO_ADMISSION = Message.of("No admission is on record, so nothing can be said of who will graduate.")


@dataclass(frozen=True)
class Picture:
    drawn: Markup
    name: str = ""  # where a chart has several


@dataclass(frozen=True)
class Panel:
    """One chart."""

    chart: Chart
    words: Message
    pictures: Sequence[Picture] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    n_names: int = 1  # columns of words before those of numbers
    on_board: Sequence[Picture] | None = None  # what the board shows of it, where that is less
    next_start: int | None = None  # where the table goes on

    @property
    def heading(self) -> Message:
        return HEADINGS[self.chart]

    @property
    def small(self) -> Sequence[Picture]:
        """Its pictures on the board."""
        return self.pictures if self.on_board is None else self.on_board


@dataclass(frozen=True)
class OfficeCharts:
    """Draws them."""

    figures: OfficeFigures
    words: OfficeWords

    def all(self) -> Iterator[Panel]:
        """In the order of the page."""
        return (self.of(chart) for chart in HEADINGS)

    def of(self, chart: Chart, start: int = 0) -> Panel:
        """This chart, one of `HEADINGS`; `start` is the first carrier of the one that has a row for each."""
        attention, residents = self.figures.attention, self.figures.residents
        match chart:
            case Chart.FIELDS:
                return self._fields()
            case Chart.SUBFIELDS:
                return self._subfields()
            case Chart.NEEDS:
                return self._needs()
            case Chart.RESIDENTS:
                return Panel(chart, NO_ADMISSION) if residents is None else self._residents(residents)
        if attention is None:
            return Panel(chart, TOO_FEW)
        return self._carriers(attention, start) if chart is Chart.CARRIERS else self._groups(attention)

    def _fields(self) -> Panel:
        demand, of = self.figures.demand, self.words
        words = Message.of(
            "Startups by industry and stage, and carriers that name the industry. The darker a cell, the more; the "
            "four chains stand first. {n} of {total} carriers in scope name no field or take firms of any.",
            n=demand.n_any_field,
            total=demand.n_carriers,
        )
        stages = [of.say(STAGE_UNKNOWN) if one is None else of.label(one) for one in demand.stages]
        columns = [*stages, of.say(STARTUPS), of.say(CARRIERS)]
        picture = self._heat(HEADINGS[Chart.FIELDS], words, demand.industries, columns)
        rows = [[of.label(one.id), *map(of.count, one.by_stage), *self._supply(one)] for one in demand.industries]
        rows.append([of.say(Message.of("All")), *map(of.count, demand.by_stage), of.count(demand.total)])
        rows[-1] += [""] * (len(rows[0]) - len(rows[-1]))
        head = [of.say(Message.of("Industry")), *stages, *self._supply_head()]
        return Panel(Chart.FIELDS, words, [Picture(picture)], head, rows)

    def _subfields(self) -> Panel:
        heading, of = HEADINGS[Chart.SUBFIELDS], self.words
        words = Message.of(
            "Startups by their main sub-field, and carriers that name it. Sub-fields outside the four chains that "
            "nobody seeks and nobody names are in the table alone."
        )
        columns = [of.say(one) for one in (STARTUPS, CARRIERS, PLANNED)]
        fields = self.figures.demand.subfields
        shown = [(of.label(chain), [one for one in fields if one.part_of == chain]) for chain in CHAINS]
        others = [one for one in fields if one.part_of not in CHAINS and _is_there(one)]
        shown.append((of.say(Message.of("Other industries")), others))
        pictures = [
            Picture(
                self._heat(Message.of("{heading}: {field}", heading=heading, field=name), words, some, columns), name
            )
            for name, some in shown
            if some
        ]
        rows = [[of.label(one.id), of.label(one.part_of or ""), *self._supply(one)] for one in fields]
        head = [of.say(Message.of("Sub-field")), of.say(Message.of("Industry")), *self._supply_head()]
        return Panel(Chart.SUBFIELDS, words, pictures, head, rows, n_names=2, on_board=())

    def _needs(self) -> Panel:
        words = Message.of(
            "How many startups ask for it; strong where no carrier in scope is known to offer it. What a record does "
            "not speak of is unknown, not missing."
        )
        of = self.words
        asked = sorted(
            (one for one in self.figures.needs if one.asked.n is not None), key=lambda one: -(one.asked.n or 0)
        )
        drawn = [Bar(of.label(one.id), one.asked.n or 0, nan, nan, one.offer is not Offer.OFFERED) for one in asked]
        head = [
            of.say(Message.of("Need")),
            of.say(Message.of("What is known")),
            of.say(STARTUPS),
            of.say(Message.of("Carriers that offer it")),
            of.say(Message.of("Carriers whose record speaks of such things")),
            of.say(Message.of("Carriers whose record does not")),
        ]
        rows = [self._need(one) for one in self.figures.needs]
        return Panel(Chart.NEEDS, words, self._bars(Chart.NEEDS, words, drawn), head, rows, n_names=2)

    def _carriers(self, seen: Attention, start: int) -> Panel:
        of = self.words
        words = Message.of(
            "In how many startups' lists each carrier stands among the first {k}. Gini coefficient at least {gini}: 0 "
            "where all are seen alike, 1 where one takes all.",
            k=seen.k,
            gini=of.with_digits(seen.gini_at_least),
        )
        some = seen.carriers[start : start + CARRIERS_AT_ONCE]
        drawn = [
            Bar(one.name.say(of.language), _value(one.lists), nan, nan, False, of.count(one.lists)) for one in some
        ]
        largest = max((one.lists.n or 0 for one in seen.carriers), default=0)
        head = [of.say(one) for one in (Message.of("Carrier"), Message.of("Kind"), Message.of("Area"), STARTUPS)]
        rows = [
            [one.name.say(of.language), of.kind(one.kind), of.say(SIZES[one.size]), of.count(one.lists)] for one in some
        ]
        return Panel(
            Chart.CARRIERS,
            words,
            self._bars(Chart.CARRIERS, words, drawn, largest),
            head,
            rows,
            3,
            self._bars(Chart.CARRIERS, words, drawn[:CARRIERS_ON_BOARD], largest),
            start + CARRIERS_AT_ONCE if len(seen.carriers) > start + CARRIERS_AT_ONCE else None,
        )

    def _groups(self, seen: Attention) -> Panel:
        of = self.words
        words = Message.of(
            "Share of the first {k} places of all lists, {n} in all. Strong: the share that the group would have if "
            "all carriers were seen alike.",
            k=seen.k,
            n=seen.n_places,
        )
        n_carriers = len(seen.carriers)
        named = [(of.kind(one.id), one) for one in seen.by_kind]
        named += [(of.say(SIZES[Size(one.id or Size.UNKNOWN)]), one) for one in seen.by_size]
        drawn = []
        for name, one in named:
            unknown = of.count(one.places)
            drawn.append(Bar(name, nan if one.share is None else one.share, nan, nan, False, unknown))
            drawn.append(Bar("", one.n_carriers / n_carriers, nan, nan, True))
        picture = Picture(wide_bars(of.say(HEADINGS[Chart.GROUPS]), of.say(words), drawn, of.percent, 1.0))
        head = [of.say(one) for one in (
            Message.of("Group"), Message.of("Carriers"), Message.of("First places"), Message.of("Share"),
            Message.of("Share of the carriers"),
        )]  # fmt: skip
        rows = [[name, *self._group(one, n_carriers)] for name, one in named]
        return Panel(Chart.GROUPS, words, [picture], head, rows)

    def _residents(self, found: Residents) -> Panel:
        of = self.words
        words = Message.of(
            "Admitted and not graduated, by year of admission, {n} in all. When a stay ends is not on record with an "
            "admission, so no graduation is predicted.",
            n=of.count(found.total),
        )
        drawn = [Bar(str(year), _value(count), nan, nan, False, of.count(count)) for year, count in found.by_year]
        head = [of.say(Message.of("Year")), of.say(STARTUPS)]
        rows = [[str(year), of.count(one)] for year, one in found.by_year]
        return Panel(Chart.RESIDENTS, words, self._bars(Chart.RESIDENTS, words, drawn), head, rows)

    def _bars(self, chart: Chart, words: Message, drawn: Sequence[Bar], largest: float | None = None) -> list[Picture]:
        """One picture, or none where nothing is to be drawn; without `largest` the longest bar is the largest."""
        if not drawn:
            return []
        of = self.words
        most = max((one.value for one in drawn if not isnan(one.value)), default=0) if largest is None else largest
        return [Picture(wide_bars(of.say(HEADINGS[chart]), of.say(words), drawn, of.number, most))]

    def _heat(self, heading: Message, words: Message, fields: Sequence[Field], columns: Sequence[str]) -> Markup:
        """Stages, all startups and carriers each have a scale of their own: the darkest cell is the largest of them."""
        cells = [self._cells(one, len(columns)) for one in fields]
        n_stages = len(fields[0].by_stage)
        scale_of = [0 if place < n_stages else 1 if place == n_stages else 2 for place in range(len(columns))]
        largest = [0.0, 0.0, 0.0]
        for row in cells:
            for scale, (value, _) in zip(scale_of, row, strict=True):
                largest[scale] = max(largest[scale], value)
        rows = []
        for one, row in zip(fields, cells, strict=True):
            name = self.words.label(one.id)
            shares = [(value / (largest[scale] or 1), text) for scale, (value, text) in zip(scale_of, row, strict=True)]
            tips = [f"{name} · {column}: {text}" for column, (_, text) in zip(columns, row, strict=True)]
            rows.append(Row(name, shares, tips))
        return heat_map(self.words.say(heading), self.words.say(words), rows, columns)

    def _cells(self, one: Field, n_columns: int) -> list[tuple[float, str]]:
        startups = [*one.by_stage, one.startups]
        carriers = (one.supply.n_open, one.supply.n_planned)[: n_columns - len(startups)]
        return [(float(count.n or 0), self.words.count(count)) for count in startups] + [
            (float(n), self.words.number(n)) for n in carriers
        ]

    def _supply_head(self) -> list[str]:
        return [self.words.say(one) for one in (STARTUPS, CARRIERS, PLANNED, PLACES, NOT_TOLD)]

    def _supply(self, one: Field) -> list[str]:
        supply, of = one.supply, self.words
        places = of.say(Message.of("unknown")) if supply.places_left is None else of.number(supply.places_left)
        n_carriers = supply.n_open + supply.n_planned
        return [
            of.count(one.startups),
            of.number(supply.n_open),
            of.number(supply.n_planned),
            places if n_carriers else "",
            of.number(supply.n_places_unknown),
        ]

    def _need(self, one: Need) -> list[str]:
        of = self.words
        numbers = map(of.number, (one.n_offering, one.n_speaking, one.n_silent))
        return [of.label(one.id), of.say(OFFERS[one.offer]), of.count(one.asked), *numbers]

    def _group(self, one: GroupAttention, n_carriers: int) -> list[str]:
        of = self.words
        share = WITHHELD if one.share is None else of.percent(one.share)
        return [of.number(one.n_carriers), of.count(one.places), share, of.percent(one.n_carriers / n_carriers)]


def _value(count: Count) -> float:
    return nan if count.n is None else count.n


def _is_there(field: Field) -> bool:
    return field.startups.n is not None or bool(field.supply.n_open + field.supply.n_planned)
