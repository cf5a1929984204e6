"""Which fields read nothing but the snapshot and their arguments.

A field without a resolver reads an attribute of its object. One with a resolver may read anything,
the clock and the store too, unless it says otherwise::

    products: list[Product] = strawberry.field(resolver=..., metadata=FROM_SNAPSHOT)

What is made of such fields alone may be kept for as long as the snapshot is served.
"""

from collections.abc import Iterable
from typing import Final

from strawberry.types.field import StrawberryField

_KEY: Final = "planql.from_snapshot"

FROM_SNAPSHOT: Final = {_KEY: frozenset[str]()}
"""The metadata of a resolver that reads the snapshot and its arguments only."""


def from_snapshot_without(*arguments: str) -> dict[str, frozenset[str]]:
    """The metadata of a resolver that does so where none of these arguments is written."""
    return {_KEY: frozenset(arguments)}


def is_pure(field: StrawberryField, written: Iterable[str]) -> bool:
    """Whether a field reads the snapshot only, where these arguments are written."""
    if field.base_resolver is None:
        return True
    excluded = field.metadata.get(_KEY)
    return excluded is not None and excluded.isdisjoint(written)
