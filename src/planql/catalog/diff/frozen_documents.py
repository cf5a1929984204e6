"""Which documents of a catalog must not change in what they cost.

Source: RULES 10.2 (docs/rules/versions.md).
"""

from collections.abc import Iterator

from planql.catalog.documents import DocumentName
from planql.catalog.rate_plans import RatePlan, UsageCharge
from planql.catalog.snapshot import Catalog


def frozen_documents(catalog: Catalog) -> frozenset[DocumentName]:
    """Every version that is or was published, and the meters and discounts that these use.

    An archived version is billed for those who have it, so it is as frozen as a published one.
    """
    return frozenset(_frozen(catalog))


def _frozen(catalog: Catalog) -> Iterator[DocumentName]:
    for versions in catalog.rate_plans.values():
        for document in versions.values():
            if document.entity.status != "draft":
                plan = document.entity
                yield DocumentName("rate-plan", plan.key, plan.version)
                yield from _used(plan)


def _used(plan: RatePlan) -> Iterator[DocumentName]:
    for key in plan.discounts:
        yield DocumentName("discount", key)
    for charge in plan.charges:
        for key in charge.discounts:
            yield DocumentName("discount", key)
        if isinstance(charge, UsageCharge):
            yield DocumentName("meter", charge.meter)
