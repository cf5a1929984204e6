"""Rules about the plans that list a discount, so that it acts on them by itself.

Source: RULES 6 and 10.2 (docs/rules/discounts.md).
"""

from collections.abc import Iterator

from planql.catalog.checks.references import discount_references, known_keys
from planql.catalog.documents import Document, Documents, PlacedMistake
from planql.catalog.rate_plans import RatePlan
from planql.discounts import Discount
from planql.entity import Entity
from planql.problems import Mistake, escape_pointer

Listing = tuple[Document[RatePlan], tuple[str, str]]
"""A plan that lists a discount, and the place (path, pointer) that says so."""


def check_listed_discounts(documents: Documents) -> Iterator[PlacedMistake]:
    """A discount that a plan or a charge lists is for that plan, or it would never act.

    So nobody takes a discount from a published version by changing what else the discount is for.
    Where a list names something that does not exist, that reference is the mistake.
    """
    known = known_keys(documents, "product") | known_keys(documents, "rate-plan")
    for document in documents.discounts:
        discount = document.entity
        if known.issuperset((*discount.rate_plans, *discount.products)):
            for plan, place in listings(documents, discount):
                if plan.entity.product in known:
                    yield from _check_listing(document, plan.entity, place)


def listings(documents: Documents, discount: Entity) -> Iterator[Listing]:
    """The plans that list the discount."""
    key = getattr(discount, "key", "")
    for plan in documents.rate_plans:
        for pointer, listed in discount_references(plan.entity):
            if listed == key:
                yield plan, (plan.path, pointer)


def _check_listing(
    document: Document[Discount], plan: RatePlan, place: tuple[str, str]
) -> Iterator[PlacedMistake]:
    member = document.entity.excluding_list(plan.key, plan.product)
    if not member:
        return
    missing = plan.key if member == "rate_plans" else plan.product
    mistake = Mistake(
        "discount-not-for-plan",
        f'"{missing}" is not among "{member}", but rate plan "{plan.key}" version {plan.version} '
        "lists the discount",
        escape_pointer(member),
        f'add "{missing}", or leave "{member}" out: the discount is then for all',
    )
    yield PlacedMistake(document.path, mistake, (place,))
