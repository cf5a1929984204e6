"""Laws of usage that is priced event by event."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.strategies.charges import per_event_models
from tests.rating.building import Doc

from planql.charge_models import PercentageModel
from planql.metering.measured import EventValue
from planql.rating.events import event_steps

ZERO = Fraction(0)
moderate = settings(max_examples=150)

amounts = st.integers(0, 10**6).map(lambda cents: Fraction(cents, 100))
values_of_one = st.fractions(-50, 200, max_denominator=100)
values = st.lists(st.fractions(0, 200, max_denominator=100), max_size=6)


def _events(found: list[Fraction]) -> list[EventValue]:
    return [EventValue(str(number), value) for number, value in enumerate(found)]


def _model(document: Doc) -> PercentageModel:
    return PercentageModel.model_validate(document)


def _amount(model: PercentageModel, included: Fraction, found: list[Fraction]) -> Fraction:
    return sum((step.amount for step in event_steps(model, included, _events(found))), ZERO)


@moderate
@given(per_event_models, values)
def test_events_are_priced_alone(document: Doc, found: list[Fraction]) -> None:
    """Without anything included, events cost what each of them costs alone."""
    model = _model({**document, "included_events": "0"})
    assert _amount(model, ZERO, found) == sum((_amount(model, ZERO, [one]) for one in found), ZERO)


@moderate
@given(per_event_models, values, amounts, amounts)
def test_more_included_never_costs_more(
    document: Doc, found: list[Fraction], one: Fraction, other: Fraction
) -> None:
    """The more units cover events, the less they cost."""
    model = _model({name: document[name] for name in document if name != "included_events"})
    assert _amount(model, max(one, other), found) <= _amount(model, min(one, other), found)


@moderate
@given(per_event_models, values)
def test_an_event_keeps_its_limits(document: Doc, found: list[Fraction]) -> None:
    """No event costs more than the maximum per event."""
    model = _model(document)
    for step in event_steps(model, ZERO, _events(found)):
        assert model.maximum_per_event is None or step.amount <= model.maximum_per_event


@moderate
@given(per_event_models, st.lists(st.tuples(values_of_one, st.integers(1, 5)), max_size=4), amounts)
def test_events_alike_cost_what_they_cost_one_by_one(
    document: Doc, found: list[tuple[Fraction, int]], included: Fraction
) -> None:
    """Given together or one after the other: the same amount, the same units covered."""
    model = _model(document)
    together = [EventValue(str(value), value, times) for value, times in found]
    apart = [EventValue(str(value), value) for value, times in found for _ in range(times)]
    for member in ("amount", "quantity", "flat_amount"):
        totals = [
            sum(getattr(step, member) or ZERO for step in event_steps(model, included, events))
            for events in (together, apart)
        ]
        assert totals[0] == totals[1]
