"""Prices per event, of events that come several alike at once."""

from fractions import Fraction

from planql.charge_models import PercentageModel
from planql.metering.measured import EventValue
from planql.rating.events import event_steps
from planql.rating.lines import Step

MODEL = PercentageModel.model_validate(
    {"type": "percentage", "percentage": "10", "flat_amount_per_event": "0.30"}
)


def figures(step: Step) -> list[str | None]:
    """Kind, quantity, flat part and amount of a step."""
    numbers = (step.quantity, step.flat_amount, step.amount)
    return [step.kind, *(None if number is None else str(number) for number in numbers)]


def test_units_cover_some_of_the_events_alike() -> None:
    """5 events of 10 and 25 units: 2 free, one pays 5 x 10 % + 0.30, two 10 x 10 % + 0.30 each."""
    steps = event_steps(MODEL, Fraction(25), [EventValue("d", Fraction(10), 5)])
    assert [figures(step) for step in steps] == [
        ["included_units", "25", None, "0"],
        ["event", "0", None, "0"],
        ["event", "5", "3/10", "4/5"],
        ["event", "20", "3/5", "13/5"],
    ]


def test_however_many_events_alike_take_one_step() -> None:
    """10**14 payments of one cent: 10 % of a cent and 0.30 each."""
    (step,) = event_steps(MODEL, Fraction(0), [EventValue("d", Fraction("0.01"), 10**14)])
    assert step.amount == Fraction("0.301") * 10**14
