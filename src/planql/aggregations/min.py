"""`min`: the least value of a property."""

from typing import Literal

from planql.entity import Entity, Text


class Min(Entity):
    """The least value of a property."""

    type: Literal["min"]
    property: Text
    """Dotted path into the event's data."""
