"""Types: the expression that completes a value of a type, as graphql-core would."""

from collections.abc import Callable

from graphql import (
    GraphQLList,
    GraphQLNonNull,
    GraphQLOutputType,
    is_leaf_type,
)

from planql.gateway.compiled.leaves import leaf
from planql.gateway.compiled.source import Source

Inner = Callable[[str, str, int], str]
"""The expression of an object that is not null.

Of its variable, what is evaluated first, and in how many lists it is.
"""


def completed(
    source: Source, kind: GraphQLOutputType, value: str, of_object: Inner, depth: int = 0
) -> str:
    """The expression that completes `value`.

    Args:
        source: Where the expression will stand.
        kind: The type of the value.
        value: An expression, evaluated once.
        of_object: Completes objects.
        depth: How many lists it is in.
    """
    if isinstance(kind, GraphQLNonNull):
        return _present(source, kind.of_type, value, of_object, depth)
    name, held = _held(value, depth)
    return f"(None if {held} is None else {_present(source, kind, name, of_object, depth)})"


def _held(value: str, depth: int) -> tuple[str, str]:
    """The variable that holds `value`, and the expression that puts it there."""
    if value.isidentifier():
        return value, value
    name = f"v{depth}"
    return name, f"({name} := {value})"


def _present(
    source: Source, kind: GraphQLOutputType, value: str, of_object: Inner, depth: int
) -> str:
    """The expression that completes a value that must not be null."""
    name, held = _held(value, depth)
    if isinstance(kind, GraphQLList):
        item = completed(source, kind.of_type, f"x{depth}", of_object, depth + 1)
        made = f"[{item} for x{depth} in {name}]"
        return f"({made} if {held}.__class__ is list else surprise())"
    if is_leaf_type(kind):
        return leaf(source, kind, name, held)
    return of_object(name, held, depth)
