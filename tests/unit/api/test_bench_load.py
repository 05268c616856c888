"""The load: what is counted as answered and as an error."""

import asyncio
import random

from api.bench.load import Found, as_json, table_of
from api.bench.load_client import Kind, Noted, put_under_load

OK = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi"
BROKEN = b"HTTP/1.1 500 Failed\r\ncontent-length: 0\r\n\r\n"
CUT_SHORT = b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhi"


async def loaded(answers: dict[bytes, bytes], *kinds: Kind) -> dict[str, Noted]:
    """A server that answers each request with what is laid down for it, and hangs up after a short one."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while request := await reader.read(100):
            answer = answers[request]
            writer.write(answer[:20])
            await asyncio.sleep(0)
            writer.write(answer[20:])
            if answer == CUT_SHORT:
                break
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        return await put_under_load(port, kinds, seconds=0.2, n_connections=3, rng=random.Random(1))


def test_answers_and_errors_are_counted_by_kind_of_request() -> None:
    noted = asyncio.run(
        loaded(
            {b"good": OK, b"bad": BROKEN, b"short": CUT_SHORT},
            Kind("good", 4, [b"good"]),
            Kind("bad", 2, [b"bad"]),
            Kind("short", 1, [b"short"]),
        )
    )

    assert len(noted["good"].seconds) > len(noted["bad"].seconds) > 0
    assert noted["good"].errors == {}
    assert noted["bad"].errors == {"status 500": len(noted["bad"].seconds)}
    assert (noted["short"].seconds, set(noted["short"].errors)) == ([], {"ConnectionResetError"})


def test_a_status_that_a_kind_expects_is_no_error() -> None:
    noted = asyncio.run(loaded({b"bad": BROKEN}, Kind("bad", 1, [b"bad"], expected=500)))

    assert noted["bad"].n_errors == 0


def test_a_percentile_is_one_of_the_measured_values() -> None:
    noted = Noted(seconds=[number / 1000 for number in range(100, 0, -1)])

    assert [round(noted.percentile_ms(percent) or 0) for percent in (50, 95, 99)] == [51, 96, 100]
    assert Noted().percentile_ms(50) is None


def test_what_was_found_is_told_with_its_errors() -> None:
    noted = Noted(seconds=[0.001], errors={"status 500": 1})
    found = Found(seconds=1.0, by_kind={"read": noted}, busy=None, memory_mb=(300.0, 301.5), n_lost=0)

    assert as_json(found)["errors"] == {"read": {"status 500": 1}}
    assert as_json(found)["lost"] == 0
    assert "300.00 -> 301.50 MB" in str(table_of(found).title)
