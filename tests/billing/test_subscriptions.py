"""Subscriptions made from what programs hold, not only from JSON."""

from datetime import UTC, datetime

from planql.billing.changes import Cancellation, Pause, RedeemedDiscount, TermsChange
from planql.billing.subscriptions import Subscription

START = datetime(2026, 4, 1, tzinfo=UTC)


def test_changes_as_records() -> None:
    """Changes that are records already are told apart as JSON is."""
    changes = (
        Pause(at=START, pause=True),
        Cancellation(at=START, cancel="now"),
        TermsChange(at=START, discounts=(RedeemedDiscount(discount="ten"),)),
    )
    subscription = Subscription(key="main", rate_plan="pro", started_at=START, changes=changes)
    assert subscription.changes == changes
