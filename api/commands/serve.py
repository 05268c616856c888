"""`matcher serve`: the API, with its models loaded before the first request."""

from contextlib import nullcontext
from typing import Annotated

import typer

from api.commands.options import Lang


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; by default MATCHER_HOST.")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port to listen on, 0 for any; by default MATCHER_PORT.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes; each loads its own models.")] = 1,
    lang: Lang = None,
) -> None:
    """Serve the API until it is stopped."""
    import signal  # noqa: PLC0415 - off the start path, as the web server

    import uvicorn  # noqa: PLC0415 - the web server stays off the start path

    from api.commands.first_admin import make_first_admin_of  # noqa: PLC0415 - as above
    from api.commands.opened import settings  # noqa: PLC0415 - as above
    from api.metrics import sharing_figures  # noqa: PLC0415 - as above

    chosen = settings()
    make_first_admin_of(chosen, lang)
    signal.signal(signal.SIGTERM, _stopped_in_order)
    with sharing_figures() if workers > 1 else nullcontext():
        uvicorn.run(
            "api.app:create_app",
            factory=True,
            host=chosen.host if host is None else host,
            port=chosen.port if port is None else port,
            workers=workers,
            log_level=chosen.log_level,
            access_log=False,  # the application writes its own line for each request
            http="api.protocol:GuardedProtocol",
            server_header=False,
            proxy_headers=bool(chosen.trusted_proxies),
            forwarded_allow_ips=chosen.trusted_proxies or None,
            timeout_graceful_shutdown=chosen.stop_seconds,
        )


def _stopped_in_order(number: int, frame: object) -> None:
    """The server stops by itself and then raises the signal again, which would make of its exit status a failure."""
