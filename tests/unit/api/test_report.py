"""The page of an evaluation: complete, readable by all, and closed to whatever a name may hold."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from math import nan
from xml.etree import ElementTree

import pytest

from api.charts import plots
from api.charts.drawing import Drawing, clipped, in_two_lines, width_of
from api.report.page import report_page
from api.sentences import Sentences
from api.terminal.voice import Voice
from matcher.domain.ids import CarrierId
from matcher.domain.matches import ModelIds
from matcher.domain.messages import Language, Message, Texts
from matcher.domain.registry import Registry, RegistryVersion
from matcher.domain.taxonomy import Taxonomy
from matcher.evaluation import wording
from matcher.evaluation.calibration import Bin
from matcher.evaluation.intervals import Estimate
from matcher.evaluation.report import Comparison, Curve, EvaluationReport, Figure, Grid, Seen

VERSION = RegistryVersion(version="0" * 16, as_of="2026-11-22")
HOSTILE = '</text></svg><script src="https://example.org/x.js">alert(1)</script><img src=x onerror="go()">&'
EMPTY = {"meta", "img", "br", "link", "input"}


def a_figure(group: str, name: str, label: Message, value: float, low: float = nan, high: float = nan) -> Figure:
    return Figure(group=group, name=name, label=label, estimate=Estimate(value=value, low=low, high=high), n=108)


REPORT = EvaluationReport(
    models=ModelIds(encoder="encoder@1", reader="reader@1", ranker="ranker@1"),
    registry=VERSION,
    on=date(2026, 11, 22),
    n_texts=120,
    n_graded=108,
    n_carriers=2,
    figures=(
        a_figure("ranking", "ndcg5", wording.of_system("ndcg5", "released"), 0.775, 0.729, 0.815),
        a_figure("ranking", "ndcg5_bm25", wording.of_system("ndcg5", "bm25"), 0.321, 0.282, 0.359),
        a_figure("chains", "ndcg5_biomed", wording.in_chain(wording.RANKING["ndcg5"], Texts(en="Biomedicine")), nan),
        a_figure(
            "languages", "ndcg5_de", wording.in_language(wording.RANKING["ndcg5"], Language.DE), 0.714, 0.598, 0.82
        ),
        a_figure("calibration", "ece_bands", wording.CALIBRATION["ece_bands"], 0.01, 0.006, 0.041),
    ),
    comparisons=(
        Comparison(
            baseline="bm25",
            label=wording.against("bm25"),
            difference=Estimate(value=0.454, low=0.405, high=0.509),
            p=0.0001,
        ),
    ),
    notes=wording.NOTES,
    curves=(
        Curve(
            name="ece_bands", label=wording.CALIBRATION["ece_bands"], bins=(Bin(probability=0.12, share=0.14, n=653),)
        ),
    ),
    grids=(
        Grid(
            name="chain_confusion",
            label=wording.CHAIN_CONFUSION,
            rows=(Texts(en="Biomedicine"), wording.NO_CHAIN_LABEL),
            columns=(Texts(en="Biomedicine"), wording.NO_CHAIN_LABEL),
            values=((21.0, 1.0), (0.0, 16.0)),
            counts=((21, 1), (0, 16)),
        ),
        Grid(
            name="ndcg5_by_chain_and_language",
            label=wording.BY_CHAIN_AND_LANGUAGE,
            rows=(Texts(en="Biomedicine"),),
            columns=(wording.LANGUAGES[Language.EN], wording.LANGUAGES[Language.DE]),
            values=((0.81, nan),),
            counts=((5, 0),),
        ),
    ),
    exposure=(
        Seen(carrier=CarrierId("c1"), name=Texts(en="Park of robots"), n=93),
        Seen(carrier=CarrierId("c2"), name=Texts(en=HOSTILE), n=0),
    ),
)


def page(language: Language = Language.EN, report: EvaluationReport = REPORT, command: str = "matcher evaluate") -> str:
    registry = Registry(version=VERSION, taxonomy=Taxonomy(version="1", terms=()), carriers=())
    return report_page(report, Voice(Sentences.load(), language, registry), command)


class Tags(HTMLParser):
    """All tags with their attributes; says where one is closed that was not open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


@pytest.fixture(scope="module", params=[Language.ZH, Language.EN, Language.DE])
def language(request) -> Language:
    return request.param


def test_every_tag_is_closed_in_turn(language) -> None:
    tags = Tags(page(language))

    assert tags.wrong == []
    assert tags.open == []
    assert ("html", {"lang": language.value}) in tags.seen


def test_the_page_asks_for_nothing_from_outside_and_runs_nothing(language) -> None:
    text = page(language)
    tags = Tags(text)

    assert {"script", "link", "img", "iframe", "object"}.isdisjoint(tag for tag, _ in tags.seen)
    for _, attributes in tags.seen:
        assert {"src", "href", "style"}.isdisjoint(attributes)
        assert not any(name.startswith("on") for name in attributes)
    assert "url(" not in text
    assert "@import" not in text
    assert "default-src 'none'" in text


def test_a_hostile_name_is_shown_as_it_is_written_and_does_nothing() -> None:
    text = page(command=HOSTILE)

    assert "<script" not in text
    assert "&lt;script" in text
    assert "<img" not in text
    assert Tags(text).wrong == []


