"""Rules about discounts; pointers are relative to the discount.

Source: RULES 6 (docs/rules/discounts.md).
"""

from collections.abc import Iterator

from planql.catalog.checks.bounds import crossed
from planql.catalog.checks.pointers import check_repeated_items, placed
from planql.catalog.documents import Documents, PlacedMistake
from planql.discounts import Discount, FixedAmountDiscount, FreeUnitsDiscount
from planql.problems import Mistake


def check_discount_scopes(documents: Documents) -> Iterator[PlacedMistake]:
    """A discount's scope and the charges it is for fit together.

    A charge that lists a discount is a charge the discount is for.
    """
    listing = {
        key
        for plan in documents.rate_plans
        for charge in plan.entity.charges
        for key in charge.discounts
    }
    for document in documents.discounts:
        is_listed = document.entity.key in listing
        yield from placed(document, check_scope_charges(document.entity, is_listed=is_listed))
        yield from placed(document, check_free_units_scope(document.entity, is_listed=is_listed))


def check_scope_charges(discount: Discount, *, is_listed: bool) -> Iterator[Mistake]:
    """A discount with the scope `charges` lists some or is listed by some; no other lists any."""
    if discount.scope == "charges" and not discount.charges and not is_listed:
        message = 'the scope is "charges", but none are listed'
        yield Mistake("discount-charges", message, "/scope", 'list them in "charges"')
    elif discount.charges and discount.scope != "charges" and not _is_unscoped_units(discount):
        message = f'charges are listed, but the scope is "{discount.scope}"'
        yield Mistake("discount-charges", message, "/charges", 'write "scope": "charges"')


def check_free_units_scope(discount: Discount, *, is_listed: bool) -> Iterator[Mistake]:
    """Free units have the scope `charges`; listed by a charge they need not say so."""
    has_scope = "scope" in discount.model_fields_set
    if _is_unscoped_units(discount) and (has_scope or not is_listed):
        yield Mistake(
            "free-units-scope",
            f'the scope is "{discount.scope}", but only charges have units',
            "/scope" if has_scope else "",
            'write "scope": "charges" and list the charges',
        )


def check_some_amounts(discount: Discount) -> Iterator[Mistake]:
    """A fixed discount has an amount in at least one currency."""
    if isinstance(discount, FixedAmountDiscount) and not discount.amounts:
        message = '"amounts" is empty; the discount takes nothing off'
        yield Mistake("no-amounts", message, "/amounts", 'add one: {"USD": "10.00"}')


def check_redemption_window(discount: Discount) -> Iterator[Mistake]:
    """A discount's redemption window ends after it starts; its end is exclusive."""
    starts_at, ends_at = discount.starts_at, discount.ends_at
    if starts_at is not None and ends_at is not None and ends_at <= starts_at:
        yield crossed(
            "redemption-window",
            f'"ends_at" is {ends_at.isoformat()}, not after "starts_at", '
            f"which is {starts_at.isoformat()}",
            "/ends_at",
            "/starts_at",
        )


def check_discount_lists(discount: Discount) -> Iterator[Mistake]:
    """A discount lists a charge, a product or a rate plan once."""
    yield from check_repeated_items("charges", discount.charges)
    yield from check_repeated_items("products", discount.products)
    yield from check_repeated_items("rate_plans", discount.rate_plans)


def _is_unscoped_units(discount: Discount) -> bool:
    return isinstance(discount, FreeUnitsDiscount) and discount.scope != "charges"
