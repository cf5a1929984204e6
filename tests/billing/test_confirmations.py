"""The tokens of previews: of what they are made, and how long they live."""

from datetime import datetime

import pytest
from tests.billing.revising import UPGRADE, preview
from tests.stores.corner_shop import MIDDLE

from planql.billing.confirmations import expiry, instant_of
from planql.billing.histories import History
from planql.errors import InvalidInput
from planql.periods import zone


def test_the_same_facts_give_the_same_token(history: History) -> None:
    """A token is a digest of what was shown, not a random number."""
    assert preview(history, UPGRADE) == preview(history, UPGRADE)


def test_the_order_of_a_request_does_not_matter(history: History) -> None:
    """The same change, written in another order, has the same token."""
    reordered = dict(reversed(UPGRADE.items()))
    assert preview(history, reordered).token == preview(history, UPGRADE).token


@pytest.mark.parametrize("token", ["", "x", "1-2", "zz-" + "0" * 40, "0" * 40, "-" + "0" * 40])
def test_what_is_no_token_is_refused(token: str) -> None:
    """A token is taken as it was given."""
    with pytest.raises(InvalidInput, match="token"):
        instant_of(token)


def test_a_token_names_its_instant(history: History) -> None:
    """A change that is confirmed later happens when it was previewed."""
    assert instant_of(preview(history, UPGRADE).token) == MIDDLE


@pytest.mark.parametrize(
    ("at", "expires_at"),
    [
        ("2026-04-16T09:30:00+00:00", "2026-04-16T09:45:00+00:00"),
        # 23:55 in Berlin: midnight comes first
        ("2026-04-16T21:55:00+00:00", "2026-04-16T22:00:00+00:00"),
        ("2026-04-16T22:00:00+00:00", "2026-04-16T22:15:00+00:00"),
    ],
)
def test_a_token_expires_after_a_quarter_of_an_hour_or_at_midnight(
    at: str, expires_at: str
) -> None:
    """The next day is charged differently, so no token lives into it."""
    instant = datetime.fromisoformat(at)
    assert expiry(instant, zone("Europe/Berlin")) == datetime.fromisoformat(expires_at)
