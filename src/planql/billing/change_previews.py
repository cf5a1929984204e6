"""What a change that did not happen yet would do: what is invoiced for it, and what comes next.

::

    history without the change   --> to issue  [ A ]
    history with the change      --> to issue  [ A ][ B ]      B is invoiced at once

Owns: that difference, and which of its lines no usage can move.
Does not own: what is due (`billing.due`), the token that binds a preview
(`billing.confirmations`).

Source: RULES 7.2, 8.2 (docs/rules/subscriptions.md).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from planql.billing.changes import TermsChange
from planql.billing.histories import History
from planql.billing.horizons import grace_of, running_period, settled_at
from planql.billing.invoices import Invoice, Line
from planql.billing.subscriptions import Subscription
from planql.billing.timeline import Timeline
from planql.billing.upcoming import Upcoming, upcoming
from planql.catalog.rate_plans import UsageCharge
from planql.catalog.snapshot import Catalog
from planql.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class FirmLine:
    """A line that a change brings, and that no usage can move any more.

    Attributes:
        currency: Of its amounts.
        line: Its amount is firm. What discounts take of it follows from the same facts, except
            on an invoice with usage, over whose lines it is split.
    """

    currency: str
    line: Line


@dataclass(frozen=True, slots=True)
class ChangePreview:
    """What a change would do.

    Attributes:
        at: When it is asked for.
        effective_at: When it takes effect; under the basis `day` that is a local midnight.
        invoices: Issued at once.
        lines: Credits and debits of the change, whenever they are invoiced.
        upcoming: The next invoice, once those are issued.
        plan: Key and version of the rate plan in force from `effective_at` on.
    """

    at: datetime
    effective_at: datetime
    invoices: tuple[Invoice, ...]
    lines: tuple[FirmLine, ...]
    upcoming: Upcoming
    plan: tuple[str, int]


def preview_change(
    before: History, revised: Subscription, at: datetime, *, is_deferred: bool = False
) -> ChangePreview:
    """What it would do to put `revised` in the place of the subscription of its key.

    Everything is computed up to the time at which all that is decided has happened, so that what
    the billing run would refuse then is refused now.

    Args:
        before: As it is stored.
        revised: The subscription with the change; one of a new key is added.
        at: When the change is asked for; the present instant.
        is_deferred: Whether the change's lines wait for the next invoice.

    Raises:
        PlanqlError: the change cannot be made, with its pointer into the subscriptions.
    """
    after = before.revised(revised)
    horizon = settled_at(after, at)
    after.due(horizon)
    timeline = after.timeline(revised.key, horizon)
    effective_at = _effective_at(before, revised, timeline, at, horizon)
    issued = before.to_issue(at)
    to_issue = after.to_issue(at)
    coming = upcoming(after.after_issuing(tuple(new.invoice for new in to_issue), at), at)
    moment = effective_at + grace_of(after) if effective_at > at else at
    moment = (coming.at or at) if is_deferred else moment
    lines = _firm_lines(before, after, before.next_issuable(moment))
    if is_deferred:
        period = running_period(timeline, at)
        lines = (each for each in lines if each.line.span.start < period.end)
    plan = timeline.terms_at(effective_at).plan.entity
    return ChangePreview(
        at=at,
        effective_at=effective_at,
        invoices=tuple(new.invoice for new in to_issue if new not in issued),
        lines=tuple(lines),
        upcoming=coming,
        plan=(plan.key, plan.version),
    )


def _effective_at(
    before: History, revised: Subscription, after: Timeline, at: datetime, horizon: datetime
) -> datetime:
    """When the change takes effect: at its cut, its end of the subscription, or at once."""
    known = {each.key: each for each in before.subscriptions}
    if revised.key not in known:
        return max(after.started_at, at)
    timeline = before.timeline(revised.key, horizon)
    new = list((Counter(after.cuts) - Counter(timeline.cuts)).elements())
    if new:
        return min(cut.at for cut in new)
    added = revised.changes[len(known[revised.key].changes) :]
    if any(isinstance(change, TermsChange) for change in added):
        raise InvalidInput(
            "change-after-end",
            "the subscription will have ended when the change takes effect",
            hint="take its cancellation back first, or let the change take effect at once",
        )
    if after.ending is not None and after.ending != timeline.ending:
        return after.ending.at
    return at


def _firm_lines(before: History, after: History, moment: datetime) -> Iterator[FirmLine]:
    """The lines that are due at `moment` only with the change, and that no usage can move."""
    known = {_told(line) for new in before.to_issue(moment) for line in new.invoice.lines}
    for new in after.to_issue(moment):
        invoice = new.invoice
        for line in invoice.lines:
            if _told(line) not in known and not _moves_with_usage(line, after.catalog):
                yield FirmLine(invoice.currency, line)


def _told(line: Line) -> tuple[object, ...]:
    return (line.id, line.amount, line.discounts)


def _moves_with_usage(line: Line, catalog: Catalog) -> bool:
    """Whether an event can change the line, or whether there is one."""
    if line.kind == "late_usage" or line.charge == "minimum_commitment":
        return True
    if line.source is None:
        return False
    plan = catalog.rate_plan(line.source.rate_plan, line.source.version).entity
    return isinstance(plan.charge(line.charge), UsageCharge)
