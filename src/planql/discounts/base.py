"""What all discounts share: scope, duration, redemption limits.

Source: RULES 6 (docs/rules/discounts.md).
"""

from typing import Annotated, Literal

from pydantic import Discriminator, Field

from planql.entity import Entity, Instant, Items, Key, SchemaReference, Text

Scope = Literal["invoice", "rate_plan", "charges"]


class Once(Entity):
    """The discount acts in one billing period."""

    type: Literal["once"]


class Repeating(Entity):
    """The discount acts in a number of billing periods."""

    type: Literal["repeating"]
    cycles: int = Field(ge=1)
    """How many billing periods, from the first invoice with something to discount."""


class Forever(Entity):
    """The discount never ends."""

    type: Literal["forever"]


Duration = Annotated[Once | Repeating | Forever, Discriminator("type")]


class DiscountBase(Entity):
    """A reduction of what is due, applied automatically by a plan or redeemed by a customer."""

    schema_reference: SchemaReference = None
    key: Key
    """Stable name; the file is called `<key>.json`."""
    name: Text | None = None
    """Shown to customers."""
    description: Text | None = None
    """For the people who maintain the catalog."""
    scope: Scope = "invoice"
    """What it reduces: the whole invoice, the plan's lines, or the charges listed."""
    charges: Items[Text] = ()
    """With scope `charges`: charge keys, or `plan/charge` where several plans use it."""
    duration: Duration = Forever(type="forever")
    """For how many billing periods it acts."""
    code: Text | None = None
    """What a customer types to redeem it."""
    starts_at: Instant | None = None
    """First instant at which it can be redeemed, inclusive."""
    ends_at: Instant | None = None
    """End of the time in which it can be redeemed, exclusive."""
    max_redemptions: Annotated[int, Field(ge=1)] | None = None
    """How often it can be redeemed in all."""
    max_per_customer: Annotated[int, Field(ge=1)] | None = None
    """How often one customer can redeem it."""
    products: Items[Key] = ()
    """Products it is for; empty means all."""
    rate_plans: Items[Key] = ()
    """Rate plans it is for; empty means all."""
    metadata: dict[str, str] = Field(default_factory=dict)
    """Anything the company wants to keep beside it."""

    def excluding_list(self, rate_plan: str, product: str) -> Literal["", "rate_plans", "products"]:
        """Which of its lists leaves out a plan of a product; "" when it is for the plan."""
        if self.rate_plans and rate_plan not in self.rate_plans:
            return "rate_plans"
        return "products" if self.products and product not in self.products else ""
