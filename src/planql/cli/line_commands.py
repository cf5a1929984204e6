"""The runner of `rate -`, `periods -` and `invoice -`: a JSON document per line in, one out.

A bad line is answered in its place with `{"error": {"code", "message", "pointer"}}` and the run
goes on. Blank lines are ignored.

Source: INTERFACES (docs/rules/line-interfaces.md).
"""

import json
import sys
from collections.abc import Callable, Mapping
from typing import BinaryIO

from planql.entity import parse_json
from planql.errors import PlanqlError

Answer = Callable[[object], Mapping[str, object]]
"""From a document, read exactly by `entity.parse_json`, to the document that answers it."""


def answer_lines(
    answer: Answer, source: BinaryIO | None = None, target: BinaryIO | None = None
) -> None:
    """Answer every line of `source` (standard input) on `target` (standard output), in order.

    Each answer is flushed at once, so that another program can hold a conversation.
    """
    lines = source or sys.stdin.buffer
    answers = target or sys.stdout.buffer
    for line in lines:
        if line.strip():
            answers.write(answer_line(answer, line) + b"\n")
            answers.flush()


def answer_line(answer: Answer, line: bytes) -> bytes:
    """The answer to one line, as one line of JSON without its end; never raises."""
    try:
        return _json_text(answer(parse_json(line)))
    except PlanqlError as error:
        return _json_text(error_document(error.code, error.message, error.pointer))
    except Exception as error:  # noqa: BLE001 - one line must not end the run
        message = f"this is a defect of planql ({type(error).__name__}: {error})"
        return _json_text(error_document("internal-error", message))


def error_document(code: str, message: str, pointer: str = "") -> dict[str, object]:
    """The answer to a line that cannot be answered."""
    return {"error": {"code": code, "message": message, "pointer": pointer}}


def _json_text(document: Mapping[str, object]) -> bytes:
    # A lone surrogate, legal in JSON as an escape, goes out as the escape it came in as.
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "backslashreplace")
