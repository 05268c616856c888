"""The linear model of choice finds what decides, adds up, and takes the unknown for the average."""

import numpy as np
import pytest
from sklearn.exceptions import NotFittedError

from models.linear_choice import LinearChoice, _loss

CRITERIA = ("text", "place", "place", "history")


@pytest.fixture(scope="module")
def block() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(2)
    features = rng.normal(size=(200, 10, 4)).astype(np.float32)
    wish = 2 * features[..., 0] - features[..., 2] + rng.gumbel(size=features.shape[:2])
    grades = np.zeros(wish.shape, np.int64)
    grades[np.arange(200), wish.argmax(axis=1)] = 3
    return features, grades


@pytest.fixture(scope="module")
def fitted(block) -> LinearChoice:
    features, grades = block
    return LinearChoice(CRITERIA, used=(0, 1, 2, 3), penalty=1.0).fit(
        [features[:100], features[100:]], [*np.split(grades, 2)]
    )


def every(features: np.ndarray) -> np.ndarray:
    return np.ones(features.shape[1], np.bool_)


def test_what_decides_has_the_largest_parts(fitted, block) -> None:
    features, grades = block

    parts = fitted.parts(features, every(features))

    assert parts.shape == (200, 10, 3)
    text, place, history = parts.std(axis=(0, 1))
    assert text > place > 2 * history
    assert (parts.sum(axis=-1).argmax(axis=1) == grades.argmax(axis=1)).mean() > 0.5


def test_an_unknown_value_adds_what_the_average_adds(fitted, block) -> None:
    features, _ = block
    unknown = features[:1].copy()
    unknown[0, 4, 0] = np.nan

    assert fitted.parts(unknown, every(unknown))[0, 4, 0] == 0


def test_carriers_that_are_not_open_change_nothing_for_the_others(fitted, block) -> None:
    features, _ = block
    changed, is_open = features[:5].copy(), np.arange(10) < 8
    changed[:, 8:] += 100

    assert np.array_equal(fitted.parts(features[:5], is_open)[:, :8], fitted.parts(changed, is_open)[:, :8])


def test_the_gradient_is_that_of_the_loss(block) -> None:
    features, grades = block
    inputs, wanted = [features], [grades / grades.sum(axis=1, keepdims=True)]
    at = np.array([0.3, -0.2, 0.1, 0.0])

    _, gradient = _loss(at, inputs, wanted, 2.0)

    for column in range(4):
        step = np.zeros(4)
        step[column] = 1e-2
        slope = (_loss(at + step, inputs, wanted, 2.0)[0] - _loss(at - step, inputs, wanted, 2.0)[0]) / 2e-2
        assert gradient[column] == pytest.approx(slope, rel=0.01, abs=0.05)


def test_what_was_kept_is_read_back_or_refused(fitted, block) -> None:
    features, _ = block
    again = LinearChoice.from_weights(fitted.weights_.tolist(), **fitted.get_params())

    assert np.array_equal(again.parts(features, every(features)), fitted.parts(features, every(features)))
    with pytest.raises(ValueError, match="as many weights"):
        LinearChoice.from_weights([1.0], **fitted.get_params())
    with pytest.raises(NotFittedError):
        LinearChoice(CRITERIA).parts(features, every(features))