def test_each_plot_has_a_name_a_description_and_a_table_beside_it(language) -> None:
    plots = re.findall(r"<svg.*?</svg>", page(language), flags=re.DOTALL)
    sections = re.findall(r"<section>.*?</section>", page(language), flags=re.DOTALL)

    assert len(plots) >= 6
    names = set()
    for plot in map(ElementTree.fromstring, plots):
        ids = [plot.find(tag).get("id") for tag in ("title", "desc")]
        assert plot.get("role") == "img"
        assert plot.get("aria-labelledby").split() == ids
        assert all(plot.find(tag).text for tag in ("title", "desc"))
        names.update(ids)
    assert len(names) == 2 * len(plots)
    assert all("<table" in section for section in sections)


def test_the_page_says_what_must_be_known_before_any_figure(language) -> None:
    text = page(language)
    sentences = Sentences.load()

    for note in REPORT.notes:
        assert text.index(sentences.say(note, language).replace("'", "&#39;")) < text.index("<section>")


def test_command_and_versions_stand_at_the_foot() -> None:
    foot = page(command="matcher evaluate --html r.html --lang en").partition("<footer>")[2]

    for expected in (
        "matcher evaluate --html r.html --lang en",
        "encoder@1",
        "reader@1",
        "ranker@1",
        "numpy ",
        "0" * 16,
    ):
        assert expected in foot


def test_figures_stand_with_interval_gain_and_p() -> None:
    row = re.search(r"<tr>(?:(?!</tr>).)*nDCG@5, BM25.*?</tr>", page(), flags=re.DOTALL).group()

    assert "0.321" in row
    assert "0.282 … 0.359" in row
    assert "0.454 (0.405 … 0.509)" in row
    assert "&lt; 0.001" in row


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    assert "0,321" in page(Language.DE)


def test_what_is_unknown_is_not_drawn_as_nothing() -> None:
    plot = next(one for one in re.findall(r"<svg.*?</svg>", page(), flags=re.DOTALL) if "Ranking by chain" in one)

    assert "–" in plot
    assert "<rect" not in plot


def test_an_evaluation_without_plots_still_has_a_page() -> None:
    bare = replace(REPORT, figures=(), comparisons=(), curves=(), grids=(), exposure=())

    assert Tags(page(report=bare)).wrong == []


# Plots


def test_a_bar_is_as_long_as_its_share_of_the_largest() -> None:
    drawn = plots.bars("t", "d", [plots.Bar("a", 2, nan, nan), plots.Bar("b", 1, nan, nan)], str, largest=2)
    widths = [float(box.get("width")) for box in ElementTree.fromstring(drawn).iter("rect")]

    assert widths == [plots.BARS, plots.BARS / 2]


def test_a_dot_on_the_diagonal_lies_as_far_up_as_across() -> None:
    drawn = plots.reliability("t", "d", ("x", "y"), [plots.Dot(0.25, 0.25, 4)], str)
    (dot,) = ElementTree.fromstring(drawn).iter("circle")

    assert float(dot.get("cx")) == plots.MARGIN + plots.PLOT / 4
    assert float(dot.get("cy")) == plots.MARGIN / 2 + plots.PLOT * 3 / 4


def test_the_largest_cell_is_darkest_and_an_empty_one_stays_empty() -> None:
    drawn = plots.heat_map("t", "d", [plots.Row("a", [(4.0, "4"), (1.0, "1"), (nan, "")])], ["x", "y", "z"])
    opacity = [float(box.get("fill-opacity")) for box in ElementTree.fromstring(drawn).iter("rect")]

    assert opacity == [plots.LARGEST_OPACITY, plots.LARGEST_OPACITY / 4, 0]


def test_a_long_name_is_cut_where_its_room_ends_and_a_short_one_is_not() -> None:
    assert clipped("Park", 100) == "Park"
    cut = clipped("太仓市生物医药产业园(沙溪)", 60)
    assert cut.endswith("…")
    assert width_of(cut) <= 60


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("Park", ["Park"]),
        ("Hochwertiger Maschinenbau", ["Hochwertiger", "Maschinenbau"]),
        ("新一代信息技术与人工智能", ["新一代信息技", "术与人工智能"]),
        ("Maschinenbaugesellschaft", ["Maschinenbaugesel…"]),
    ],
)
def test_a_wide_name_stands_in_two_lines(words, lines) -> None:
    assert in_two_lines(words, 150) == lines


def test_words_in_a_drawing_are_never_markup() -> None:
    drawing = Drawing(10, 10, HOSTILE, HOSTILE)
    drawing.text(0, 0, HOSTILE)

    assert [one.text for one in ElementTree.fromstring(drawing.markup())] == [HOSTILE] * 3


def test_a_cell_of_a_heat_map_says_what_it_is_to_whom_points_at_it() -> None:
    drawn = plots.heat_map("t", "d", [plots.Row("a", [(4.0, "4")], ["a & x: <4>"])], ["x"])
    (box,) = ElementTree.fromstring(drawn).iter("rect")

    assert [one.text for one in box] == ["a & x: <4>"]


def test_a_bar_in_any_width_is_a_share_of_it_and_its_value_stands_beside() -> None:
    rows = [plots.Bar("a", 2, nan, nan), plots.Bar("", 1, nan, nan, True), plots.Bar("b", nan, nan, nan)]
    drawn = ElementTree.fromstring(plots.wide_bars("t", "d", rows, str, largest=2))

    assert drawn.get("width") == "100%"
    assert drawn.get("viewBox") is None
    assert [box.get("width") for box in drawn.iter("rect")] == ["84%", "42%"]
    assert [(one.text, one.get("x")) for one in drawn.iter("text")] == [
        ("a", "0"), ("2", "84%"), ("1", "42%"), ("b", "0"), ("–", "0"),
    ]  # fmt: skip
