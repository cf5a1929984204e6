"""What a meter measured, group by group, and what it could not read."""

from dataclasses import dataclass
from fractions import Fraction

Group = tuple[tuple[str, str | None], ...]
"""Property and value of every `group_by`, in its order; None where the property is missing."""


@dataclass(frozen=True, slots=True)
class RejectedEvent:
    """An event whose value cannot be read; it does not count.

    Attributes:
        id: The event's id.
        path: JSON pointer to the value inside the event: `/data/value`.
        reason: What is wrong with it, the value quoted.
    """

    id: str
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class EventValue:
    """What an event adds, or each of several alike, for prices per event.

    Attributes:
        id: The event's id; of an assumed day its date.
        value: What the aggregation read of it; 1 for `count`.
        times: How many events alike in a row; above 1 only on an assumed day.
    """

    id: str
    value: Fraction
    times: int = 1


@dataclass(frozen=True, slots=True)
class MeasuredGroup:
    """The quantity of one group; of a charge without `group_by`, its only one.

    Attributes:
        group: Property and value of every `group_by`; empty without one.
        quantity: After the meter's rounding, before included units; None is no value.
        has_usage: Whether there was an event or a total in the period, or a quantity at all.
        events: By time, ties in input order; only for a model with parts per event, else empty.
    """

    group: Group
    quantity: Fraction | None
    has_usage: bool
    events: tuple[EventValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """What a meter measured.

    Attributes:
        groups: At least one, sorted by their values, missing ones first. Without usage it is one
            group without members.
        rejected: Events that do not count because their value cannot be read, by time.
    """

    groups: tuple[MeasuredGroup, ...]
    rejected: tuple[RejectedEvent, ...] = ()
