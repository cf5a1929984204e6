"""`latest`: the value of the event with the greatest time."""

from typing import Literal

from planql.entity import Entity, Text


class Latest(Entity):
    """The value of the event with the greatest time."""

    type: Literal["latest"]
    property: Text
    """Dotted path into the event's data."""
