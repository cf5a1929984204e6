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
from math import ceil
from typing import Final

from planql.charge_models import PercentageModel
from planql.metering.measured import EventValue
from planql.rating.lines import Step

ZERO: Final = Fraction(0)


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

    Events alike in a row share a step as far as they cost the same.

    Args:
        model: With parts per event.
        included_units: What costs nothing, in major units, over all events.
        events: In time order.
    """
    charged = tuple(_charged(_Cover(model, included_units, events), events))
    price = _event_price(model)
    steps = tuple(_step(model, price, each) for each in charged)
    if sum((step.amount for step in steps), ZERO) < 0:
        return ()
    covered = sum((each.of_all(each.covered) for each in charged if each.covered), ZERO)
    return (Step("included_units", ZERO, covered), *steps) if covered else steps


@dataclass(frozen=True, slots=True)
class _Charged:
    """Events alike: how many, what of the value of each is covered, whether they cost nothing."""

    event: EventValue
    times: int
    covered: Fraction
    is_free: bool

    def of_all(self, of_each: Fraction) -> Fraction:
        """What comes to `of_each` for one event, for all; nearly always there is one."""
        return of_each if self.times == 1 else of_each * self.times


class _Cover:
    """What is still free of the events to come: the first few of them, and units.

    Included events alone are free whatever their value; with included units, only these are.
    """

    def __init__(
        self, model: PercentageModel, included_units: Fraction, events: Sequence[EventValue]
    ) -> None:
        included = model.included_events
        many = sum(event.times for event in events)
        self._first = many if included is None else ceil(included)
        self._first_are_free = included is not None and not included_units
        self._left = included_units

    def take(self, event: EventValue, times: int) -> _Charged:
        """The next events alike, at least one and at most `times`, that are covered alike."""
        charged = self._charged(event, times)
        self._first -= min(charged.times, self._first)
        if charged.covered:
            self._left -= charged.of_all(charged.covered)
        return charged

    def _charged(self, event: EventValue, times: int) -> _Charged:
        value = max(event.value, ZERO)
        among = min(times, self._first)
        if among and self._first_are_free:
            return _Charged(event, among, value, is_free=True)
        if not (among and value and self._left):
            return _Charged(event, among or times, ZERO, is_free=False)
        if self._left < value:
            return _Charged(event, 1, self._left, is_free=False)
        return _Charged(event, min(among, self._left // value), value, is_free=True)


def _charged(cover: _Cover, events: Sequence[EventValue]) -> Iterator[_Charged]:
    for event in events:
        times = event.times
        while times:
            charged = cover.take(event, times)
            times -= charged.times
            yield charged


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
        return Step("event", ZERO, ZERO, event=each.event.id)
    charged = each.event.value - each.covered if each.covered else each.event.value
    return Step(
        "event",
        each.of_all(price.amount(charged)),
        each.of_all(charged),
        flat_amount=each.of_all(price.flat),
        percentage=Fraction(model.percentage),
        event=each.event.id,
    )
