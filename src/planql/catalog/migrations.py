"""Migrations: the only way in which a new price reaches existing subscriptions.

::

    announced_on                 boundary of a subscriber
         |-----------------------------|------------->
                version `from`           version `to`     "at": "next_period"

Source: RULES 7.9; INTERFACES, stories (docs/rules/subscriptions.md).
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from planql.catalog.moments import read_word_or_date, word_or_date_schema
from planql.entity import Entity, Key, LocalDate, SchemaReference, Text

MigrationTime = Annotated[
    Literal["next_period"] | date,
    read_word_or_date("next_period"),
    word_or_date_schema(
        "next_period",
        description="a date, or the first boundary on or after the announcement",
    ),
]
"""When subscribers move: at their next boundary, or on a date, which splits the period."""


class Migration(Entity):
    """Moves the subscribers of one version of a rate plan to another."""

    schema_reference: SchemaReference = None
    key: Key
    """Stable name; the file is called `<key>.json`, and starts with a date."""
    description: Text | None = None
    """For the people who maintain the catalog."""
    rate_plan: Key
    """The plan whose subscribers move."""
    from_version: Annotated[int, Field(ge=1, alias="from")]
    """The version they are on."""
    to_version: Annotated[int, Field(ge=1, alias="to")]
    """The version they move to."""
    announced_on: LocalDate
    """The day of the notice; no boundary before it counts."""
    at: MigrationTime
    """The boundary or the date at which they move."""
