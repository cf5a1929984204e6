"""The part of a catalog that anyone may see, and the part that one customer may buy from.

What is left out is looked up in vain, like what never existed, and no hint names it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from planql.billing.changes import TermsChange
from planql.billing.subscriptions import Subscription
from planql.catalog.documents import Document
from planql.catalog.rate_plans import RatePlan
from planql.catalog.snapshot import Catalog

Versions = Mapping[int, Document[RatePlan]]


def public_part(catalog: Catalog) -> Catalog:
    """The catalog without drafts, discounts with a code, and what is not shown at all.

    Costs, scenarios and migrations are not in it. Commit and digest stay those of the whole.
    """
    uncoded = {key: each for key, each in catalog.discounts.items() if each.entity.code is None}
    return Catalog(
        settings=catalog.settings,
        agent_types=catalog.agent_types,
        products=catalog.products,
        meters=catalog.meters,
        rate_plans=_final_versions(catalog),
        discounts=MappingProxyType(uncoded),
        commit=catalog.commit,
        digest=catalog.digest,
    )


def sold_to(catalog: Catalog, subscriptions: Collection[Subscription]) -> Catalog:
    """What a customer with these subscriptions can be billed for, now and after a change.

    That is everything but drafts, and discounts with a code that nothing of theirs uses: what is
    computed from it is what is computed from the whole.
    """
    plans = _final_versions(catalog)
    listed = {*_listed(plans), *_redeemed(subscriptions)}
    kept = {
        key: each
        for key, each in catalog.discounts.items()
        if each.entity.code is None or key in listed
    }
    return replace(catalog, rate_plans=plans, discounts=MappingProxyType(kept))


def _final_versions(catalog: Catalog) -> Mapping[str, Versions]:
    """The versions that are published or archived; a plan that has only drafts is not there."""
    found = {key: _final(versions) for key, versions in catalog.rate_plans.items()}
    return MappingProxyType({key: versions for key, versions in found.items() if versions})


def _final(versions: Versions) -> Versions:
    kept = {number: each for number, each in versions.items() if each.entity.status != "draft"}
    return MappingProxyType(kept)


def _listed(plans: Mapping[str, Versions]) -> Iterator[str]:
    """The discounts that act by themselves in the plans."""
    for versions in plans.values():
        for each in versions.values():
            yield from each.entity.discounts
            for charge in each.entity.charges:
                yield from charge.discounts


def _redeemed(subscriptions: Collection[Subscription]) -> Iterator[str]:
    for subscription in subscriptions:
        for change in (subscription, *subscription.changes):
            if isinstance(change, Subscription | TermsChange):
                yield from (each.discount for each in change.discounts or ())
