"""Which carrier is the core park of a chain."""

from matcher.domain.carriers import Carrier
from matcher.domain.core_parks import core_parks
from matcher.domain.ids import CarrierId, TermId
from matcher.domain.messages import Texts
from matcher.domain.taxonomy import Facet, Taxonomy, Term

VALLEY = TermId("anchor.valley")
TAXONOMY = Taxonomy(
    version="test",
    terms=(
        Term(id=TermId("biomed"), facet=Facet.INDUSTRY, label=Texts(en="Biomed"), extra={"core_park": VALLEY}),
        Term(id=TermId("materials"), facet=Facet.INDUSTRY, label=Texts(en="Materials"), extra={"core_park": None}),
        Term(id=VALLEY, facet=Facet.ANCHOR, label=Texts(zh="药谷(太仓)", en="Medicine Valley"), aliases=("太仓药谷",)),
    ),
)


def a_carrier(number: str, zh: str, anchors=(VALLEY,)) -> Carrier:
    return Carrier(id=CarrierId(number), name=Texts(zh=zh), anchors=anchors)


def test_the_carrier_that_bears_the_name_is_the_core_park_even_if_others_hold_the_anchor() -> None:
    carriers = [a_carrier("c1", "药谷孵化器"), a_carrier("c2", "太仓药谷", anchors=())]

    assert core_parks(carriers, TAXONOMY) == {"biomed": "c2"}


def test_full_width_brackets_make_no_other_name() -> None:
    assert core_parks([a_carrier("c1", "孵化器"), a_carrier("c2", "药谷（太仓）")], TAXONOMY) == {"biomed": "c2"}


def test_else_the_first_carrier_that_holds_the_anchor_is_the_core_park() -> None:
    assert core_parks([a_carrier("c1", "药谷孵化器"), a_carrier("c2", "星药港")], TAXONOMY) == {"biomed": "c1"}


def test_a_chain_without_a_carrier_for_its_core_park_is_left_out() -> None:
    assert core_parks([a_carrier("c1", "孵化器", anchors=())], TAXONOMY) == {}
