"""The warning about documents that nobody uses.

Source: RULES 10.3 (docs/rules/versions.md).
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from planql.catalog.checks.references import (
    discount_references,
    incomplete_keys,
    known_keys,
    usage_charges,
)
from planql.catalog.costs import UsageCost
from planql.catalog.documents import Documents, PlacedMistake
from planql.problems import Mistake, Severity


def check_unused_meters(documents: Documents) -> Iterator[PlacedMistake]:
    """Every meter should be read by a usage charge, or have a cost: usage nobody pays for, too."""
    if _are_charges_known(documents) and not incomplete_keys(documents, "cost"):
        plans = [document.entity for document in documents.rate_plans]
        used = {charge.meter for plan in plans for _, charge in usage_charges(plan)}
        used |= {document.entity.meter for document in documents.of(UsageCost)}
        meters = {document.entity.key: document.path for document in documents.meters}
        yield from _unused("meter", "no charge reads it and it has no cost", meters, used)


def check_unused_products(documents: Documents) -> Iterator[PlacedMistake]:
    """Every product should have a rate plan."""
    if not incomplete_keys(documents, "rate-plan"):
        used = {document.entity.product for document in documents.rate_plans}
        products = {document.entity.key: document.path for document in documents.products}
        yield from _unused("product", "no rate plan sells it", products, used)


def check_unused_agent_types(documents: Documents) -> Iterator[PlacedMistake]:
    """Every agent type should have a product, or a meter that measures it."""
    if incomplete_keys(documents, "product") or incomplete_keys(documents, "meter"):
        return
    measures = [document.entity.measures for document in documents.meters]
    used = {document.entity.agent_type for document in documents.products} - {None}
    used |= {measured.agent_type for measured in measures if measured}
    agent_types = {document.entity.key: document.path for document in documents.agent_types}
    why = "no product is for it and no meter measures it"
    yield from _unused("agent type", why, agent_types, used)


def check_unused_discounts(documents: Documents) -> Iterator[PlacedMistake]:
    """Every discount should be listed by a plan or a charge, or have a code to redeem it."""
    if _are_charges_known(documents):
        plans = [document.entity for document in documents.rate_plans]
        used = {key for plan in plans for _, key in discount_references(plan)}
        uncoded = [doc for doc in documents.discounts if doc.entity.code is None]
        discounts = {document.entity.key: document.path for document in uncoded}
        coded = {doc.entity.key for doc in documents.discounts} - set(discounts)
        why = "no plan or charge lists it, and it has no code"
        yield from _unused("discount", why, discounts, used - coded)


def check_unused_scenarios(documents: Documents) -> Iterator[PlacedMistake]:
    """Every scenario should be for a rate plan that takes new subscriptions, now or later."""
    plans = [document.entity for document in documents.rate_plans]
    open_ = {plan.key for plan in plans if plan.status != "archived"}
    unread = incomplete_keys(documents, "rate-plan")
    known = known_keys(documents, "rate-plan")
    for document in documents.scenarios:
        listed = set(document.entity.rate_plans) or known
        if listed <= known and not listed & (open_ | unread):
            why = "no rate plan of it takes new subscriptions"
            paths = {document.entity.key: document.path}
            yield from _unused("scenario", why, paths, set())


def _are_charges_known(documents: Documents) -> bool:
    """Whether every plan could be read and has charges: else it may be meant to use anything."""
    plans = documents.rate_plans
    return not incomplete_keys(documents, "rate-plan") and all(doc.entity.charges for doc in plans)


def _unused(
    kind: str, why: str, paths: Mapping[str, str], used: AbstractSet[str | None]
) -> Iterator[PlacedMistake]:
    """The documents that are not used; none as long as a reference names nothing.

    Such a reference is probably meant for one of them, so one mistake would be reported twice.
    """
    if not used <= paths.keys():
        return
    for key in paths.keys() - used:
        mistake = Mistake(
            "unused-document",
            f'{kind} "{key}" is not used: {why}',
            "/key",
            "use it, or delete the file",
            Severity.WARNING,
        )
        yield PlacedMistake(paths[key], mistake)
