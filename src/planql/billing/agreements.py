"""What a subscription agrees to: its first terms, and what changes and migrations make of them.

Owns: which version a change means, what it leaves as it was, refusing terms without a price.
Does not own: when terms begin to hold (`billing.walk`).

Source: RULES 7; INTERFACES, stories (docs/rules/subscriptions.md).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from planql.billing.changes import PriceOverride, TermsChange
from planql.billing.redemptions import redeem
from planql.billing.subscriptions import Subscription
from planql.billing.terms import Terms
from planql.catalog.documents import Document
from planql.catalog.rate_plans import RatePlan
from planql.catalog.snapshot import Catalog
from planql.errors import InvalidInput


def first_terms(subscription: Subscription, catalog: Catalog, on: date) -> Terms:
    """The terms of the start, on the local day `on`.

    Raises:
        InvalidInput: a quantity, price or discount that the plan does not allow.
        UnknownReference: a plan, version or discount that does not exist.
    """
    plan = _plan(catalog, subscription.rate_plan, subscription.version, on)
    at = subscription.started_at
    redeemed = redeem(catalog, subscription.discounts, (), plan.entity, at)
    terms = Terms(plan, subscription.quantities, subscription.overrides, redeemed)
    _check(terms, subscription.overrides, catalog)
    return terms


def changed_terms(now: Terms, change: TermsChange, catalog: Catalog, on: date) -> Terms:
    """The terms `now` after `change` on the local day `on`; what it leaves out stays.

    Raises:
        InvalidInput: as `first_terms`.
        UnknownReference: as `first_terms`.
    """
    plan = now.plan
    if change.rate_plan is not None or change.version is not None:
        key = change.rate_plan or plan.entity.key
        plan = _plan(catalog, key, change.version, on)
    redeemed = now.redeemed
    if change.discounts is not None:
        redeemed = redeem(catalog, change.discounts, redeemed, plan.entity, change.at)
    terms = replace(
        now,
        plan=plan,
        quantities={**now.quantities, **change.quantities},
        overrides=now.overrides if change.overrides is None else change.overrides,
        redeemed=redeemed,
    )
    _check(terms, change.overrides or (), catalog)
    return terms


def migrated_terms(now: Terms, version: int, catalog: Catalog) -> Terms:
    """The terms `now` with another version of the plan.

    Raises:
        InvalidInput: a quantity that the version does not allow.
        UnknownReference: there is no such version.
    """
    terms = replace(now, plan=catalog.rate_plan(now.plan.entity.key, version))
    _check(terms, (), catalog)
    return terms


def _plan(catalog: Catalog, key: str, version: int | None, on: date) -> Document[RatePlan]:
    """The version that is meant: the newest in force on that day, when none is named."""
    if version is None:
        return catalog.rate_plan_in_force(key, on)
    return catalog.rate_plan(key, version)


def _check(terms: Terms, overrides: Iterable[PriceOverride], catalog: Catalog) -> None:
    """Refuse terms that cannot be priced: quantities out of bounds, prices of no charge.

    A price may wait for a plan that the subscription will enter later.
    """
    terms.offers()
    versions = [each for plan in catalog.rate_plans.values() for each in plan.values()]
    for index, each in enumerate(overrides):
        if not any(version.entity.charge(each.charge) for version in versions):
            raise InvalidInput(
                "unknown-charge",
                f'no rate plan has a charge "{each.charge}"',
                pointer=f"/overrides/{index}/charge",
            )
