"""Charts of simulations: what is on them, and that they are drawn the same every time."""

from datetime import date

import pytest
from tests.charts.drawn import GOLDENS, row, simulation, texts
from tests.goldens import Goldens

from planql.charts.simulations import Panel, simulation_chart
from planql.errors import InvalidInput

WEEK = [100, 100, 100, 100, 100, 20, 20]
FEE = row("Fee", [5000] * 14, kind="recurring")
TICKETS = row("Tickets", [cents * 99 for cents in WEEK * 2], [cents // 5 for cents in WEEK * 2])
TYPICAL = simulation(FEE, TICKETS)
BUSY = simulation(FEE, row("Tickets", [cents * 297 for cents in WEEK * 2], [60] * 14))


def test_golden(goldens: Goldens) -> None:
    """The same simulations make the same SVG, byte for byte."""
    panels = [Panel("Typical", TYPICAL), Panel("Busy", BUSY, customers=2)]
    drawn = simulation_chart("Pro, version 2", panels, "svg")
    goldens.expect(GOLDENS / "simulations.svg", drawn)


def test_a_chart_says_what_it_shows() -> None:
    """Title, scenario, revenue, margin, charges and currency can be read on it.

    14 x 50 + 2 x 540 x 0.99 = 1,769.20; the cost is 2 x 108 = 216, the margin 1,553.20.
    """
    found = texts(simulation_chart("Pro, version 2", [Panel("Typical", TYPICAL)], "svg"))
    assert "Pro, version 2" in found
    assert {"Typical", "revenue $1,769.20, margin $1,553.20 (87.8 %)"} <= set(found)
    assert {"Fee", "Tickets", "Cost", "Margin", "Per day", "1 Oct", "$100"} <= set(found)


def test_customers_multiply() -> None:
    """A panel of 10 customers shows ten times as much."""
    found = texts(simulation_chart("Pro", [Panel("Ten", TYPICAL, customers=10)], "svg"))
    assert {"Ten", "revenue $17,692.00, margin $15,532.00 (87.8 %)"} <= set(found)


def test_an_unknown_cost_is_said() -> None:
    """Without a unit cost neither cost nor margin are claimed, and the reason stands there."""
    free = row("Tickets", [100] * 14, [None] * 14, missing=['meter "tickets" has no cost'])
    found = texts(simulation_chart("Pro", [Panel("Typical", simulation(FEE, free))], "svg"))
    assert {"Typical", 'revenue $714.00, no margin: meter "tickets" has no cost'} <= set(found)
    assert not {"Cost", "Margin"} & set(found)


def test_a_partly_known_margin_has_no_line() -> None:
    """Where the range has no margin its known days have none, either; of 2 reasons one is told."""
    part = row("Tickets", [100] * 4, [None, None, 1, 1], missing=["no row", "no amount in USD"])
    found = texts(simulation_chart("Pro", [Panel("Typical", simulation(part))], "svg"))
    assert {"Typical", "revenue $4.00, no margin: no row, and 1 more"} <= set(found)
    assert "Margin" not in found


def test_a_long_reason_is_whole() -> None:
    """Beside another panel a reason takes as many lines as it needs."""
    reason = 'meter "resolved-tickets-of-all-brands" has no cost in "USD" on "2026-10-01"'
    free = row("Tickets", [100] * 3, [None] * 3, missing=[reason])
    panels = [Panel("One", simulation(free)), Panel("Two", simulation(free))]
    found = texts(simulation_chart("Pro", panels, "svg"))
    assert f"no margin: {reason}" in " ".join(found)


def test_nothing_earned() -> None:
    """Where nothing is earned, the margin has no percentage."""
    cost = row("Hosting", [0] * 3, [2] * 3, kind="subscription_days")
    found = texts(simulation_chart("Free", [Panel("Typical", simulation(cost))], "svg"))
    assert {"Typical", "revenue $0.00, margin -$6.00"} <= set(found)


def test_currencies_get_panels_of_their_own() -> None:
    """Amounts of two currencies never stand on one axis."""
    both = simulation(FEE, row("Minuten", [100] * 14, currency="JPY"))
    found = texts(simulation_chart("Both", [Panel("Typical", both)], "svg"))
    assert {"Typical", "revenue $700.00, margin $700.00 (100 %)"} <= set(found)
    assert {"Typical", "revenue ¥1,400, margin ¥1,400 (100 %)"} <= set(found)


def test_a_negative_day_is_drawn_below() -> None:
    """A volume tier that gives back 300 dollars on a day reaches below the axis."""
    volume = simulation(row("Minutes", [40000, -30000, 5000]))
    found = texts(simulation_chart("Voice", [Panel("Typical", volume)], "svg"))
    assert {"-$200", "$400"} <= set(found)


def test_months() -> None:
    """Columns of months stand at their first days; a range that begins inside one has its part."""
    days = simulation(row("Tickets", [100] * 120), start=date(2026, 10, 20))
    found = texts(simulation_chart("Pro", [Panel("Typical", days)], "svg", by="month"))
    assert {"Per month", "Nov", "2026", "Dec", "Jan", "2027", "Feb"} <= set(found)


def test_a_year_of_days() -> None:
    """A year has the first of every month on its axis, and its days are one area."""
    year = simulation(row("Tickets", [100] * 365, [0] * 365), start=date(2026, 1, 1))
    found = texts(simulation_chart("Pro", [Panel("Typical", year)], "svg"))
    assert {"Jan", "2026", "Feb", "Dec"} <= set(found)


def test_ten_years_of_days() -> None:
    """Of ten years only some firsts of January are named."""
    years = simulation(row("Tickets", [100] * 3652), start=date(2026, 1, 1))
    found = texts(simulation_chart("Pro", [Panel("Typical", years)], "svg", by="month"))
    assert {"Jan", "2026", "2035"} <= set(found)
    assert "Feb" not in found


def test_ten_charges_share_seven_colours() -> None:
    """The six charges that earn most keep their names; the others are drawn together."""
    rows = [row(f"Charge {number}", [number * 100] * 3) for number in range(1, 11)]
    found = texts(simulation_chart("Many", [Panel("Typical", simulation(*rows))], "svg"))
    named = [text for text in found if text.startswith("Charge")]
    assert named == [f"Charge {number}" for number in range(5, 11)]
    assert "Other charges" in found


@pytest.mark.parametrize("count", [3, 4, 5])
def test_several_scenarios(count: int) -> None:
    """Every scenario has its panel."""
    panels = [Panel(f"Scenario {number}", TYPICAL) for number in range(count)]
    found = texts(simulation_chart("Pro", panels, "svg"))
    assert sum(text.startswith("Scenario") for text in found) == count


def test_long_sums_have_lines_of_their_own() -> None:
    """Where revenue and margin do not fit beside each other, they stand below each other."""
    rich = simulation(row("Tickets", [123_456_789_00] * 3, [1] * 3))
    found = texts(simulation_chart("Pro", [Panel("pro@1\nRich", rich), Panel("B", TYPICAL)], "svg"))
    assert {"pro@1", "Rich", "revenue $370,370,367.00"} <= set(found)
    assert "margin $370,370,364.00 (100 %)" in found


def test_too_many_scenarios() -> None:
    """Thirteen panels are too many to see anything."""
    with pytest.raises(InvalidInput, match="12 at most"):
        simulation_chart("Pro", [Panel("Typical", TYPICAL)] * 13, "svg")


def test_nothing_to_draw() -> None:
    """A simulation without a row makes no chart."""
    empty = simulation(FEE)
    nothing = type(empty)(empty.days, "accrual", (), ())
    with pytest.raises(InvalidInput, match="neither revenue nor cost"):
        simulation_chart("Pro", [Panel("Typical", nothing)], "svg")


def test_png() -> None:
    """A PNG is as large as a slide: 1920 x 1080."""
    drawn = simulation_chart("Pro", [Panel("Typical", TYPICAL)], "png")
    assert drawn.startswith(b"\x89PNG")
    width, height = (int.from_bytes(drawn[at : at + 4]) for at in (16, 20))
    assert (width, height) == (1920, 1080)


def test_names_of_any_kind() -> None:
    """A dollar sign, an underscore in front, letters the font lacks and 200 letters are drawn."""
    rows = [row(name, [100] * 3) for name in ("$a_b$", "_hidden", "価格", "x" * 200)]
    found = texts(simulation_chart("$100$", [Panel("_", simulation(*rows))], "svg"))
    assert {"$100$", "$a_b$", " _hidden", "価格", "x" * 89 + "…"} <= set(found)
