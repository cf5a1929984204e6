"""Rows, totals and runs answer in major units, and say what they do not know."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from planql.periods import Period
from planql.simulation.results import BillingPeriod, ScenarioRun, Simulation
from planql.simulation.rows import COST_SCALE, Row
from planql.simulation.totals import Totals, in_all

UNIT = 10**12
CALLS = Row(
    subscription="main",
    charge="calls",
    name="Calls",
    kind="usage",
    currency="USD",
    meter="calls",
    quantities=(2 * UNIT, 3 * UNIT),
    cumulatives=(2 * UNIT, 5 * UNIT),
    revenues=(200, 300),
    costs=(COST_SCALE // 2, None),
    missing=("nobody knows",),
)
FEE = replace(CALLS, charge="fee", kind="recurring", meter=None, costs=None, missing=())
DAYS = (date(2026, 4, 1), date(2026, 4, 2))
PERIOD = BillingPeriod("main", Period(date(2026, 4, 1), date(2026, 5, 1)), 0, 1)


def test_a_day_in_major_units() -> None:
    """Revenue has the currency's digits, quantities and costs are exact."""
    assert [CALLS.quantity(1), CALLS.cumulative(1), CALLS.revenue(1)] == [3, 5, 3]
    assert [CALLS.cost(0), CALLS.margin(0)] == [Fraction(1, 2), Fraction(3, 2)]


def test_an_unknown_day() -> None:
    """A day without a known cost has neither cost nor margin."""
    assert (CALLS.cost(1), CALLS.margin(1)) == (None, None)


def test_a_fee_has_no_unit_cost() -> None:
    """All revenue of a fee is margin, and nothing about it is unknown."""
    assert [FEE.cost(0), FEE.margin(0)] == [None, 2]
    assert FEE.totals() == Totals("USD", Fraction(5), None)
    assert [FEE.totals().margin, FEE.totals().margin_percentage] == [5, 100]


def test_what_was_used() -> None:
    """Usage adds up over days; what stands, such as seats, does not."""
    assert [CALLS.total_quantity(), CALLS.total_quantity(0, 1)] == [5, 2]
    assert FEE.total_quantity() is None


def test_an_unknown_part_makes_totals_unknown() -> None:
    """A total is known for the days whose parts are, and names what it misses otherwise."""
    simulation = Simulation(DAYS, "accrual", (CALLS, FEE), (PERIOD,))
    assert simulation.totals == (Totals("USD", Fraction(10), None, ("nobody knows",)),)
    assert simulation.totals[0].margin is None
    assert simulation.totals[0].margin_percentage is None
    assert simulation.of_period(PERIOD) == (Totals("USD", Fraction(4), Fraction(1, 2)),)


def test_of_another_subscription() -> None:
    """A billing period sums the rows of its own subscription."""
    other = replace(CALLS, subscription="other")
    simulation = Simulation(DAYS, "accrual", (other,), (PERIOD,))
    assert simulation.of_period(PERIOD) == ()


def test_no_percentage_without_revenue() -> None:
    """Nothing can be a percentage of no revenue."""
    totals = Totals("USD", Fraction(0), Fraction(3))
    assert [totals.margin, totals.margin_percentage] == [-3, None]


def test_no_percentage_of_negative_revenue() -> None:
    """A loss on revenue below 0 is no profit of more than 100 %: -22 - 5 = -27."""
    totals = Totals("USD", Fraction(-22), Fraction(5))
    assert [totals.margin, totals.margin_percentage] == [-27, None]


def test_currencies_never_meet() -> None:
    """There is a sum for each currency, in the order in which they come up."""
    usd, eur = Totals("USD", Fraction(1), Fraction(2)), Totals("EUR", Fraction(5), None)
    assert in_all([usd, eur, usd]) == (Totals("USD", Fraction(2), Fraction(4)), eur)


def test_many_such_customers() -> None:
    """Every column and every sum is multiplied; what is unknown stays so."""
    simulation = Simulation(DAYS, "accrual", (CALLS, FEE), (PERIOD,)).times(3)
    calls, fee = simulation.rows
    assert calls.quantities == (6 * UNIT, 9 * UNIT)
    assert calls.cumulatives == (6 * UNIT, 15 * UNIT)
    assert (calls.revenues, calls.costs) == ((600, 900), (COST_SCALE * 3 // 2, None))
    assert (fee.revenues, fee.costs) == ((600, 900), None)


def test_a_run_stands_for_its_customers() -> None:
    """The sums of a run are those of all customers that its scenario stands for."""
    known = replace(CALLS, costs=(COST_SCALE, COST_SCALE), missing=())
    for row, cost in ((known, 20), (FEE, None)):
        run = ScenarioRun("typical", "Typical", 10, Simulation(DAYS, "accrual", (row,), ()))
        wanted = None if cost is None else Fraction(cost)
        assert run.totals == (Totals("USD", Fraction(50), wanted),)
