"""How a field type refuses a value.

The code of a refusal names the page under docs/problems/.
"""

import json
from collections.abc import Mapping
from typing import Final

from pydantic_core import PydanticCustomError

_SHOWN: Final = 80
"""Characters of a text that a message repeats."""


def refusal(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """The error that a validator raises: a problem code, a message and how to mend it."""
    # Braces would be taken for placeholders of the template.
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint})


def describe(value: object) -> str:
    """A JSON value in a few words, for a message: `true`, `a list`, `"text"`."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return json.dumps(
                value if len(value) <= _SHOWN else value[:_SHOWN] + "…", ensure_ascii=False
            )
        case Mapping():
            return "an object"
        case list() | tuple():
            return "a list"
        case _:
            return str(value)
