"""Field types that only catalog documents use."""

from typing import Annotated, Final, Literal, get_args

from pydantic import BeforeValidator, Field, WithJsonSchema

from planql.entity import Entity, describe, refusal
from planql.errors import InvalidInput
from planql.periods import Interval, IntervalUnit, zone


def _read_time_zone(value: object) -> str:
    if not isinstance(value, str):
        raise refusal("unknown-time-zone", f"{describe(value)} is not an IANA time zone")
    try:
        zone(value)
    except InvalidInput as error:
        raise refusal(error.code, error.message, error.hint) from None
    return value


TimeZone = Annotated[
    str,
    BeforeValidator(_read_time_zone),
    WithJsonSchema({"type": "string", "description": "an IANA time zone: Europe/Berlin"}),
]
"""The name of an IANA time zone."""

CycleName = Literal["daily", "weekly", "monthly", "quarterly", "semiannual", "annual"]

CYCLES: Final[dict[str, Interval]] = {
    "daily": Interval(IntervalUnit.DAY),
    "weekly": Interval(IntervalUnit.WEEK),
    "monthly": Interval(IntervalUnit.MONTH),
    "quarterly": Interval(IntervalUnit.MONTH, 3),
    "semiannual": Interval(IntervalUnit.MONTH, 6),
    "annual": Interval(IntervalUnit.YEAR),
}
"""The named billing cycles."""


class BillingCycle(Entity):
    """How often a plan or a charge is billed, as an interval."""

    interval: Literal["day", "week", "month", "year"]
    """What is counted."""
    interval_count: Annotated[int, Field(ge=1, le=1200)] = 1
    """How many of it."""

    def as_interval(self) -> Interval:
        """The length of one billing period."""
        return Interval(IntervalUnit(self.interval), self.interval_count)


def _read_cycle(value: object) -> object:
    if isinstance(value, str):
        if value not in CYCLES:
            names = ", ".join(f'"{name}"' for name in get_args(CycleName))
            raise refusal("unknown-cycle", f'"{value}" is not a billing cycle', f"write {names}")
        cycle = CYCLES[value]
        return {"interval": cycle.unit.value, "interval_count": cycle.count}
    return value


Cycle = Annotated[
    BillingCycle,
    BeforeValidator(_read_cycle, json_schema_input_type=CycleName | BillingCycle),
]
"""A billing cycle: a name such as "monthly", or an interval and how many of it."""


def cycle_text(cycle: BillingCycle) -> str:
    """A billing cycle in words: "monthly", "every 2 months"."""
    names = {interval: name for name, interval in CYCLES.items()}
    name = names.get(cycle.as_interval())
    return name or f"every {cycle.interval_count} {cycle.interval}s"
