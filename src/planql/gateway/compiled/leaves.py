"""Scalars and enums: the expression that turns a value into what JSON holds."""

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from fractions import Fraction
from typing import Any, Final, cast

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLString,
)
from strawberry.schema.schema_converter import CustomGraphQLEnumType

from planql.gateway.compiled.source import Source
from planql.gateway.compiled.surprises import Surprise
from planql.gateway.numerals import Numeral, number_text
from planql.money import plain

_TEXT: Final = "({name} if {value}.__class__ is str else surprise())"
_PASSED_ON: Final[Mapping[str, str]] = {
    GraphQLString.name: _TEXT,
    GraphQLID.name: _TEXT,
    GraphQLBoolean.name: "({name} if {value}.__class__ is bool else surprise())",
    GraphQLInt.name: "({name} if {value}.__class__ is int "
    "and -2147483648 <= {name} <= 2147483647 else surprise())",
}
"""What graphql-core passes on as it is; it converts other values, or refuses them."""


def leaf(source: Source, kind: GraphQLLeafType, name: str, value: str) -> str:
    """The expression of a leaf that is not null.

    Args:
        source: Where the expression will stand.
        kind: Its type.
        name: The variable that holds the value once `value` was evaluated.
        value: What is evaluated first, once.
    """
    if isinstance(kind, GraphQLEnumType):
        return f"{source.constant(_names(kind))}[id({value})]"
    if kind.name in _PASSED_ON:
        return _PASSED_ON[kind.name].format(name=name, value=value)
    serialize = kind.coerce_output_value
    if serialize is str:
        return _TEXT.format(name=name, value=value)
    if serialize is number_text:
        return _number(source, name, value)
    return f"{source.constant(_checked(serialize))}({value})"


def _number(source: Source, name: str, value: str) -> str:
    """The expression of an exact number, with what is usual first."""
    of_catalog = f"{name}.text if {value}.__class__ is {source.constant(Numeral)}"
    is_computed = f"{name}.__class__ is {source.constant(Fraction)}"
    other = f"{source.constant(_OTHER_NUMBER)}({name})"
    return f"({of_catalog} else {source.constant(plain)}({name}) if {is_computed} else {other})"


def _names(kind: GraphQLEnumType) -> dict[int, str]:
    """The names of an enum's members, by the identity of each member."""
    members = cast("Iterable[Enum]", cast("CustomGraphQLEnumType", kind).wrapped_cls)
    names = {value.value: name for name, value in kind.values.items()}
    return {id(each): names[each.value] for each in members if each.value in names}


def _checked(serialize: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """`serialize`, of values that are not null to values that are not."""

    def checked(value: object) -> object:
        found = None if value is None else serialize(value)
        if found is None:
            raise Surprise
        return found

    return checked


_OTHER_NUMBER: Final = _checked(number_text)
"""Prints numbers that are neither written in the catalog nor computed."""
