"""The sum on paper."""

from fractions import Fraction
from textwrap import dedent

import pytest
from tests.rating.building import Doc, tiered, usage_charge

from planql.rating.explanations import explain, sum_of
from planql.rating.pipeline import rate_quantity
from planql.rating.requests import rate_request
from planql.rating.totals import settle

PERIOD = {"start": "2026-06-01", "end": "2026-07-01"}
METER = {
    "key": "meter",
    "event": "usage",
    "aggregation": {"type": "sum", "property": "value"},
    "unit": "unit",
}


def sheet(text: str) -> str:
    """The expected text, without the indentation of the test."""
    return dedent(text).strip("\n")


def explained(model: Doc, *, discounts: object = (), **members: object) -> str:
    """The sum for 25 units."""
    request = {
        "currency": "USD",
        "charge": {"key": "c", "type": "usage", "meter": "m", "model": model, **members},
        "quantity": "25",
        "discounts": list(discounts) if isinstance(discounts, list) else [],
    }
    return explain(rate_request(request)[1], "USD")


def measured(model: Doc, values: list[Doc], **members: object) -> str:
    """The sum for events with these data."""
    events = [
        {"id": str(number), "type": "usage", "time": f"2026-06-01T00:00:{number:02}Z", "data": data}
        for number, data in enumerate(values)
    ]
    charge = {"key": "c", "type": "usage", "meter": "m", "model": model, **members}
    request = {"currency": "USD", "charge": charge, "meter": METER, "period": PERIOD}
    return explain(rate_request({**request, "events": events})[1], "USD")


def test_tiers_to_the_total() -> None:
    """Included units, tiers with their flat amounts, rounding, cap, discount and minimum."""
    model = tiered("graduated", ("10", "10", "2"), (None, "5.001", None))
    discount = {"key": "launch", "type": "percentage", "percentage": "50"}
    text = explained(model, included_units="5", cap="150.00", minimum="80.00", discounts=[discount])
    assert text == sheet("""
        quantity 25
        included                         5 free    0
        tier 1                      10 x 10 + 2  102
        tier 2                       10 x 5.001   50.01
        capped at 150.00                          -2.01
        discount "launch"                        -75
        up to the minimum of 80.00                 5
        -----------------------------------------------
        total                               USD   80.00
    """)


def test_packages_and_rounding() -> None:
    """Packages x price, and what rounding adds."""
    assert explained({"type": "package", "amount": "1.115", "package_size": "10"}) == sheet("""
        quantity 25
        packages         3 x 1.115  3.345
        rounded to 0.01             0.005
        ---------------------------------
        total                  USD  3.35
    """)


def test_tiers_without_a_price_per_unit() -> None:
    """What a tier costs as a whole is no product; thousands are set apart."""
    text = explained(tiered("stairstep", ("10", None, "100"), (None, None, "12500")))
    assert text == sheet("""
        quantity 25
        tier 2  25 for 12,500  12,500
        --------------------------------
        total             USD  12,500.00
    """)


def test_flat_and_part_of_a_period() -> None:
    """A flat amount for half a period."""
    charge = usage_charge({"type": "flat", "amount": "99"})
    rated = settle(charge, "USD", rate_quantity(charge, "USD", None, proration=Fraction(1, 2)))
    assert explain(rated, "USD") == sheet("""
        quantity (none)
        no value was measured: rated as quantity 0
        flat amount                   99
        for part of the period       -49.5
        -----------------------------------
        total                   USD   49.50
    """)


def test_events_with_their_limits() -> None:
    """Each event, free, in between, and at its limits."""
    model = {
        "type": "percentage",
        "percentage": "10",
        "flat_amount_per_event": "0.30",
        "minimum_per_event": "1.75",
        "maximum_per_event": "12",
    }
    values = [{"value": value} for value in ("30", "10", "50", "1000", "x")]
    assert measured(model, values, included_units="30") == sheet("""
        quantity 1,090
        event "4" does not count: "x" is not a plain decimal number
        included                                  30 free   0
        event "0"                                    free   0
        event "1"    10 x 10 % + 0.3 = 1.3, at least 1.75   1.75
        event "2"                         50 x 10 % + 0.3   5.3
        event "3"  1,000 x 10 % + 0.3 = 100.3, at most 12  12
        --------------------------------------------------------
        total                                         USD  19.05
    """)


def test_a_line_of_an_invoice_has_its_sum() -> None:
    """The steps of one line end with its amount, in its currency."""
    charge = usage_charge({"type": "per_unit", "unit_amount": "1.005"})
    (line,) = rate_quantity(charge, "USD", Fraction(3)).lines
    assert sum_of(line.steps, "USD", line.amount) == [
        "usage            3 x 1.005  3.015",
        "rounded to 0.01             0.005",
        "amount                 USD  3.02",
    ]


def test_groups_have_a_heading() -> None:
    """Each group of usage is headed by its values, missing ones in words."""
    text = measured(
        {"type": "percentage", "percentage": "2"},
        [{"value": "10", "cloud": "aws"}, {"value": "10"}],
        group_by=["cloud"],
    )
    assert text == sheet("""
        quantity 20
        cloud = (missing)
        usage              10 x 2 %  0.2
        cloud = aws
        usage              10 x 2 %  0.2
        ---------------------------------
        total                   USD  0.40
    """)


@pytest.mark.parametrize("quantity", [-5, 0])
def test_a_negative_quantity_is_remarked(quantity: int) -> None:
    """Only a negative quantity is said to be rated as 0."""
    charge = usage_charge({"type": "per_unit", "unit_amount": "10"})
    text = explain(settle(charge, "USD", rate_quantity(charge, "USD", Fraction(quantity))), "USD")
    assert ("the quantity is negative" in text) == (quantity < 0)
