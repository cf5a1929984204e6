"""`max`: the greatest value of a property."""

from typing import Literal

from planql.entity import Entity, Text


class Max(Entity):
    """The greatest value of a property."""

    type: Literal["max"]
    property: Text
    """Dotted path into the event's data."""
