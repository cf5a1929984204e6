"""The input of a story: a customer, what they subscribed to, what they used."""

from datetime import datetime
from decimal import Decimal

import strawberry
from strawberry import UNSET

from planql.gateway.inputs.documents import DocumentInput, document_of, given
from planql.gateway.inputs.subscriptions import SubscriptionInput
from planql.gateway.inputs.usage import UsageEventInput, UsageTotalInput
from planql.gateway.scalars import CurrencyCode


@strawberry.input(description="An amount of money in major units (dollars, not cents).")
class MoneyInput(DocumentInput):
    """An amount in a currency."""

    amount: Decimal = strawberry.field(description="The amount.")
    currency: CurrencyCode = strawberry.field(description="Its currency.")


@strawberry.input(description="Who is billed.")
class CustomerInput(DocumentInput):
    """A customer."""

    key: str | None = strawberry.field(
        default=UNSET, description="Stable name; `customer`, when left out."
    )
    time_zone: str | None = strawberry.field(
        default=UNSET, description="IANA zone of the billing days; the catalog's, when left out."
    )
    balances: list[MoneyInput] | None = strawberry.field(
        default=UNSET, description="Credit at the start, one amount per currency."
    )

    def as_document(self) -> dict[str, object]:
        """The customer, the balances by currency."""
        document = {"key": "customer", **given(self)}
        document.pop("balances", None)
        held = {each.currency: document_of(each.amount) for each in self.balances or []}
        return {**document, "balances": held} if held else document


@strawberry.input(description="A customer's history that is stored nowhere, to see its invoices.")
class StoryInput(DocumentInput):
    """A story; what it names is looked up in the served catalog."""

    customer: CustomerInput = strawberry.field(description="Who is billed.")
    subscriptions: list[SubscriptionInput] = strawberry.field(
        description="What they subscribed to, and what happened to it."
    )
    usage: list[UsageEventInput] | None = strawberry.field(
        default=UNSET, description="What they used, as events."
    )
    usage_totals: list[UsageTotalInput] | None = strawberry.field(
        default=UNSET, description="What they used, already summed per day."
    )
    as_of: datetime = strawberry.field(
        description="What is due until then is answered; later usage is not looked at."
    )
