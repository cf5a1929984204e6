"""`count`: how many events there are."""

from typing import Literal

from planql.entity import Entity


class Count(Entity):
    """How many events there are."""

    type: Literal["count"]
