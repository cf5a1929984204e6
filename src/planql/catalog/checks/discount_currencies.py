"""The rule about the currencies of fixed discounts.

Source: RULES 6.1 and INTERFACES, stories (docs/rules/discounts.md).
"""

from collections.abc import Iterator

from planql.catalog.checks.listed_discounts import Listing, listings
from planql.catalog.documents import Document, Documents, PlacedMistake
from planql.discounts import Discount, FixedAmountDiscount
from planql.problems import Mistake, escape_pointer


def check_discount_currencies(documents: Documents) -> Iterator[PlacedMistake]:
    """A fixed discount has an amount in the currency of every plan that uses it.

    A plan uses it by listing it, or by being listed in it. An empty `amounts` is left to its own
    rule.
    """
    for document in documents.discounts:
        discount = document.entity
        if isinstance(discount, FixedAmountDiscount) and discount.amounts:
            uses = [*listings(documents, discount), *_listed(documents, document)]
            yield from _check_uses(document, discount, uses)


def _check_uses(
    document: Document[Discount], discount: FixedAmountDiscount, uses: list[Listing]
) -> Iterator[PlacedMistake]:
    """One mistake per currency that is missing, with every place that needs it."""
    needed = {plan.entity.currency: plan.entity for plan, _ in reversed(uses)}
    for currency in sorted(set(needed) - set(discount.amounts)):
        plan = needed[currency]
        places = [place for use, place in uses if use.entity.currency == currency]
        mistake = Mistake(
            "discount-currency",
            f'there is no amount in {currency}, the currency of rate plan "{plan.key}" version '
            f"{plan.version}",
            "/amounts",
            f'add "{currency}" to "amounts"; amounts are never converted',
        )
        yield PlacedMistake(document.path, mistake, tuple(dict.fromkeys(places)))


def _listed(documents: Documents, document: Document[Discount]) -> Iterator[Listing]:
    """The plans that the discount lists."""
    for index, key in enumerate(document.entity.rate_plans):
        for plan in documents.rate_plans:
            if plan.entity.key == key:
                yield plan, (document.path, escape_pointer("rate_plans", index))
