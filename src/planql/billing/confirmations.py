"""The token of a preview: what the person who confirms a change has seen.

It binds the change, the present instant, the catalog, the timeline and the firm lines. Open usage
is an estimate, shown and not bound. The token is a digest, with the instant beside it: a change
that is confirmed a minute later happens at the instant that was previewed.

Source: RULES 7.2, 8.2 (docs/rules/subscriptions.md).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final
from zoneinfo import ZoneInfo

from planql.billing.change_previews import ChangePreview, FirmLine
from planql.billing.histories import History
from planql.billing.subscriptions import Subscription
from planql.errors import InvalidInput
from planql.money import plain
from planql.periods import day_start, local_day, one_day_later

LIFE: Final = timedelta(minutes=15)
"""How long a token lives at most."""

_TOKEN: Final = re.compile(r"(?P<micros>[0-9a-f]{1,14})-[0-9a-f]{40}")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Confirmable:
    """A preview with its token.

    Attributes:
        expires_at: First instant at which the token is not taken any more.
    """

    preview: ChangePreview
    token: str
    expires_at: datetime


def confirmable(
    preview: ChangePreview, before: History, subscription: str, request: Mapping[str, object]
) -> Confirmable:
    """A preview of `request` with its token; the same facts give the same token.

    Args:
        preview: What the change would do.
        before: The history that it would change.
        subscription: Key of the subscription.
        request: The change's document, without the instant.
    """
    facts = [
        before.customer.key,
        subscription,
        request,
        str(preview.effective_at),
        [before.catalog.commit, before.catalog.digest],
        length_of(before.subscription(subscription)),
        [_facts(line) for line in preview.lines],
    ]
    text = json.dumps([micros_of(preview.at), facts], sort_keys=True)
    digest = sha256(text.encode()).hexdigest()[:40]
    token = f"{micros_of(preview.at):x}-{digest}"
    return Confirmable(preview, token, expiry(preview.at, before.time_zone))


def length_of(subscription: Subscription) -> int:
    """How many entries the timeline of a subscription has."""
    return len(subscription.changes) + len(subscription.adjustments)


def instant_of(token: str) -> datetime:
    """The instant at which the token's preview was made.

    Raises:
        InvalidInput: `invalid-token`.
    """
    read = _TOKEN.fullmatch(token)
    if read is None:
        raise InvalidInput(
            "invalid-token",
            f'"{token[:100]}" is not a token of a preview',
            pointer="/token",
            hint="take the token of previewChange or previewCancellation as it is",
        )
    return _EPOCH + int(read["micros"], 16) * _MICROSECOND


def expiry(at: datetime, time_zone: ZoneInfo) -> datetime:
    """When a token of `at` expires: after its life, or at the local midnight if that is sooner.

    A day that has passed cannot be charged differently from what it was.
    """
    return min(at + LIFE, day_start(one_day_later(local_day(at, time_zone)), time_zone))


def micros_of(instant: datetime) -> int:
    """Whole microseconds since 1970 in UTC."""
    return (instant - _EPOCH) // _MICROSECOND


def _facts(firm: FirmLine) -> list[object]:
    line = firm.line
    return [line.id, line.kind, firm.currency, plain(line.amount)]
