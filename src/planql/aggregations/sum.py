"""`sum`: adds up a property of the events."""

from typing import Literal

from planql.entity import Entity, Text


class Sum(Entity):
    """Adds up a property of the events."""

    type: Literal["sum"]
    property: Text
    """Dotted path into the event's data."""
