"""`percentage` with parts per event: every event is priced on its own.

Included units cover events in time order. An event that they cover wholly costs nothing; one that
they cover in part pays the percentage of the rest and the whole flat part. An event of value 0
pays the flat part and the minimum. A negative value takes its percentage back, uncovered; events
that together come to less than 0 are rated as quantity 0.

Source: INTERFACES, charge models (docs/rules/charge-models.md); Lago.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from planql.charge_models import PercentageModel
from planql.metering.measured import EventValue
from planql.rating.lines import Step


@dataclass(frozen=True, slots=True)
class EventPrice:
    """The model in exact numbers, in major units."""

    ratio: Fraction
    flat: Fraction
    minimum: Fraction | None
    maximum: Fraction | None

    def amount(self, value: Fraction) -> Fraction:
        """Of an event that is charged for `value`: the percentage and flat part, then limits."""
        amount = value * self.ratio + self.flat
        if self.minimum is not None:
            amount = max(amount, self.minimum)
        return amount if self.maximum is None else min(amount, self.maximum)


def event_steps(
    model: PercentageModel, included_units: Fraction, events: Sequence[EventValue]
) -> tuple[Step, ...]:
    """The steps of `events`, in time order; their amounts sum to the line, which is 0 or more.

    Args:
        model: With parts per event.
        included_units: What costs nothing, in major units, over all events.
        events: In time order.
    """
    charged = tuple(_charged(model, included_units, events))
    price = _event_price(model)
    steps = tuple(_step(model, price, each) for each in charged)
    if sum((step.amount for step in steps), Fraction(0)) < 0:
        return ()
    covered = sum((each.covered for each in charged), Fraction(0))
    return (Step("included_units", Fraction(0), covered), *steps) if covered else steps


@dataclass(frozen=True, slots=True)
class _Charged:
    """An event, what of its value is covered, and whether it costs nothing at all."""

    event: EventValue
    covered: Fraction
    is_free: bool


def _charged(
    model: PercentageModel, included_units: Fraction, events: Sequence[EventValue]
) -> Iterator[_Charged]:
    """Included events alone are free whatever their value; with included units, only these are."""
    first = Fraction(len(events) if model.included_events is None else model.included_events)
    first_are_free = model.included_events is not None and not included_units
    left = included_units
    for index, event in enumerate(events):
        value = max(event.value, Fraction(0))
        if first_are_free and index < first:
            yield _Charged(event, value, is_free=True)
            continue
        covered = min(left, value) if index < first else Fraction(0)
        left -= covered
        yield _Charged(event, covered, is_free=0 < covered == value)


def _event_price(model: PercentageModel) -> EventPrice:
    return EventPrice(
        ratio=Fraction(model.percentage) / 100,
        flat=Fraction(model.flat_amount_per_event or 0),
        minimum=_exact(model.minimum_per_event),
        maximum=_exact(model.maximum_per_event),
    )


def _exact(amount: Decimal | None) -> Fraction | None:
    return None if amount is None else Fraction(amount)


def _step(model: PercentageModel, price: EventPrice, each: _Charged) -> Step:
    if each.is_free:
        return Step("event", Fraction(0), Fraction(0), event=each.event.id)
    charged = each.event.value - each.covered
    return Step(
        "event",
        price.amount(charged),
        charged,
        flat_amount=price.flat,
        percentage=Fraction(model.percentage),
        event=each.event.id,
    )
