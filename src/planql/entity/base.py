"""The base of every record that is read from JSON."""

from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from planql.entity.json_text import parse_json
from planql.entity.mistakes import mistakes_of
from planql.errors import InvalidInput


class Entity(BaseModel):
    """A frozen record read from JSON: no member is coerced, unknown members are refused."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", use_attribute_docstrings=True
    )


E = TypeVar("E", bound=Entity)


def read_entity(kind: type[E], data: object) -> E:
    """`data`, a value read from JSON, as an entity.

    Raises:
        InvalidInput: the first mistake, with its pointer into `data`.
    """
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        first = mistakes_of(error, kind.__pydantic_core_schema__)[0]
        raise InvalidInput(
            first.code, first.message, pointer=first.pointer, hint=first.hint
        ) from None


def parse_entity(kind: type[E], text: str | bytes) -> E:
    """A JSON text as an entity.

    Raises:
        InvalidInput: the text is not JSON, or its first mistake.
    """
    return read_entity(kind, parse_json(text))
