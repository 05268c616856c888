"""What past admissions say: small cases counted by hand, and nothing later than the moment ever reaches a feature."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.interactions import Interaction, InteractionKind
from matcher.domain.networks import Member, Network, Place
from matcher.features import activity, history
from matcher.features.network_pairs import direction, feature_names
from matcher.features.network_tables import NetworkTables, TextVectors, network_tables, startup_text
from matcher.features.past import Past
from matcher.features.rounds import Events, pair_features
from matcher.features.windows import window_length, windows_back
from models.hashing_encoder import HashingEncoder

N_STARTUPS, N_CARRIERS = 12, 4
UNTIL = date(2021, 12, 31)


def past_of(*admissions: tuple[int, int, int], n_carriers: int = 3) -> Past:
    """Startup, carrier, windows ago."""
    startups, carriers, ago = (np.array(column, np.int64) for column in zip(*admissions, strict=True))
    return Past.of(startups, carriers, ago, n_carriers)


def no_past() -> Past:
    none = np.zeros(0, np.int64)
    return Past.of(none, none, none, 3)


# Activity


def test_activity_is_counted_in_windows_back_from_the_moment() -> None:
    past = past_of((0, 0, 1), (1, 0, 1), (2, 0, 4), (3, 1, 3))

    assert np.exp(activity.admitted(past)) - 1 == pytest.approx([3, 1, 0])
    assert activity.admitted_last(past).tolist() == [2, 0, 0]
    assert activity.idle(past)[:2].tolist() == [1, 3]
    assert activity.age(past)[:2].tolist() == [4, 3]
    assert activity.regularity(past)[:2].tolist() == [0.5, pytest.approx(1 / 3)]
    assert activity.intake(past)[:2].tolist() == [1.5, 1]
    assert all(np.isnan(measure(past)[2]) for measure in (activity.idle, activity.age, activity.intake))


# Similarity


def test_the_nearest_is_the_most_similar_of_a_carriers_own() -> None:
    vectors = np.eye(4, dtype=np.float32)
    past = past_of((0, 0, 1), (1, 0, 1), (2, 1, 1))

    found = history.similarities(vectors[:1], past, vectors)

    assert found.nearest[0, :2].tolist() == [1, 0]
    assert found.nearest_five[0, 0] == 0.5
    assert found.mean[0, 0] > found.mean[0, 1]
    assert found.density[0, 0] > 0 > found.density[0, 1]
    assert np.isnan([found.nearest[0, 2], found.mean[0, 2], found.density[0, 2]]).all()


def test_a_startup_without_words_is_like_nobody_known() -> None:
    vectors = np.eye(2, dtype=np.float32)

    found = history.similarities(np.zeros((1, 2), np.float32), past_of((0, 0, 1)), vectors)

    assert np.isnan([found.nearest, found.nearest_five, found.mean, found.density]).all()


def test_without_any_past_everything_is_unknown() -> None:
    vectors = np.eye(2, dtype=np.float32)

    found = history.similarities(vectors, no_past(), vectors)

    assert np.isnan([found.nearest, found.nearest_five, found.mean, found.density]).all()


# Tags and places


def test_a_tag_frequent_with_one_carrier_speaks_for_it_and_against_the_other() -> None:
    tags = np.array([[1.0, 0], [1, 0], [0, 1], [0, 1]])
    past = past_of((0, 0, 1), (1, 0, 1), (2, 1, 1), (3, 1, 1))

    odds = history.tag_log_odds(past, tags)

    assert odds[0, 0] > 0 > odds[1, 0]
    assert odds[2].tolist() == [0, 0]  # nobody admitted: the base rate
    means = history.mean_of_tags(np.array([[1.0, 0], [0, 0]]), odds, past.counts() > 0)
    assert means[0, 0] == odds[0, 0]
    assert np.isnan(means[1]).all()
    assert np.isnan(means[:, 2]).all()


def test_a_city_without_admissions_gets_its_part_of_its_country() -> None:
    places = np.array([[0, 0, 0], [0, 0, 1], [1, 1, 2], [1, 1, 3]])  # two countries with two cities each
    past = past_of((0, 0, 1), (2, 1, 1), (3, 1, 1))

    odds = history.place_log_odds(places[1:2], past, places)

    assert odds[0, 0, 0] > 0 > odds[0, 0, 1]
    assert np.isnan(odds[2]).all()  # nobody was ever admitted from this city
    assert np.isnan(odds[:, :, 2]).all()


def test_an_unknown_place_says_nothing() -> None:
    places = np.array([[0, 0, 0], [-1, -1, -1]])
    past = past_of((0, 0, 1), (1, 1, 1))

    assert np.isnan(history.place_log_odds(places[1:], past, places)).all()
    assert np.isnan(history.n_from_place(places[1:, 0], past, places[:, 0])).all()


# Windows


def test_windows_are_counted_back_from_the_last_day() -> None:
    days = [date(2021, 12, 31), date(2021, 1, 1), date(2020, 12, 31), date(2020, 1, 1), date(2019, 12, 31)]

    assert windows_back(days, UNTIL, 12) == [1, 1, 2, 2, 3]


def test_a_window_may_end_within_a_month_or_in_a_short_one() -> None:
    assert windows_back([date(2020, 6, 15), date(2020, 6, 16)], date(2021, 6, 15), 12) == [2, 1]
    assert windows_back([date(2020, 2, 29), date(2020, 3, 1)], date(2021, 2, 28), 12) == [2, 1]


def test_windows_are_as_long_as_leaves_enough_of_them() -> None:
    assert window_length([date(year, 12, 31) for year in range(2015, 2022)], UNTIL) == 12
    assert window_length([date(2021, month, 1) for month in range(1, 13)], UNTIL) == 3
    assert window_length([date(2021, 12, 1)], UNTIL) == 1


# Rolling

PLACES = [Place(country="X", city=city) for city in ("a", "b", "")]
STARTUPS = tuple(
    Member(id=f"s{n}", text=f"robot {n % 3} welding {n}", tags=(f"tag {n % 4}",), place=PLACES[n % 3], stage="seed")
    for n in range(N_STARTUPS)
)
CARRIERS = tuple(
    Member(id=f"c{n}", name=f"Hub {'abcd'[n]} tag", tags=("tag 1",), place=PLACES[n % 3], as_of=date(2020, 12, 31))
    for n in range(N_CARRIERS)
)
interactions = st.builds(
    Interaction,
    startup=st.sampled_from([one.id for one in STARTUPS]),
    carrier=st.sampled_from([one.id for one in CARRIERS]),
    on=st.dates(date(2015, 1, 1), date(2024, 12, 31)),
    kind=st.sampled_from(InteractionKind),
)


@pytest.fixture(scope="module")
def tables() -> NetworkTables:
    encoder = HashingEncoder()
    encode = lambda texts: encoder.encode(texts, ["en"] * len(texts))  # noqa: E731
    vectors = TextVectors(
        startups=encode([startup_text(one) for one in STARTUPS]),
        carriers=encode([one.text for one in CARRIERS]),
        names=encode([one.name for one in CARRIERS]),
    )
    return network_tables(Network(startups=STARTUPS, carriers=CARRIERS, interactions=()), vectors)


def features_at(tables: NetworkTables, known: list[Interaction], window: int) -> np.ndarray:
    network = Network(startups=STARTUPS, carriers=CARRIERS, interactions=tuple(known))
    events = Events.of(network, UNTIL, 12)
    return np.concatenate(list(pair_features(tables, events.moment(window), np.arange(N_STARTUPS))))


@given(st.lists(interactions, max_size=25), st.integers(0, 4))
@settings(max_examples=60, deadline=None)
def test_what_happens_from_a_moment_on_changes_no_feature_of_that_moment(tables, everything, window) -> None:
    first_unknown = date(UNTIL.year - window + 1, 1, 1)
    before = [one for one in everything if one.on < first_unknown]
    unseen = {one.carrier for one in everything} - {one.carrier for one in before}  # opened later: standing apart

    with_later = features_at(tables, everything, window)
    without = features_at(tables, before, window)

    if not unseen or window == 0:
        assert np.array_equal(with_later, without, equal_nan=True)
    plain = [n for n, name in enumerate(names(tables)) if not name.endswith("_in_query")]
    assert np.array_equal(with_later[..., plain], without[..., plain], equal_nan=True)


@given(st.lists(interactions, max_size=25))
@settings(max_examples=30, deadline=None)
def test_the_order_of_lines_changes_nothing(tables, everything) -> None:
    assert np.array_equal(features_at(tables, everything, 0), features_at(tables, everything[::-1], 0), equal_nan=True)


def names(tables: NetworkTables) -> list[str]:
    empty = Events.of(Network(startups=STARTUPS, carriers=CARRIERS, interactions=()), UNTIL, 12)
    return list(feature_names(tables, empty.moment(0)))


def test_features_have_names_and_a_direction(tables) -> None:
    found = names(tables)

    assert len(found) == features_at(tables, [], 0).shape[-1] == len(set(found))
    assert {direction(name) for name in found} == {0, 1}


def test_a_profile_without_a_date_is_never_known(tables) -> None:
    column = names(tables).index("tags_shared")
    undated = tuple(replace(one, as_of=None) for one in CARRIERS)
    network = Network(startups=STARTUPS, carriers=undated, interactions=())
    again = network_tables(network, tables.vectors)

    assert np.isnan(features_at(again, [], 0)[..., column]).all()


def test_a_profile_written_later_is_not_known_before(tables) -> None:
    column = names(tables).index("tags_shared")

    assert np.isnan(features_at(tables, [], 2)[..., column]).all()  # until the end of 2019
    assert not np.isnan(features_at(tables, [], 1)[..., column]).all()  # until the end of 2020
