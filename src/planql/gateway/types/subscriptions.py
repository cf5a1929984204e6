"""Stored subscriptions: how they stand, and what happened to them."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import assert_never
from zoneinfo import ZoneInfo

import strawberry
from strawberry import enum_value

from planql.billing import standing
from planql.billing.changes import (
    Cancellation,
    Change,
    Pause,
    Resumption,
    TermsChange,
    Uncancellation,
)
from planql.billing.subscriptions import Adjustment
from planql.billing.subscriptions import Subscription as SubscriptionEntity
from planql.billing.terms import Terms
from planql.gateway.types.enums import EffectiveTime
from planql.gateway.types.invoices import LinePeriod, span_view
from planql.gateway.types.products import RatePlan


@strawberry.enum(description="What a subscription is in.")
class SubscriptionState(Enum):
    """`state` of a subscription."""

    SCHEDULED = enum_value("scheduled", description="It has not started yet.")
    TRIAL = enum_value("trial", description="Its trial runs.")
    ACTIVE = enum_value("active", description="It runs, perhaps to an end that is known.")
    PAUSED = enum_value("paused", description="Its recurring charges stand still.")
    ENDED = enum_value("ended", description="It is over.")


@strawberry.enum(description="What happened to a subscription.")
class TimelineKind(Enum):
    """Kind of an entry of a timeline."""

    CHANGE = enum_value("change", description="Another plan, version, quantity, discount or price.")
    CANCEL = enum_value("cancel", description="Its end was asked for.")
    UNCANCEL = enum_value("uncancel", description="Its cancellation was taken back.")
    PAUSE = enum_value("pause", description="It was paused.")
    RESUME = enum_value("resume", description="It was resumed.")
    ADJUSTMENT = enum_value("adjustment", description="A credit or debit was given by hand.")


@strawberry.type(description="A quantity that a subscription declares, such as seats.")
class Quantity:
    """A name and a quantity."""

    name: str = strawberry.field(description="The name that the charge declares.")
    quantity: Decimal = strawberry.field(description="How many.")


@strawberry.type(description="A discount that a subscription uses.")
class RedeemedDiscount:
    """A redemption."""

    discount: str = strawberry.field(description="Key of the discount.")
    redeemed_at: datetime = strawberry.field(description="When it was redeemed.")


@strawberry.type(
    description="Something that happened to a subscription; what it left alone is null or empty."
)
class TimelineEntry:
    """An entry of a timeline."""

    kind: TimelineKind = strawberry.field(description="What it is.")
    at: datetime = strawberry.field(description="When it was asked for.")
    effective: EffectiveTime | None = strawberry.field(
        description="When it takes effect; null where it is a date, or needs no time."
    )
    effective_on: date | None = strawberry.field(
        description="The local day on which it takes effect, where it is a date."
    )
    rate_plan: str | None = strawberry.field(description="Key of the new rate plan.")
    version: int | None = strawberry.field(description="Its version.")
    quantities: list[Quantity] = strawberry.field(description="The quantities that it replaces.")
    discounts: list[str] | None = strawberry.field(
        description="Keys of the discounts in use from then on; null leaves them as they were."
    )
    amount: Decimal | None = strawberry.field(
        description="Of an adjustment, in the currency of the plan; below 0 is a credit."
    )
    reason: str | None = strawberry.field(description="Why there was an adjustment.")


@strawberry.type(description="A customer's use of a rate plan, as it stands now.")
class Subscription:
    """A stored subscription."""

    key: str = strawberry.field(description="Stable name, unique among the customer's.")
    state: SubscriptionState = strawberry.field(description="What it is in.")
    rate_plan: str = strawberry.field(description="Key of the rate plan in force.")
    version: int = strawberry.field(
        description="Its version; the subscription stays on it until it is changed or migrated."
    )
    plan: RatePlan = strawberry.field(description="The version of the rate plan in force.")
    quantities: list[Quantity] = strawberry.field(description="What it declares.")
    discounts: list[RedeemedDiscount] = strawberry.field(
        description="Redeemed discounts in use, in their order; those of the plan come on top."
    )
    started_at: datetime = strawberry.field(description="When it starts.")
    period: LinePeriod | None = strawberry.field(
        description="The billing period, or the trial, that runs; null once it has ended."
    )
    trial_ends_at: datetime | None = strawberry.field(
        description="First instant after the trial; null without one."
    )
    cancels_at: datetime | None = strawberry.field(
        description="First instant after its end, as far as an end is known."
    )
    timeline: list[TimelineEntry] = strawberry.field(
        description="What happened to it since its start, in the order of time."
    )


def subscription_view(
    subscription: SubscriptionEntity, found: standing.Standing, plan: RatePlan, time_zone: ZoneInfo
) -> Subscription:
    """A subscription as the schema shows it; `time_zone` is the customer's."""
    terms = found.terms
    period = found.period
    in_days = terms.basis != "second"
    return Subscription(
        key=subscription.key,
        state=SubscriptionState(found.state.value),
        rate_plan=plan.key,
        version=plan.version,
        plan=plan,
        quantities=_quantities(terms.quantities),
        discounts=_redeemed(terms),
        started_at=subscription.started_at,
        period=None if period is None else span_view(period, time_zone, in_days=in_days),
        trial_ends_at=found.trial_end,
        cancels_at=found.ends_at,
        timeline=_timeline(subscription),
    )


def _redeemed(terms: Terms) -> list[RedeemedDiscount]:
    return [
        RedeemedDiscount(discount=each.discount, redeemed_at=each.at) for each in terms.redeemed
    ]


def _quantities(declared: Mapping[str, Decimal]) -> list[Quantity]:
    return [Quantity(name=name, quantity=quantity) for name, quantity in declared.items()]


def _timeline(subscription: SubscriptionEntity) -> list[TimelineEntry]:
    entries = [*map(_entry, subscription.changes), *map(_adjustment, subscription.adjustments)]
    return sorted(entries, key=lambda entry: entry.at)


def _entry(change: Change) -> TimelineEntry:
    match change:
        case TermsChange():
            return _terms_entry(change)
        case Cancellation():
            return _bare(TimelineKind.CANCEL, change.at, EffectiveTime(change.cancel))
        case Uncancellation():
            return _bare(TimelineKind.UNCANCEL, change.at)
        case Pause():
            return _bare(TimelineKind.PAUSE, change.at)
        case Resumption():
            return _bare(TimelineKind.RESUME, change.at)
        case _:
            assert_never(change)


def _bare(
    kind: TimelineKind, at: datetime, effective: EffectiveTime | None = None
) -> TimelineEntry:
    return TimelineEntry(
        kind=kind,
        at=at,
        effective=effective,
        effective_on=None,
        rate_plan=None,
        version=None,
        quantities=[],
        discounts=None,
        amount=None,
        reason=None,
    )


def _terms_entry(change: TermsChange) -> TimelineEntry:
    entry = _bare(TimelineKind.CHANGE, change.at)
    if isinstance(change.effective, date):
        entry.effective_on = change.effective
    else:
        entry.effective = EffectiveTime(change.effective)
    entry.rate_plan = change.rate_plan
    entry.version = change.version
    entry.quantities = _quantities(change.quantities)
    if change.discounts is not None:
        entry.discounts = [each.discount for each in change.discounts]
    return entry


def _adjustment(adjustment: Adjustment) -> TimelineEntry:
    entry = _bare(TimelineKind.ADJUSTMENT, adjustment.at)
    entry.amount, entry.reason = adjustment.amount, adjustment.reason
    return entry
