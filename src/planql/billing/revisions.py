"""A change that is asked for: read, judged, and previewed before anything is stored.

A request is the document of a change without its `at`: that is the present instant, or the one
that a token binds. So no change can take effect in the past.

Source: RULES 7.2, 10.1 (docs/rules/subscriptions.md).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from planql.billing.change_previews import ChangePreview, preview_change
from planql.billing.changes import Change, TermsChange
from planql.billing.confirmations import Confirmable, confirmable
from planql.billing.histories import History
from planql.billing.places import located
from planql.billing.subscriptions import Adjustment, Subscription
from planql.catalog.snapshot import Catalog
from planql.entity import Entity, read_entity
from planql.errors import InvalidInput, PlanqlError
from planql.periods import local_day

Request = Mapping[str, object]
"""The document of a change, without `at`."""

FARTHEST: Final = timedelta(days=5 * 366)
"""How far ahead something may be scheduled."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A change that was judged and may be stored.

    Attributes:
        change: What happens.
        document: As it is stored: with its instant, and the version that it stands for.
        preview: What it does, with its token.
    """

    change: Change
    document: Mapping[str, object]
    preview: Confirmable


class _Read(Entity):
    change: Change


def revise(history: History, key: str, request: Request, at: datetime) -> Revision:
    """The change of subscription `key` that `request` asks for at `at`.

    Raises:
        PlanqlError: it cannot be made; the pointer begins with "/change" where it is in the
            request, and is empty otherwise.
    """
    subscription = history.subscription(key)
    document = {"at": at.isoformat(), **request}
    change = read_entity(_Read, {"change": document}).change
    revised = subscription.model_copy(update={"changes": (*subscription.changes, change)})
    is_deferred = isinstance(change, TermsChange) and change.invoice == "next"
    with _located(history, revised):
        if isinstance(change, TermsChange):
            _check_effective(change, local_day(at, history.time_zone))
        preview = preview_change(history, revised, at, is_deferred=is_deferred)
    if "rate_plan" in request or "version" in request:
        with located("/change"):
            _check_for_sale(history, key, request, preview)
        document["rate_plan"], document["version"] = preview.plan
    return Revision(change, document, confirmable(preview, history, key, request))


def begin(history: History, document: Mapping[str, object], now: datetime) -> ChangePreview:
    """What it does to add a subscription.

    Raises:
        PlanqlError: it cannot begin; the pointer is into its document.
    """
    subscription = read_entity(Subscription, document)
    if subscription.started_at < now:
        raise InvalidInput(
            "start-in-the-past",
            f"a subscription that is made at {now.isoformat()} cannot start at "
            f"{subscription.started_at.isoformat()}",
            pointer="/started_at",
            hint="leave the start out: it starts now",
        )
    if subscription.started_at - now > FARTHEST:
        raise _too_far(f"{subscription.started_at.isoformat()}", "/started_at")
    try:
        preview = preview_change(history, subscription, now)
    except PlanqlError as error:
        prefix = f"/subscriptions/{len(history.subscriptions)}"
        error.pointer = error.pointer.removeprefix(prefix)
        raise
    _require_published(history.catalog, preview.plan, document)
    return preview


def adjust(
    history: History, key: str, document: Mapping[str, object]
) -> tuple[Adjustment, ChangePreview]:
    """A credit or debit given by hand, and what it does.

    Raises:
        PlanqlError: it cannot be given.
    """
    subscription = history.subscription(key)
    adjustment = read_entity(Adjustment, document)
    adjustments = (*subscription.adjustments, adjustment)
    revised = subscription.model_copy(update={"adjustments": adjustments})
    return adjustment, preview_change(history, revised, adjustment.at, is_deferred=True)


@contextmanager
def _located(history: History, revised: Subscription) -> Iterator[None]:
    """Errors inside that concern the new change point into it, others nowhere."""
    index = history.subscriptions.index(history.subscription(revised.key))
    prefix = f"/subscriptions/{index}/changes/{len(revised.changes) - 1}"
    try:
        yield
    except PlanqlError as error:
        inside = error.pointer.startswith((prefix, "/change"))
        error.pointer = "/change" + error.pointer.removeprefix(prefix) if inside else ""
        error.pointer = error.pointer.replace("/change/change", "/change")
        raise


def _check_effective(change: TermsChange, today: date) -> None:
    """Refuse a day that has begun, and one too far ahead."""
    day = change.effective
    if not isinstance(day, date):
        return
    if day <= today:
        raise InvalidInput(
            "effective-in-the-past",
            f'a change asked for on "{today}" cannot take effect when "{day}" begins',
            pointer="/change/effective",
            hint="let it take effect now",
        )
    if day - today > FARTHEST:
        raise _too_far(str(day), "/change/effective")


def _check_for_sale(history: History, key: str, request: Request, preview: ChangePreview) -> None:
    now = history.timeline(key, preview.at).terms_at(preview.at).plan.entity
    if preview.plan != (now.key, now.version):
        _require_published(history.catalog, preview.plan, request)


def _require_published(
    catalog: Catalog, plan: tuple[str, int], document: Mapping[str, object]
) -> None:
    """Refuse a version that nobody can subscribe to, where `document` asks for it."""
    key, version = plan
    status = catalog.rate_plan(key, version).entity.status
    if status != "published":
        raise InvalidInput(
            "plan-not-for-sale",
            f'rate plan "{key}" version {version} is {status}: nobody can subscribe to it',
            pointer="/version" if "version" in document else "/rate_plan",
        )


def _too_far(what: str, pointer: str) -> InvalidInput:
    return InvalidInput(
        "too-far-ahead",
        f'"{what}" is more than {FARTHEST.days} days ahead',
        pointer=pointer,
    )
