"""Charts of impacts: what is on them, and that they are drawn the same every time."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from tests.charts.drawn import GOLDENS, texts
from tests.goldens import Goldens

from planql.charts.impacts import MOST_PAIRS, impact_chart
from planql.errors import InvalidInput
from planql.impact.figures import Difference
from planql.impact.movements import buckets
from planql.impact.outcomes import months_from
from planql.impact.results import (
    Comparison,
    CustomerChange,
    CustomersImpact,
    Impact,
    Movement,
    Outcome,
    PlanPair,
    ScenarioImpact,
)
from planql.simulation.totals import Totals

MONTHS = months_from(date(2026, 12, 1), 1)
PAIR = PlanPair("support-pro", None, None)


def outcome(revenue: int | None, currency: str = "USD") -> Outcome:
    """A side that earns so much in its one month; None is a side without a figure."""
    if revenue is None:
        return Outcome(None, unknown="the plan is new")
    return Outcome(1, (Totals(currency, Fraction(revenue), None),))


def scenario(name: str, before: Outcome, after: Outcome) -> ScenarioImpact:
    """Ten customers of a scenario."""
    comparison = Comparison(MONTHS, before, after)
    return ScenarioImpact(PAIR, name.lower(), name, 10, comparison)


def impact(*scenarios: ScenarioImpact, movements: tuple[Movement, ...] = ()) -> Impact:
    """An impact of scenarios and customers."""
    customers = CustomersImpact(MONTHS, (), movements, "") if movements else None
    return Impact(date(2026, 11, 21), MONTHS, (PAIR,), scenarios, customers, ())


def movement(*changes: int) -> Movement:
    """Customers who paid 100 and would pay so much more or less."""
    differences = [
        Difference(Totals("USD", Fraction(100), None), Totals("USD", Fraction(100 + change), None))
        for change in changes
    ]
    found = tuple(CustomerChange(str(place), (), each) for place, each in enumerate(differences))
    shares = [Fraction(change) for change in changes]
    bounds = [Fraction(bound) for bound in (5, 10, 20, 50, 100)]
    return Movement(differences[0], found, buckets(shares, bounds), ())


def test_golden(goldens: Goldens) -> None:
    """The same impact makes the same SVG, byte for byte."""
    found = impact(
        scenario("Typical", outcome(100), outcome(110)),
        scenario("Busy", outcome(250), outcome(240)),
        movements=(movement(-8, 0, 0, 3, 7, 7, 12, 15, 18, 30, 120),),
    )
    goldens.expect(GOLDENS / "impacts.svg", impact_chart(found, "svg"))


def test_a_chart_says_what_it_shows() -> None:
    """Plans, scenarios, both amounts for all customers and the change can be read on it."""
    found = texts(impact_chart(impact(scenario("Typical", outcome(100), outcome(110))), "svg"))
    assert {"$1,000.00", "$1,100.00 (+10 %)", "Typical", "Before", "After"} <= set(found)
    assert "Revenue in an average month (USD)" in found
    assert "Would pay more" not in found


def test_customers_are_counted_by_their_change() -> None:
    """A histogram says how many pay more, less and the same."""
    found = texts(impact_chart(impact(movements=(movement(-8, 0, 7, 7),)), "svg"))
    assert "Customers by change in percent (USD)" in found
    assert "2 pay more, 1 less, 1 the same" in found
    assert "Before" not in found


def test_the_outer_buckets_have_one_bound() -> None:
    """Changes beyond the last bounds are over and under it."""
    found = texts(impact_chart(impact(movements=(movement(-150, 150),)), "svg"))
    assert {"under", "over", "-100", "+100"} <= set(found)


def test_a_side_without_a_figure_has_no_bar() -> None:
    """What is new is called new; what was free has no percentage; what is gone has no bar."""
    new = texts(impact_chart(impact(scenario("New", outcome(None), outcome(110))), "svg"))
    assert "$1,100.00 (new)" in new
    gone = texts(impact_chart(impact(scenario("Gone", outcome(100), outcome(None))), "svg"))
    assert "$1,000.00" in gone
    free = texts(impact_chart(impact(scenario("Free", outcome(0), outcome(5))), "svg"))
    assert "$50.00" in free


def test_each_currency_has_a_panel() -> None:
    """A plan whose currency changes has a bar in each, and no percentage."""
    found = texts(impact_chart(impact(scenario("Move", outcome(100), outcome(90, "EUR"))), "svg"))
    titles = {f"Revenue in an average month ({currency})" for currency in ("USD", "EUR")}
    assert titles <= set(found)
    assert {"$1,000.00", "€900.00 (new)"} <= set(found)


def test_of_many_the_most_changed_are_drawn() -> None:
    """More than ten pairs in a panel are cut to those that change most, and that is said."""
    many = [scenario(f"S{n:02}", outcome(100), outcome(100 + n)) for n in range(MOST_PAIRS + 2)]
    found = texts(impact_chart(impact(*many), "svg"))
    assert "Revenue in an average month (USD, 10 of 12)" in found
    assert "S11" in found
    assert "S00" not in found
    assert "S01" not in found


def test_three_panels_leave_no_empty_one() -> None:
    """A third panel stands below, and the place beside it is empty."""
    three = impact(scenario("A", outcome(100), outcome(90, "EUR")), movements=(movement(5),))
    assert impact_chart(three, "png").startswith(b"\x89PNG")


def test_nothing_to_draw() -> None:
    """Without any figure there is no chart."""
    with pytest.raises(InvalidInput, match="no revenue is known"):
        impact_chart(replace(impact(), scenarios=()), "svg")
