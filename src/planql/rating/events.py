"""`percentage` with parts per event: every event is priced on its own.

Included units cover events in time order. An event that they cover wholly costs nothing; one that
they cover in part pays the percentage of the rest and the whole flat part. An event of value 0
pays the flat part and the minimum. A negative value is rated as 0.

Source: INTERFACES, charge models (docs/rules/charge-models.md); Lago.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from planql.charge_models import PercentageModel
from planql.rating.lines import Step


class ValuedEvent(Protocol):
    """An event and the value that a meter read from it."""

    @property
    def id(self) -> str:
        """Its identity."""

    @property
    def value(self) -> Fraction:
        """An amount of money in major units."""


@dataclass(frozen=True, slots=True)
class EventPrice:
    """The model in exact numbers, in major units."""

    ratio: Fraction
    flat: Fraction
    minimum: Fraction
    maximum: Fraction | None

    def amount(self, value: Fraction) -> Fraction:
        """Of an event that is charged for `value`: the percentage and flat part, then limits."""
        amount = max(value * self.ratio + self.flat, self.minimum)
        return amount if self.maximum is None else min(amount, self.maximum)


def event_steps(
    model: PercentageModel, included_units: Fraction, events: Sequence[ValuedEvent]
) -> tuple[Step, ...]:
    """The steps of `events`, in time order; their amounts sum to the line.

    Args:
        model: With parts per event.
        included_units: What costs nothing, in major units, over all events.
        events: In time order.
    """
    steps = tuple(_priced(model, included_units, events))
    covered = sum((max(event.value, Fraction(0)) for event in events), Fraction(0)) - sum(
        (step.quantity or Fraction(0) for step in steps), Fraction(0)
    )
    if covered <= 0:
        return steps
    return (Step("included_units", Fraction(0), covered), *steps)


def _priced(
    model: PercentageModel, included_units: Fraction, events: Sequence[ValuedEvent]
) -> Iterator[Step]:
    price = _event_price(model)
    free_events = _free_events(model, included_units)
    covering = _covering_events(model)
    left = included_units
    for index, event in enumerate(events):
        value = max(event.value, Fraction(0))
        covered = min(left, value) if covering is None or index < covering else Fraction(0)
        left -= covered
        is_free = index < free_events or (covered == value and value > 0)
        yield _free_step(event) if is_free else _step(model, price, event, value - covered)


def _free_events(model: PercentageModel, included_units: Fraction) -> Fraction:
    """How many of the first events cost nothing, whatever their value."""
    return Fraction(0) if included_units else Fraction(model.included_events or 0)


def _covering_events(model: PercentageModel) -> Fraction | None:
    """How many of the first events included units may cover; None is all of them."""
    return None if model.included_events is None else Fraction(model.included_events)


def _event_price(model: PercentageModel) -> EventPrice:
    maximum = model.maximum_per_event
    return EventPrice(
        ratio=Fraction(model.percentage) / 100,
        flat=Fraction(model.flat_amount_per_event or 0),
        minimum=Fraction(model.minimum_per_event or 0),
        maximum=None if maximum is None else Fraction(maximum),
    )


def _free_step(event: ValuedEvent) -> Step:
    return Step("event", Fraction(0), Fraction(0), event=event.id)


def _step(model: PercentageModel, price: EventPrice, event: ValuedEvent, charged: Fraction) -> Step:
    return Step(
        "event",
        price.amount(charged),
        charged,
        flat_amount=price.flat,
        percentage=Fraction(model.percentage),
        event=event.id,
    )
