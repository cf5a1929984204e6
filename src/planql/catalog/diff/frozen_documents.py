"""Which documents of a catalog must not change in what they cost.

Source: RULES 10.2 (docs/rules/versions.md).
"""

from collections.abc import Iterator, Mapping

from planql.catalog.documents import DocumentName
from planql.catalog.rate_plans import RatePlan, UsageCharge
from planql.catalog.snapshot import Catalog


def frozen_documents(catalog: Catalog) -> Mapping[DocumentName, RatePlan]:
    """Every version that is or was published, and the meters and discounts that these use.

    An archived version is billed for those who have it, so it is as frozen as a published one.

    Returns:
        Each document's name, with the first version that freezes it.
    """
    frozen: dict[DocumentName, RatePlan] = {}
    for name, plan in _frozen(catalog):
        frozen.setdefault(name, plan)
    return frozen


def _frozen(catalog: Catalog) -> Iterator[tuple[DocumentName, RatePlan]]:
    for versions in catalog.rate_plans.values():
        for document in versions.values():
            plan = document.entity
            if plan.status != "draft":
                yield DocumentName("rate-plan", plan.key, plan.version), plan
                for name in _used(plan):
                    yield name, plan


def _used(plan: RatePlan) -> Iterator[DocumentName]:
    for key in plan.discounts:
        yield DocumentName("discount", key)
    for charge in plan.charges:
        for key in charge.discounts:
            yield DocumentName("discount", key)
        if isinstance(charge, UsageCharge):
            yield DocumentName("meter", charge.meter)
