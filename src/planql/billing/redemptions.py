"""Which discounts a subscription may use, and which listed ones it does use.

Source: RULES 6.2; INTERFACES, stories (docs/rules/discounts.md).
"""

from collections.abc import Iterable
from datetime import datetime

from planql.billing.changes import RedeemedDiscount
from planql.billing.terms import Redeemed
from planql.catalog.rate_plans import RatePlan
from planql.catalog.snapshot import Catalog
from planql.discounts import Discount, FixedAmountDiscount
from planql.errors import InvalidInput


def redeem(
    catalog: Catalog,
    listed: Iterable[RedeemedDiscount],
    held: Iterable[Redeemed],
    plan: RatePlan,
    listed_at: datetime,
) -> tuple[Redeemed, ...]:
    """The discounts in use once `listed` replaces those `held`.

    One that is held already stays redeemed when it was; each key counts once.

    Args:
        catalog: Where discounts are looked up.
        listed: What the subscription or its change lists.
        held: What was in use before.
        plan: The plan that the subscription is on.
        listed_at: When the list was made.

    Raises:
        InvalidInput: `discount-window`, `discount-plan` or `discount-currency`.
        UnknownReference: there is no such discount.
    """
    before = {each.discount: each for each in held}
    in_use: dict[str, Redeemed] = {}
    for each in listed:
        redeemed = before.get(each.discount)
        if redeemed is None:
            redeemed = Redeemed(each.discount, each.redeemed_at or listed_at)
            _check(catalog.discount(each.discount), redeemed.at, plan)
        in_use.setdefault(each.discount, redeemed)
    return tuple(in_use.values())


def serves(discount: Discount, plan: RatePlan) -> bool:
    """Whether the discount is for `plan`: one without lists is for every plan."""
    return not discount.excluding_list(plan.key, plan.product)


def _check(discount: Discount, at: datetime, plan: RatePlan) -> None:
    early = discount.starts_at is not None and at < discount.starts_at
    if early or (discount.ends_at is not None and at >= discount.ends_at):
        limit = f"from {discount.starts_at}" if early else f"before {discount.ends_at}"
        raise InvalidInput(
            "discount-window", f'discount "{discount.key}" can be redeemed {limit}, not at {at}'
        )
    if not serves(discount, plan):
        raise InvalidInput(
            "discount-plan", f'discount "{discount.key}" is not for rate plan "{plan.key}"'
        )
    if isinstance(discount, FixedAmountDiscount) and plan.currency not in discount.amounts:
        raise InvalidInput(
            "discount-currency", f'discount "{discount.key}" has no amount in "{plan.currency}"'
        )


def check_limits(catalog: Catalog, redeemed: Iterable[tuple[str, str]]) -> None:
    """Refuse redemptions beyond a discount's limits.

    Args:
        catalog: Where discounts are looked up.
        redeemed: (subscription, discount) of one customer; a pair counts once.

    Raises:
        InvalidInput: `discount-limit`.
    """
    counts: dict[str, int] = {}
    for _, key in dict.fromkeys(redeemed):
        counts[key] = counts.get(key, 0) + 1
    for key, count in counts.items():
        discount = catalog.discount(key)
        limits = (discount.max_redemptions, discount.max_per_customer)
        limit = min((each for each in limits if each is not None), default=count)
        if count > limit:
            raise InvalidInput(
                "discount-limit",
                f'discount "{key}" is redeemed {count} times; at most {limit} are allowed',
            )
