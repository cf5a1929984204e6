"""Lines of the log, as JSON or as text: one format for planql, uvicorn and every library.

A record's own fields are given as `extra=fields(...)`. A JSON line is one object; in text, what
follows the first line of a record is indented, so nobody can make up a line.
"""

import logging
import re
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final, TextIO

import orjson

from planql.gateway.operating.redaction import redacted

_FIELDS: Final = "planql_fields"
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
"""What moves a terminal's cursor, but for the end of a line and the tabulator."""


class LogFormat(StrEnum):
    """How the log is written."""

    TEXT = "text"
    JSON = "json"


def fields(**found: object) -> Mapping[str, object]:
    """What a record says besides its message, for `extra=`."""
    return {_FIELDS: found}


class JsonLines(logging.Formatter):
    """A record as one line with one JSON object.

    Args:
        secrets: What is taken out of it, besides what looks like a secret.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._secrets = [orjson.dumps(each).decode()[1:-1] for each in secrets]

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told: dict[str, object] = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, _FIELDS, {}),
        }
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return redacted(orjson.dumps(told, default=str).decode(), self._secrets)


class TextLines(logging.Formatter):
    """A record as a person reads it.

    Args:
        secrets: What is taken out of it, besides what looks like a secret.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        """The line, and the lines of a traceback, indented."""
        text = f"{_time(record)} {record.levelname.lower()} {record.getMessage()}"
        if record.exc_info:
            text = f"{text}\n{self.formatException(record.exc_info)}"
        return _CONTROL.sub("?", redacted(text, self._secrets)).replace("\n", "\n    ")


def _time(record: logging.LogRecord) -> str:
    instant = datetime.fromtimestamp(record.created, UTC)
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def configure_logging(
    form: LogFormat, level: str, stream: TextIO | None = None, secrets: Iterable[str] = ()
) -> None:
    """Have everything that this process logs written in one format.

    Args:
        form: Which one.
        level: The least level of planql's own records; of others, warnings and worse.
        stream: Where to; the standard error, when left out.
        secrets: What never stands in it: secrets that do not look like any.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines(secrets) if form is LogFormat.JSON else TextLines(secrets))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("planql").setLevel(level.upper())
    logging.captureWarnings(capture=True)
