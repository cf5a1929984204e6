"""Filters: which events count, as a tree of conditions."""

from typing import Annotated, Union, assert_never

import strawberry

from planql.catalog import filters
from planql.gateway.scalars import Json
from planql.gateway.types.enums import FilterOperator


@strawberry.type(description="A comparison of one property; a missing property matches nothing.")
class FilterCondition:
    """A leaf of the tree."""

    property: str = strawberry.field(description="Dotted path into the event's data.")
    operator: FilterOperator = strawberry.field(description="How it is compared.")
    value: Json | None = strawberry.field(
        description="Text, number, boolean or a list of them; null where the operator needs none."
    )


@strawberry.type(description="Matches when every part does.")
class FilterAllOf:
    """An `and`."""

    parts: list["Filter"] = strawberry.field(description="The parts, at least one.")


@strawberry.type(description="Matches when at least one part does.")
class FilterAnyOf:
    """An `or`."""

    parts: list["Filter"] = strawberry.field(description="The parts, at least one.")


Filter = Annotated[
    Union[FilterCondition, FilterAllOf, FilterAnyOf],  # noqa: UP007 - strawberry reads it at run time
    strawberry.union("Filter", description="Which events count: a condition, or an and/or."),
]


def event_filter(found: filters.Filter) -> "FilterCondition | FilterAllOf | FilterAnyOf":
    """A filter as the schema shows it."""
    match found:
        case filters.AllOf():
            return FilterAllOf(parts=[event_filter(part) for part in found.parts])
        case filters.AnyOf():
            return FilterAnyOf(parts=[event_filter(part) for part in found.parts])
        case filters.Condition():
            return FilterCondition(
                property=found.property,
                operator=FilterOperator(found.operator),
                value=None if found.value is None else Json(found.value),
            )
        case _:
            assert_never(found)
