"""A customer of the corner shop who asks for changes."""

from datetime import datetime
from fractions import Fraction
from typing import Any

from tests.stores.corner_shop import APRIL, MIDDLE

from planql.billing.change_previews import ChangePreview
from planql.billing.confirmations import Confirmable
from planql.billing.histories import History
from planql.billing.preview import history_in
from planql.billing.revisions import revise
from planql.billing.stories import Story
from planql.catalog.snapshot import Catalog
from planql.entity import read_entity

UPGRADE = {"rate_plan": "pro", "quantities": {"seats": "5"}}


def told(
    catalog: Catalog, *changes: dict[str, Any], as_of: datetime = APRIL, **more: object
) -> History:
    """A customer of Basic since 1 April, all that was due by `as_of` invoiced."""
    subscription = {
        "key": "main",
        "rate_plan": "basic",
        "version": 1,
        "started_at": APRIL.isoformat(),
        "changes": list(changes),
        **more,
    }
    document = {
        "customer": {"key": "acme", "time_zone": "UTC"},
        "subscriptions": [subscription],
        "as_of": as_of.isoformat(),
    }
    return history_in(read_entity(Story, document), catalog)


def preview(history: History, request: dict[str, Any], at: datetime = MIDDLE) -> Confirmable:
    """What a change would do in the middle of April."""
    return revise(history, "main", request, at).preview


def amounts(found: ChangePreview) -> list[Fraction]:
    """The firm lines of a preview."""
    return [each.line.amount for each in found.lines]
