"""Small registries on the seed's vocabulary, with a quick encoder: vectors hardly matter here."""

from data.seed import read_seed, seed_folder
from matcher.domain.carriers import Carrier, Status
from matcher.domain.startups import Profile, Scope
from matcher.ranking.board import Board, build_board
from matcher.ranking.scoring import Scored, score_pairs
from models.encoders import HashingEncoder
from models.rankers import load_prior
from tests.factories import a_carrier, a_finding, a_read_profile, a_registry

HOME = "太仓"
TAXONOMY = read_seed(seed_folder()).vocabulary
ENCODER, RANKER = HashingEncoder(), load_prior()
NOTHING_KNOWN = {
    **dict.fromkeys(("kind", "specialised", "level")),
    **dict.fromkeys(("industries", "subfields", "services", "capabilities", "site", "anchors"), ()),
    "status": Status.UNKNOWN,
}


def a_board(*carriers: Carrier, **registry: object) -> Board:
    return build_board(a_registry(TAXONOMY, *carriers, **registry), ENCODER, HOME)


def a_plain_carrier(**changes: object) -> Carrier:
    """One that is nobody's core park."""
    return a_carrier(**{"anchors": (), **changes})


def scored(profile: Profile, *carriers: Carrier) -> Scored:
    return score_pairs(profile, a_board(*carriers), Scope.ALL, RANKER)


def scores(profile: Profile, *carriers: Carrier) -> list[float]:
    """In the order of the carriers given."""
    of = dict(
        zip(sorted(one.id for one in carriers), scored(profile, *carriers).parts.sum(axis=1).tolist(), strict=True)
    )
    return [of[carrier.id] for carrier in carriers]


def a_device_maker(stage: str | None = "stage.seed", **changes: object) -> Profile:
    """Young, in biomedicine, and in need of space, tests and money."""
    needs = {
        "services": (a_finding("service.site"), a_finding("service.financing")),
        "capabilities": (a_finding("cap.medtech_test"),),
        "site": (a_finding("req.cleanroom_class"), a_finding("req.wet_lab")),
    }
    return a_read_profile(TAXONOMY, {"biomed.devices": 0.8, "materials.coatings": 0.2}, stage, **needs | changes)
