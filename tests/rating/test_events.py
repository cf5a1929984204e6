"""Prices per event, of events that come several alike at once."""

from fractions import Fraction

from planql.charge_models import PercentageModel
from planql.metering.measured import EventValue
from planql.rating.events import event_steps

MODEL = PercentageModel.model_validate(
    {"type": "percentage", "percentage": "10", "flat_amount_per_event": "0.30"}
)


def test_units_cover_some_of_the_events_alike() -> None:
    """5 events of 10 and 25 units: 2 free, one pays 5 x 10 % + 0.30, two 10 x 10 % + 0.30 each."""
    covered, free, partly, rest = event_steps(
        MODEL, Fraction(25), [EventValue("d", Fraction(10), 5)]
    )
    assert (covered.kind, covered.quantity) == ("included_units", 25)
    assert (free.amount, free.quantity) == (0, 0)
    assert (partly.amount, partly.quantity) == (Fraction("0.80"), 5)
    assert (rest.amount, rest.quantity, rest.flat_amount) == (
        Fraction("2.60"),
        20,
        Fraction("0.60"),
    )


def test_as_many_events_as_one_likes_take_one_step() -> None:
    """100 million million payments of 0.01: 1 % of a cent and 0.30 each."""
    (step,) = event_steps(MODEL, Fraction(0), [EventValue("d", Fraction("0.01"), 10**14)])
    assert step.amount == Fraction("0.301") * 10**14
