"""What the two pages that planql started from promise, each by name.

Sources: Valmi (billing system), Polar (usage-based billing).
"""

import pytest
from tests.billing.story_files import due, load_story, unexpected


def _lines(name: str, invoice: int) -> list[tuple[str, str]]:
    lines = due(load_story(name))["invoices"][invoice]["lines"]
    return [(line["charge"], line["amount"]) for line in lines]


def test_upgrade_half_way_through_the_month() -> None:
    """Valmi: $100 to $200 half-way through the month is $50 + $100, prorated by itself."""
    assert _lines("changes/upgrade-half-way", 1) == [("fee", "-50.00"), ("fee", "100.00")]
    assert _lines("changes/upgrade-half-way-in-arrears", 0) == [("fee", "50.00"), ("fee", "100.00")]


def test_usage_billed_monthly_on_an_annual_plan() -> None:
    """Polar: usage of an annual plan is invoiced every month."""
    assert _lines("usage/monthly-on-an-annual-plan", 11) == [("calls", "3.00")]
    assert _lines("usage/monthly-on-an-annual-plan", 12) == [("fee", "120.00"), ("calls", "4.00")]


def test_final_invoice_after_cancellation() -> None:
    """Polar: usage goes on after a cancellation, and a final invoice bills it."""
    assert _lines("endings/final-invoice", 1) == [("calls", "7.00")]
    assert len(due(load_story("endings/final-invoice"))["invoices"]) == 2


def test_discount_over_the_whole_invoice() -> None:
    """Polar: a discount acts on the whole invoice, metered lines included."""
    invoice = due(load_story("discounts/whole-invoice"))["invoices"][1]
    assert (invoice["subtotal"], invoice["discount_total"]) == ("130.00", "13.00")


def test_capped_meter() -> None:
    """Polar: a capped meter bills the cap."""
    assert _lines("usage/capped", 0) == [("calls", "250.00")]


@pytest.mark.parametrize("name", ["discounts/order", "discounts/of-one-plan"])
def test_discounts_applied_automatically(name: str) -> None:
    """Valmi: discounts of a plan apply by themselves."""
    story = load_story(name)
    assert unexpected(story) == []
    lines = due(story)["invoices"][0]["lines"]
    assert "auto" in {cut["discount"] for line in lines for cut in line["discounts"]}
