"""Changing what is stored: decided by the real computation first, stored only if it agrees.

::

    read the account -> revise it -> compute everything -> compare with the token -> append

Whoever adds to the timeline between reading and appending makes the append fail: `timeline-moved`.

Source: RULES 6.2, 7.2 (docs/rules/subscriptions.md).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from planql.billing.change_previews import ChangePreview
from planql.billing.changes import TermsChange
from planql.billing.confirmations import Confirmable, expiry, instant_of
from planql.billing.revisions import Request, Revision, adjust, revise
from planql.catalog.snapshot import Catalog
from planql.errors import InvalidInput, UnknownReference
from planql.stores.accounts import StoredAccount
from planql.stores.customers import StoredSubscription, TimelineEntry, append_entry
from planql.stores.desk import Desk, limits_of, text_of


@dataclass(frozen=True, slots=True)
class Target:
    """A stored subscription."""

    customer: str
    subscription: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A change that was stored, and what it does."""

    preview: Confirmable


@dataclass(frozen=True, slots=True)
class Stale:
    """A change that was not stored: its token binds something else than what it would do now.

    Attributes:
        reason: What made the token stale.
        preview: What the change would do now, with a new token.
    """

    reason: Literal["expired", "moved"]
    preview: Confirmable


def preview(desk: Desk, target: Target, request: Request) -> Confirmable:
    """What a change would do now, with the token that confirms it; nothing is stored.

    Raises:
        PlanqlError: it cannot be made, as `planql.billing.revisions.revise` says.
    """
    history = desk.account(target.customer).history(desk.catalog)
    return revise(history, target.subscription, request, desk.now).preview


def change(
    desk: Desk, target: Target, request: Request, token: str | None = None
) -> Confirmed | Stale:
    """Store a change; with a token, only if it does what the token binds.

    Args:
        desk: Where.
        target: Of which subscription.
        request: Document of the change, without its instant.
        token: Of a preview; the change then happens at the instant of the preview.

    Raises:
        PlanqlError: it cannot be made, or `timeline-moved`.
    """
    account = desk.account(target.customer)
    history = account.history(desk.catalog)
    if token is None:
        revision = revise(history, target.subscription, request, desk.now)
    else:
        at = _seen_at(token, desk)
        if expiry(at, history.time_zone) <= desk.now:
            return Stale("expired", preview(desk, target, request))
        revision = revise(history, target.subscription, request, at)
        if revision.preview.token != token:
            return Stale("moved", preview(desk, target, request))
    _append(desk, target, account, revision)
    return Confirmed(revision.preview)


def _seen_at(token: str, desk: Desk) -> datetime:
    at = instant_of(token)
    if at > desk.now:
        raise InvalidInput(
            "invalid-token", "the token is of a preview that lies in the future", pointer="/token"
        )
    return at


def redeem_discount(desk: Desk, target: Target, discount: str) -> Confirmed:
    """Let a subscription use one more discount from now on.

    Args:
        desk: Where.
        target: Of which subscription.
        discount: Its key.

    Raises:
        PlanqlError: it cannot be redeemed: unknown, not at this time, not for this plan, too often.
    """
    account = desk.account(target.customer)
    history = account.history(desk.catalog)
    desk.catalog.discount(discount)
    terms = history.timeline(target.subscription, desk.now).terms_at(desk.now)
    held = [each.discount for each in terms.redeemed]
    if discount in held:
        raise InvalidInput(
            "discount-in-use",
            f'subscription "{target.subscription}" uses discount "{discount}" already',
        )
    # It makes no line of its own, so nothing else of that day has to be invoiced at once for it.
    request = {"discounts": [*held, discount], "invoice": "next"}
    revision = revise(history, target.subscription, request, desk.now)
    _append(desk, target, account, revision)
    return Confirmed(revision.preview)


def discount_of_code(catalog: Catalog, code: str) -> str:
    """The key of the discount that is redeemed by typing `code`, exactly.

    Raises:
        UnknownReference: `unknown-code`.
    """
    for document in catalog.discounts.values():
        if document.entity.code == code:
            return document.entity.key
    raise UnknownReference("unknown-code", f'there is no discount with the code "{code}"')


def add_adjustment(desk: Desk, target: Target, amount: str, reason: str) -> ChangePreview:
    """Give a credit (below 0) or a debit, in the currency of the plan, for the next invoice.

    Raises:
        PlanqlError: it cannot be given, or `timeline-moved`.
    """
    account = desk.account(target.customer)
    document = {"at": desk.now.isoformat(), "amount": amount, "reason": reason}
    history = account.history(desk.catalog)
    adjustment, found = adjust(history, target.subscription, document)
    entry = TimelineEntry("adjustment", adjustment.at, text_of(document))
    stored = _stored(account, target.subscription)
    append_entry(desk.database, target.customer, stored, entry, desk.now)
    return found


def _append(desk: Desk, target: Target, account: StoredAccount, revision: Revision) -> None:
    redeemed = _redeemed(revision)
    entry = TimelineEntry(
        "change",
        revision.change.at,
        text_of(revision.document),
        redeemed,
        limits_of(desk.catalog, redeemed),
    )
    stored = _stored(account, target.subscription)
    append_entry(desk.database, target.customer, stored, entry, desk.now)


def _redeemed(revision: Revision) -> tuple[str, ...]:
    """The discounts that the change lists; those redeemed before are not redeemed again."""
    listed = revision.change.discounts if isinstance(revision.change, TermsChange) else None
    return tuple(each.discount for each in listed or ())


def _stored(account: StoredAccount, key: str) -> StoredSubscription:
    return next(each for each in account.stored.subscriptions if each.key == key)
