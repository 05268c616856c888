"""The charts of the office board: each as a picture, in words, and as a table of the same numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import nan

from babel.numbers import format_decimal, format_percent
from markupsafe import Markup

from api.charts.plots import Bar, Row, bars, heat_map
from api.schemas.office import KIND_UNKNOWN, SIZES, Chart
from api.sentences import Sentences
from matcher.domain.messages import Language, Message
from matcher.domain.office_figures import Attention, Field, GroupAttention, Need, Offer, OfficeFigures, Residents, Size
from matcher.domain.small_cells import LEAST_SHOWN, Count
from matcher.domain.taxonomy import CHAINS, Taxonomy

FEW, WITHHELD = f"<{LEAST_SHOWN}", "–"
STAGE_UNKNOWN = Message.of("Stage not told")
STARTUPS, CARRIERS, PLANNED = Message.of("Startups"), Message.of("Carriers open"), Message.of("Carriers planned")
PLACES, NOT_TOLD = Message.of("Places left"), Message.of("Carriers that have not told")
OFFERS = {
    Offer.OFFERED: Message.of("offered"),
    Offer.NOWHERE: Message.of("not known of anybody"),
    Offer.UNKNOWN: Message.of("no record speaks of it"),
}


@dataclass(frozen=True)
class Panel:
    """One chart."""

    chart: Chart
    heading: Message
    words: Message
    pictures: Sequence[Markup]
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class OfficeCharts:
    """Draws them in one language."""

    figures: OfficeFigures
    taxonomy: Taxonomy
    language: Language
    sentences: Sentences

    def all(self) -> Iterator[Panel]:
        """In the order of the page."""
        yield self._fields()
        yield self._subfields()
        yield self._needs()
        if self.figures.attention is not None:
            yield self._carriers(self.figures.attention)
            yield self._groups(self.figures.attention)
        if self.figures.residents is not None:
            yield self._residents(self.figures.residents)

    def _fields(self) -> Panel:
        demand = self.figures.demand
        heading = Message.of("Who seeks and who offers, by industry and stage")
        words = Message.of(
            "Startups by industry and stage, and carriers that name the industry. The darker a cell, the more; the "
            "four chains stand first. {n} of {total} carriers in scope name no field or take firms of any.",
            n=demand.n_any_field,
            total=demand.n_carriers,
        )
        stages = [self._say(STAGE_UNKNOWN) if one is None else self._label(one) for one in demand.stages]
        columns = [*stages, self._say(STARTUPS), self._say(CARRIERS)]
        picture = self._heat(heading, words, demand.industries, columns)
        rows = [[self._label(one.id), *map(self.count, one.by_stage), *self._supply(one)] for one in demand.industries]
        rows.append([self._say(Message.of("All")), *map(self.count, demand.by_stage), self.count(demand.total)])
        rows[-1] += [""] * (len(rows[0]) - len(rows[-1]))
        head = [self._say(Message.of("Industry")), *stages, *self._supply_head()]
        return Panel(Chart.FIELDS, heading, words, [picture], head, rows)

    def _subfields(self) -> Panel:
        heading = Message.of("Who seeks and who offers, by sub-field")
        words = Message.of(
            "Startups by their main sub-field, and carriers that name it. Sub-fields outside the four chains that "
            "nobody seeks and nobody names are in the table alone."
        )
        columns = [self._say(one) for one in (STARTUPS, CARRIERS, PLANNED)]
        fields = self.figures.demand.subfields
        shown = [
            (self.taxonomy.label(chain).say(self.language), [one for one in fields if one.part_of == chain])
            for chain in CHAINS
        ]
        others = [one for one in fields if one.part_of not in CHAINS and _is_there(one)]
        shown.append((self._say(Message.of("Other industries")), others))
        pictures = [
            self._heat(Message.of("{heading}: {field}", heading=heading, field=name), words, some, columns)
            for name, some in shown
            if some
        ]
        rows = [[self._label(one.id), self._label(one.part_of or ""), *self._supply(one)] for one in fields]
        head = [self._say(Message.of("Sub-field")), self._say(Message.of("Industry")), *self._supply_head()]
        return Panel(Chart.SUBFIELDS, heading, words, pictures, head, rows)

    def _needs(self) -> Panel:
        heading = Message.of("What is asked for")
        words = Message.of(
            "How many startups ask for it; strong where no carrier in scope is known to offer it. What a record does "
            "not speak of is unknown, not missing."
        )
        asked = sorted(
            (one for one in self.figures.needs if one.asked.n is not None), key=lambda one: -(one.asked.n or 0)
        )
        rows = [Bar(self._label(one.id), one.asked.n or 0, nan, nan, one.offer is not Offer.OFFERED) for one in asked]
        largest = max((one.value for one in rows), default=0)
        pictures = [bars(self._say(heading), self._say(words), rows, self._number, largest)] if rows else []
        head = [
            self._say(Message.of("Need")),
            self._say(STARTUPS),
            self._say(Message.of("Carriers that offer it")),
            self._say(Message.of("Carriers whose record speaks of such things")),
            self._say(Message.of("Carriers whose record does not")),
            "",
        ]
        return Panel(Chart.NEEDS, heading, words, pictures, head, [self._need(one) for one in self.figures.needs])

    def _carriers(self, seen: Attention) -> Panel:
        heading = Message.of("Starved and crowded carriers")
        words = Message.of(
            "In how many startups' lists each carrier stands among the first {k}. Gini coefficient at least {gini}: 0 "
            "where all are seen alike, 1 where one takes all.",
            k=seen.k,
            gini=format_decimal(seen.gini_at_least, "0.00", locale=self.language),
        )
        rows = [
            Bar(one.name.say(self.language), nan if one.lists.n is None else one.lists.n, nan, nan, False,
                self.count(one.lists))
            for one in seen.carriers
        ]  # fmt: skip
        largest = max((one.lists.n or 0 for one in seen.carriers), default=0)
        picture = bars(self._say(heading), self._say(words), rows, self._number, largest)
        head = [self._say(one) for one in (Message.of("Carrier"), Message.of("Kind"), Message.of("Area"), STARTUPS)]
        table = [
            [one.name.say(self.language), self._kind(one.kind), self._say(SIZES[one.size]), self.count(one.lists)]
            for one in seen.carriers
        ]
        return Panel(Chart.CARRIERS, heading, words, [picture], head, table)

    def _groups(self, seen: Attention) -> Panel:
        heading = Message.of("First places by kind and size of carrier")
        words = Message.of(
            "Share of the first {k} places of all lists, {n} in all. Strong: the share that the group would have if "
            "all carriers were seen alike.",
            k=seen.k,
            n=seen.n_places,
        )
        n_carriers = len(seen.carriers)
        named = [(self._kind(one.id), one) for one in seen.by_kind]
        named += [(self._say(SIZES[Size(one.id or Size.UNKNOWN)]), one) for one in seen.by_size]
        drawn = []
        for name, one in named:
            unknown = self.count(one.places)
            drawn.append(Bar(name, nan if one.share is None else one.share, nan, nan, False, unknown))
            drawn.append(Bar("", one.n_carriers / n_carriers, nan, nan, True))
        picture = bars(self._say(heading), self._say(words), drawn, self._percent, 1.0)
        head = [self._say(one) for one in (
            Message.of("Group"), Message.of("Carriers"), Message.of("First places"), Message.of("Share"),
            Message.of("Share of the carriers"),
        )]  # fmt: skip
        rows = [[name, *self._group(one, n_carriers)] for name, one in named]
        return Panel(Chart.GROUPS, heading, words, [picture], head, rows)

    def _residents(self, found: Residents) -> Panel:
        heading = Message.of("Startups that carriers have admitted")
        words = Message.of(
            "Admitted and not graduated, by year of admission, {n} in all. When a stay ends is not on record with an "
            "admission, so no graduation is predicted.",
            n=self.count(found.total),
        )
        rows = [
            Bar(str(year), nan if count.n is None else count.n, nan, nan, False, self.count(count))
            for year, count in found.by_year
        ]
        largest = max((count.n or 0 for _, count in found.by_year), default=0)
        picture = bars(self._say(heading), self._say(words), rows, self._number, largest)
        head = [self._say(Message.of("Year")), self._say(STARTUPS)]
        return Panel(
            Chart.RESIDENTS,
            heading,
            words,
            [picture],
            head,
            [[str(year), self.count(one)] for year, one in found.by_year],
        )

    def count(self, count: Count) -> str:
        """As it stands in a cell."""
        return self._number(count.n) if count.n is not None else FEW if count.few else WITHHELD

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
            name = self._label(one.id)
            shares = [(value / (largest[scale] or 1), text) for scale, (value, text) in zip(scale_of, row, strict=True)]
            tips = [f"{name} · {column}: {text}" for column, (_, text) in zip(columns, row, strict=True)]
            rows.append(Row(name, shares, tips))
        return heat_map(self._say(heading), self._say(words), rows, columns)

    def _cells(self, one: Field, n_columns: int) -> list[tuple[float, str]]:
        startups = [*one.by_stage, one.startups]
        carriers = (one.supply.n_open, one.supply.n_planned)[: n_columns - len(startups)]
        return [(float(count.n or 0), self.count(count)) for count in startups] + [
            (float(n), self._number(n)) for n in carriers
        ]

    def _supply_head(self) -> list[str]:
        return [self._say(one) for one in (STARTUPS, CARRIERS, PLANNED, PLACES, NOT_TOLD)]

    def _supply(self, one: Field) -> list[str]:
        supply = one.supply
        places = self._say(Message.of("unknown")) if supply.places_left is None else self._number(supply.places_left)
        n_carriers = supply.n_open + supply.n_planned
        return [
            self.count(one.startups),
            self._number(supply.n_open),
            self._number(supply.n_planned),
            places if n_carriers else "",
            self._number(supply.n_places_unknown),
        ]

    def _need(self, one: Need) -> list[str]:
        numbers = (one.n_offering, one.n_speaking, one.n_silent)
        return [self._label(one.id), self.count(one.asked), *map(self._number, numbers), self._say(OFFERS[one.offer])]

    def _group(self, one: GroupAttention, n_carriers: int) -> list[str]:
        share = WITHHELD if one.share is None else self._percent(one.share)
        return [self._number(one.n_carriers), self.count(one.places), share, self._percent(one.n_carriers / n_carriers)]

    def _kind(self, kind: object) -> str:
        return self._label(str(kind)) if kind else self._say(KIND_UNKNOWN)

    def _label(self, term: str) -> str:
        return self.taxonomy.label(term).say(self.language)

    def _say(self, message: Message) -> str:
        return self.sentences.say(message, self.language)

    def _number(self, value: float) -> str:
        return format_decimal(value, locale=self.language)

    def _percent(self, value: float) -> str:
        return format_percent(value, locale=self.language)


def _is_there(field: Field) -> bool:
    return field.startups.n is not None or bool(field.supply.n_open + field.supply.n_planned)
