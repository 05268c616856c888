"""How the log is written: one JSON object a line, to standard error."""

import logging
import sys

import orjson
import structlog


def configure_logs(level: str) -> None:
    """From now on, for the whole process.

    Args:
        level: name of the least important level that is written.
    """
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(serializer=orjson.dumps),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.BytesLoggerFactory(sys.stderr.buffer),
    )
