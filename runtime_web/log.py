"""How the log is written: one line a message, whatever was in it."""

from __future__ import annotations

import logging

LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class OneLine(logging.Formatter):
    """Shows what would break the line or steer a terminal as an escape, so that nobody writes into the log by a request.

    Tracebacks keep their lines: they come after the message, from the program itself.
    """

    def __init__(self) -> None:
        super().__init__(LINE)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  (the name that logging calls)
        record.message = "".join(map(_shown, record.message))
        return super().formatMessage(record)


def log_to_terminal(level: int = logging.INFO) -> None:
    """Send the log of this process to the terminal."""
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine())
    logging.basicConfig(level=level, handlers=[handler])


def _shown(sign: str) -> str:
    return sign if sign.isprintable() else sign.encode("unicode_escape").decode()
