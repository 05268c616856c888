"""`matcher doctor` says who would reach the server, and whether its threads would wait for each other."""

import pytest

from api.commands.findings import State
from api.commands.server_checks import server
from api.settings import Settings

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
BEHIND_A_PROXY = {"public_url": "https://match.example.org"}


@pytest.mark.parametrize(
    ("settings", "state"),
    [
        ({"host": "127.0.0.1"}, State.OK),
        ({"host": "::1"}, State.OK),
        ({"host": "localhost"}, State.OK),
        ({"host": "0.0.0.0"}, State.WARNING),
        ({"host": "match.example.org"}, State.WARNING),
        ({"host": "0.0.0.0", **BEHIND_A_PROXY}, State.OK),
        ({"host": "0.0.0.0", **BEHIND_A_PROXY, "secure_cookies": False}, State.WARNING),
    ],
)
def test_an_address_open_to_others_needs_a_proxy_before_it(settings: dict, state: State) -> None:
    address, _ = server(Settings(**settings), ONE_THREAD)

    assert address.state is state
    assert (address.advice is None) == (state is State.OK)


@pytest.mark.parametrize(
    ("environment", "state"),
    [(ONE_THREAD, State.OK), ({}, State.WARNING), (ONE_THREAD | {"OMP_NUM_THREADS": "8"}, State.WARNING)],
)
def test_more_than_one_thread_a_request_is_a_warning(environment: dict[str, str], state: State) -> None:
    _, threads = server(Settings(), environment)

    assert threads.state is state


def test_the_variables_to_set_are_named() -> None:
    _, threads = server(Settings(), {"OPENBLAS_NUM_THREADS": "1"})

    assert threads.advice is not None
    assert threads.advice.params["names"] == ("OMP_NUM_THREADS",)
