"""Stored customers: their subscriptions, usage, upcoming and issued invoices."""

import asyncio
from decimal import Decimal
from fractions import Fraction

import strawberry
from strawberry import UNSET

from planql.billing.running_usage import running_usage
from planql.billing.standing import standing_of
from planql.billing.upcoming import upcoming
from planql.gateway.context import Info
from planql.gateway.stored import Held
from planql.gateway.types.connections import After, First
from planql.gateway.types.invoice_connections import InvoiceConnection, invoice_page
from planql.gateway.types.money import Money, money
from planql.gateway.types.previews import UpcomingInvoice, upcoming_view
from planql.gateway.types.running_usage import CurrentUsage, usage_view
from planql.gateway.types.subscriptions import Subscription, subscription_view


def _balances(root: strawberry.Parent["Customer"]) -> list[Money]:
    history = root.held.history
    left: dict[str, Decimal | Fraction] = dict(history.customer.balances)
    left |= {invoice.currency: invoice.balance for invoice in history.issued}
    return [money(amount, currency) for currency, amount in sorted(left.items())]


async def _subscriptions(root: strawberry.Parent["Customer"], info: Info) -> list[Subscription]:
    return await asyncio.to_thread(subscription_views, root.held, info)


async def _current_usage(root: strawberry.Parent["Customer"], info: Info) -> list[CurrentUsage]:
    history = root.held.history
    found = await asyncio.to_thread(running_usage, history, info.context.now)
    return [usage_view(each, history.time_zone) for each in found]


async def _upcoming(root: strawberry.Parent["Customer"], info: Info) -> UpcomingInvoice:
    history = root.held.history
    found = await asyncio.to_thread(upcoming, history, info.context.now)
    return upcoming_view(found, history.time_zone)


def _invoices(
    root: strawberry.Parent["Customer"], first: First = 20, after: After = UNSET
) -> InvoiceConnection:
    return invoice_page(root.held.account.issued, first, after or None)


@strawberry.type(description="A stored customer.")
class Customer:
    """Who is billed."""

    held: strawberry.Private[Held]
    key: str = strawberry.field(description="Stable name; the subject of usage events.")
    time_zone: str = strawberry.field(description="IANA zone of the billing days.")
    balances: list[Money] = strawberry.field(
        resolver=_balances, description="Credit that is left, one amount per currency."
    )
    subscriptions: list[Subscription] = strawberry.field(
        resolver=_subscriptions, description="In the order in which they were made."
    )
    current_usage: list[CurrentUsage] = strawberry.field(
        resolver=_current_usage,
        description="Every usage charge in the period that runs, with an estimate of its price.",
    )
    upcoming_invoice: UpcomingInvoice = strawberry.field(
        resolver=_upcoming, description="What is invoiced next if nothing more happens."
    )
    invoices: InvoiceConnection = strawberry.field(
        resolver=_invoices, description="Issued invoices, the newest first."
    )


def customer_view(held: Held) -> Customer:
    """A customer as the schema shows it; what is costly is computed when it is asked for."""
    history = held.history
    return Customer(held=held, key=history.customer.key, time_zone=history.time_zone.key)


def subscription_views(held: Held, info: Info) -> list[Subscription]:
    """The subscriptions of a customer as the schema shows them."""
    return [subscription_view_of(held, each.key, info) for each in held.history.subscriptions]


def subscription_view_of(held: Held, key: str, info: Info) -> Subscription:
    """One subscription of a customer as the schema shows it."""
    history = held.history
    found = standing_of(history, key, info.context.now)
    plan = found.terms.plan.entity
    view = info.context.served.rate_plans[plan.key, plan.version]
    return subscription_view(history.subscription(key), found, view, history.time_zone)
