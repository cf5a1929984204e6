"""New customers and subscriptions: computed first, stored only if they can be billed.

Source: RULES 7.1 (docs/rules/subscriptions.md).
"""

from collections.abc import Mapping

from planql.billing.change_previews import ChangePreview
from planql.billing.customers import Customer
from planql.billing.revisions import begin
from planql.billing.subscriptions import Subscription
from planql.entity import read_entity
from planql.errors import InvalidInput
from planql.periods import zone
from planql.stores import customers
from planql.stores.customers import NewSubscription
from planql.stores.desk import Desk, limits_of, text_of


def create_customer(desk: Desk, document: Mapping[str, object]) -> None:
    """Store a new customer.

    Raises:
        InvalidInput: a mistake in the document, or `customer-exists`.
    """
    customer = read_entity(Customer, document)
    zone(customer.time_zone or desk.catalog.settings.time_zone)
    customers.create_customer(desk.database, customer.key, text_of(document), desk.now)


def create_subscription(desk: Desk, customer: str, document: Mapping[str, object]) -> ChangePreview:
    """Store a new subscription, pinned to the version it begins with.

    Raises:
        PlanqlError: it cannot begin; the pointer is into `document`.
    """
    history = desk.account(customer).history(desk.catalog)
    dated = {"started_at": desk.now.isoformat(), **document}
    key = str(dated["key"])
    if any(each.key == key for each in history.subscriptions):
        raise InvalidInput(
            "subscription-exists",
            f'customer "{customer}" has a subscription "{key}" already',
            pointer="/key",
        )
    preview = begin(history, dated, desk.now)
    pinned = {**dated, "version": preview.plan[1]}
    redeemed = [each.discount for each in read_entity(Subscription, pinned).discounts]
    new = NewSubscription(
        customer, key, text_of(pinned), tuple(redeemed), limits_of(desk.catalog, redeemed)
    )
    customers.create_subscription(desk.database, new, desk.now)
    return preview
