"""The kinds of executors, apart from what they need."""

from enum import StrEnum


class ExecutorKind(StrEnum):
    """Where blocks of a run are computed."""

    LOCAL = "local"
    POOL = "pool"
    RAY = "ray"
