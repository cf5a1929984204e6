"""Filters: which events of a meter count, as a tree of conditions on their data.

Source: INTERFACES, `rate -` (docs/rules/metering.md).
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from planql.entity import Entity, Items, Text, describe, refusal

Scalar = str | bool | int | Decimal
Operator = Literal["eq", "ne", "gt", "gte", "lt", "lte", "in", "not_in", "contains", "exists"]


def _read_value(value: object) -> object:
    if isinstance(value, list):
        return tuple(_read_scalar(item) for item in value)
    return _read_scalar(value)


def _read_scalar(value: object) -> object:
    if isinstance(value, str | bool | int | Decimal):
        return value
    raise refusal(
        "filter-value",
        f"{describe(value)} cannot be compared with",
        "write a string, a number, true or false, or a list of them",
    )


_SCALAR_SCHEMA = {"type": ["string", "number", "boolean"]}
_VALUE_SCHEMA = {"anyOf": [_SCALAR_SCHEMA, {"type": "array", "items": _SCALAR_SCHEMA}]}


class Condition(Entity):
    """A comparison of one property; a missing property matches nothing."""

    property: Text
    """Dotted path into the event's data."""
    operator: Operator
    """How the property is compared with the value."""
    value: Annotated[
        object, BeforeValidator(_read_value), Field(json_schema_extra=_VALUE_SCHEMA)
    ] = None
    """A string, number or boolean; a list of them for `in` and `not_in`; none for `exists`."""


class AllOf(Entity):
    """Matches when every part does."""

    parts: Items["Filter"] = Field(alias="and", min_length=1)
    """The parts, all of which match."""


class AnyOf(Entity):
    """Matches when at least one part does."""

    parts: Items["Filter"] = Field(alias="or", min_length=1)
    """The parts, one of which matches."""


def _kind(value: object) -> str:
    if isinstance(value, AllOf) or (isinstance(value, Mapping) and "and" in value):
        return "and"
    if isinstance(value, AnyOf) or (isinstance(value, Mapping) and "or" in value):
        return "or"
    return "condition"


Filter = Annotated[
    Annotated[AllOf, Tag("and")]
    | Annotated[AnyOf, Tag("or")]
    | Annotated[Condition, Tag("condition")],
    Discriminator(_kind),
]
"""A condition, or an and/or of filters."""
