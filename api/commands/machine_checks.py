"""Checks of the machine: Python, folder, disk, optional packages."""

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from api.commands.findings import Found, failure, ok, warning
from api.settings import Settings
from matcher.domain.messages import Message

OLDEST_PYTHON = (3, 11)
MEGABYTE = 1_000_000
LITTLE_SPACE_MB = 500
TOO_LITTLE_SPACE_MB = 50
EXTRAS = {"encoder": ("sentence_transformers", "torch"), "postgres": ("psycopg",)}  # by the name that pip takes


def python_version() -> Found:
    thing, found = Message.of("Python"), ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info[:2] >= OLDEST_PYTHON:
        return ok(thing, Message.of("version {found}", found=found))
    oldest = ".".join(str(part) for part in OLDEST_PYTHON)
    return failure(
        thing,
        Message.of("version {found} is too old", found=found),
        Message.of("Install Python {oldest} or newer.", oldest=oldest),
    )


def data_folder(folder: Path) -> Found:
    """The folder need not exist yet, but it must be possible to write there."""
    thing = Message.of("Data folder")
    nearest = _nearest(folder)
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        return failure(
            thing,
            Message.of("{folder} cannot be written", folder=str(folder)),
            Message.of("Give write permission, or name another folder in MATCHER_DATA_DIR."),
        )
    if folder.is_dir():
        return ok(thing, Message.of("{folder} can be written", folder=str(folder)))
    return warning(
        thing, Message.of("{folder} is not there yet", folder=str(folder)), Message.of("Run `matcher init`.")
    )


def disk_space(folder: Path) -> Found:
    thing = Message.of("Disk")
    free_mb = shutil.disk_usage(_nearest(folder)).free // MEGABYTE
    found = Message.of("{n} MB free", n=free_mb)
    advice = Message.of("Free some space, or name another folder in MATCHER_DATA_DIR.")
    if free_mb < TOO_LITTLE_SPACE_MB:
        return failure(thing, found, advice)
    return warning(thing, found, advice) if free_mb < LITTLE_SPACE_MB else ok(thing, found)


def extras(settings: Settings) -> list[Found]:
    """An optional package that is missing is a failure only where a setting needs it."""
    needed = {"encoder": settings.encoder is not None, "postgres": settings.store_url.startswith("postgres")}
    return [_extra(name, packages, needed=needed[name]) for name, packages in EXTRAS.items()]


def _extra(name: str, packages: tuple[str, ...], *, needed: bool) -> Found:
    thing = Message.of("Extra {name}", name=name)
    missing = tuple(package for package in packages if find_spec(package) is None)
    if not missing:
        return ok(thing, Message.of("installed"))
    if not needed:
        return ok(thing, Message.of("not installed, and not needed with these settings"))
    return failure(
        thing,
        Message.of("not installed: {packages}", packages=missing),
        Message.of("Run: {command}", command=f"pip install -e '.[{name}]'"),
    )


def _nearest(folder: Path) -> Path:
    """The folder itself, or the nearest above it that is there."""
    whole = folder.resolve()
    return next(one for one in (whole, *whole.parents) if one.exists())
