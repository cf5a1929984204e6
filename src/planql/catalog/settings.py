"""`catalog.json`: what holds for the whole catalog."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from planql.catalog.fields import TimeZone
from planql.entity import Entity, Percentage, SchemaReference, Text, describe, refusal


def _read_format(value: object) -> object:
    if isinstance(value, bool):  # which Python takes for 0 or 1
        raise refusal("unknown-value", f"{describe(value)} is not 1")
    return value


class Guardrails(Entity):
    """Limits that a change of prices is held against."""

    max_increase_percentage: Percentage | None = None
    """Most that a price may rise from one version to the next, in percent."""
    min_margin_percentage: Percentage | None = None
    """Least margin that a scenario may have, in percent of revenue."""


class CatalogSettings(Entity):
    """The catalog's name and defaults."""

    schema_reference: SchemaReference = None
    format: Annotated[Literal[1], BeforeValidator(_read_format)]
    """Version of the catalog format."""
    name: Text
    """The company, or the catalog, as people call it."""
    description: Text | None = None
    """For the people who maintain the catalog."""
    time_zone: TimeZone
    """Zone of the billing days of customers without one of their own."""
    rounding: Literal["half_away_from_zero"] = "half_away_from_zero"
    """How the amount of a line is rounded to the digits of its currency."""
    invoice_grace_hours: Annotated[int, Field(ge=0, le=720)] = 0
    """Hours after a billing boundary at which its invoice is issued."""
    guardrails: Guardrails = Guardrails()
    """Limits that a change of prices is held against; none, when left out."""
