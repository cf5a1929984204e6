"""Changes that are asked for, previewed whole: what is invoiced for them, and what comes next."""

from datetime import datetime, timedelta
from fractions import Fraction

from tests.billing.revising import UPGRADE, amounts, preview, told
from tests.stores.corner_shop import MAY, MIDDLE

from planql.billing.histories import History
from planql.billing.revisions import adjust, begin
from planql.catalog.snapshot import Catalog


def test_a_change_is_shown_as_credits_and_debits(history: History) -> None:
    """Half-way from $100 to $200: -50 + 100, and 5 seats at $10 for half a month: 25."""
    found = preview(history, UPGRADE).preview
    assert amounts(found) == [Fraction(-50), Fraction(100), Fraction(25)]
    [invoice] = found.invoices
    assert invoice.total == 75
    assert found.plan == ("pro", 1)
    assert found.effective_at == datetime(2026, 4, 16, tzinfo=MIDDLE.tzinfo)


def test_a_scheduled_change_is_shown_for_its_boundary(history: History) -> None:
    """At the period's end nothing is invoiced at once; the lines of May are bound."""
    found = preview(history, {"effective": "period_end", **UPGRADE}).preview
    assert found.invoices == ()
    assert found.effective_at == MAY
    assert amounts(found) == [200, 50]


def test_a_change_on_a_later_day_is_shown_for_that_day(history: History) -> None:
    """On 21 April ten of thirty days are left: -33.33 + 66.67 + 16.67."""
    found = preview(history, {"effective": "2026-04-21", **UPGRADE}).preview
    assert amounts(found) == [Fraction("-33.33"), Fraction("66.67"), Fraction("16.67")]
    assert found.upcoming.at == found.effective_at


def test_lines_that_wait_for_the_next_invoice_are_bound(history: History) -> None:
    """With `invoice: next` nothing is issued at once; credit and debit come on 1 May."""
    found = preview(history, {"invoice": "next", **UPGRADE}).preview
    assert found.invoices == ()
    assert amounts(found) == [Fraction(-50), Fraction(100), Fraction(25)]
    [invoice] = found.upcoming.invoices
    assert {each.line.id for each in found.lines} < {line.id for line in invoice.lines}


def test_a_change_of_cycle_bills_usage_and_a_year_at_once(history: History) -> None:
    """A new anchor closes the month: -50, 1,000 for the year, and usage, which is not bound."""
    found = preview(history, {"rate_plan": "yearly"}).preview
    assert amounts(found) == [Fraction(-50), Fraction(1000)]
    [invoice] = found.invoices
    assert [line.charge for line in invoice.lines if line.kind == "charge"] == ["fee", "calls"]
    assert found.upcoming.at == datetime(2027, 4, 16, tzinfo=MIDDLE.tzinfo)


def test_a_cancellation_is_shown_with_its_final_invoice(history: History) -> None:
    """Cancelled on 16 April, 14 of 30 days are unused: 46.67 is given back, then nothing comes."""
    found = preview(history, {"cancel": "now"}).preview
    assert amounts(found) == [Fraction("-46.67")]
    assert found.effective_at == datetime(2026, 4, 17, tzinfo=MIDDLE.tzinfo)
    assert (found.upcoming.at, found.upcoming.invoices) == (None, ())
    assert found.upcoming.empty_because.startswith("no subscription goes on")


def test_taking_a_cancellation_back_brings_the_next_invoice_back(catalog: Catalog) -> None:
    """A final invoice has usage only; after taking it back, $100 are due on 1 May."""
    history = told(catalog, {"at": MIDDLE.isoformat(), "cancel": "period_end"}, as_of=MIDDLE)
    found = preview(history, {"uncancel": True}, MIDDLE + timedelta(minutes=1)).preview
    [coming] = found.upcoming.invoices
    assert coming.total == 100
    assert found.effective_at == MIDDLE + timedelta(minutes=1)


def test_pausing_gives_back_and_resuming_charges_the_rest(catalog: Catalog) -> None:
    """15 of 30 days are left when it is paused, ten when it is resumed."""
    assert amounts(preview(told(catalog), {"pause": True}).preview) == [Fraction(-50)]
    paused = told(catalog, {"at": MIDDLE.isoformat(), "pause": True}, as_of=MIDDLE)
    resumed = preview(paused, {"resume": True}, MIDDLE + timedelta(days=5)).preview
    assert amounts(resumed) == [Fraction("33.33")]


def test_lines_are_shown_with_their_discounts(catalog: Catalog) -> None:
    """A fifth of the debits is taken, and nothing of the credit, which has its discount in it."""
    lines = preview(told(catalog, discounts=["friend"]), UPGRADE).preview.lines
    # 100 x 0.80 x 15/30 given back; 200 and 50 x 15/30 charged
    assert [each.line.amount for each in lines] == [-40, 100, 25]
    assert [each.line.discount_total for each in lines] == [0, 20, 5]


def test_commitments_are_not_bound(catalog: Catalog) -> None:
    """What is missing to a commitment depends on all usage to come: it is shown, not promised."""
    found = preview(told(catalog, rate_plan="committed"), {"cancel": "now"}).preview
    [invoice] = found.invoices
    assert "minimum_commitment" in {line.charge for line in invoice.lines}
    assert [each.line.charge for each in found.lines] == ["fee"]


def test_a_subscription_that_starts_later_is_shown_for_its_start(history: History) -> None:
    """Nothing is invoiced before it starts."""
    start = MIDDLE + timedelta(days=10)
    document = {"key": "later", "rate_plan": "basic", "started_at": start.isoformat()}
    found = begin(history, document, MIDDLE)
    assert found.invoices == ()
    assert found.effective_at == start
    assert amounts(found) == [100]


def test_an_adjustment_waits_for_the_next_invoice(history: History) -> None:
    """A credit of 5 is bound to the invoice of 1 May: 95."""
    document = {"at": MIDDLE.isoformat(), "amount": "-5.00", "reason": "an outage"}
    _, found = adjust(history, "main", document)
    assert found.invoices == ()
    assert amounts(found) == [-5]
    [coming] = found.upcoming.invoices
    assert coming.total == 95


def test_an_adjustment_after_the_end_is_an_invoice_of_its_own(catalog: Catalog) -> None:
    """When no subscription goes on, the next invoice is a supplementary one."""
    ended = told(catalog, {"at": MIDDLE.isoformat(), "cancel": "now"}, as_of=MAY)
    given = {"at": MAY.isoformat(), "amount": "7.00", "reason": "a device that was kept"}
    _, found = adjust(ended, "main", given)
    [invoice] = found.invoices
    assert invoice.total == 7
    assert amounts(found) == [7]
