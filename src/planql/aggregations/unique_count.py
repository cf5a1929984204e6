"""`unique_count`: how many different values of a property are present at the period's end."""

from typing import Literal

from planql.entity import Entity, Text


class UniqueCount(Entity):
    """How many different values are present; an event may add its value or remove it."""

    type: Literal["unique_count"]
    property: Text
    """Dotted path to the value that is counted; null is a missing property."""
    operation_property: Text | None = None
    """Dotted path to what the event does: "remove" takes the value out, all else adds it."""
    carry_over: bool = False
    """Whether events before the period set what is present when it opens."""
