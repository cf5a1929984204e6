"""Operations whose cost is compared with what they take: small and large ones of each field."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import count
from typing import Any, Final

import orjson
from benchmarks.gateway.questions import CATALOG, PRODUCT, RATE
from graphql import get_introspection_query

Doc = dict[str, Any]
_NEXT: Final = count()


@dataclass(frozen=True)
class Priced:
    """An operation.

    Attributes:
        field: What it is about.
        document: What is sent.
        variables: The next request's.
        requests: How many are sent in a round.
    """

    field: str
    document: str
    variables: Callable[[], Mapping[str, object]] = dict
    requests: int = 3

    def body(self) -> bytes:
        """The body of the next request."""
        return orjson.dumps({"query": self.document, "variables": self.variables()})


def _fresh() -> int:
    return next(_NEXT)


_CUSTOMERS: Final = {
    "driftwood-hotels": "support",
    "silverpine-labs": "studio",
    "vantage-freight": "recovery",
    "yarrow-and-sons": "voice",
}
"""Of the demo, with a subscription of each."""
_SEATS: Final = '{ quantities: [{ name: "seats", quantity: "%s" }] }'
_INVOICE: Final = "lines { id name amount { amount } steps { kind amount { amount } } }"
_PREVIEW: Final = "... on ChangePreview { net { amount } lines { id amount { amount } } }"
_CHANGED: Final = "... on ChangedSubscription { subscription { key } preview { net { amount } } }"
_MISTAKE: Final = "... on UserError { mistake: code message }"
_TOTALS: Final = "totals { revenue { amount } cost { amount } margin { amount } }"
_DAYS: Final = "rows { charge days { date quantity revenue cost margin } }"

IN_THE_SHOP: Final = (
    Priced("catalog", CATALOG, requests=10),
    Priced("catalog, not compiled", CATALOG.replace("{\n", '{ __type(name: "X") { name }\n', 1)),
    Priced("ratePlan", PRODUCT, lambda: {"key": f"product-{_fresh() % 50}-small"}, 200),
    Priced("rate", RATE, lambda: {"plan": "product-7-small", "quantity": f"{_fresh()}.25"}, 200),
    Priced("__schema", get_introspection_query()),
    Priced("__type", '{ __type(name: "RatePlan") { fields { name type { name } } } }', requests=50),
)
"""Over 50 products with tiers."""


def at_the_desk() -> Iterator[Priced]:
    """Over the example catalog, with stored customers."""
    yield from _of_stories()
    yield from _of_simulations()
    for customer, subscription in _CUSTOMERS.items():
        yield from _of_customer(customer, f'customer: "{customer}", subscription: "{subscription}"')
    yield from _of_changes('customer: "driftwood-hotels", subscription: "support"')
    yield from _of_usage()


def _of_stories() -> Iterator[Priced]:
    for years in (1, 3, 9):
        story = f"""{{ customer: {{}}, asOf: "2027-01-01T00:00:00Z", subscriptions: [{{
          ratePlan: "support-pro", version: 2, startedAt: "{2027 - years}-01-01T00:00:00Z",
          quantities: [{{ name: "seats", quantity: "5" }}] }}] }}"""
        invoices = f"... on InvoicePreview {{ invoices {{ {_INVOICE} }} }} {_MISTAKE}"
        yield Priced("previewInvoice", f"{{ previewInvoice(story: {story}) {{ {invoices} }} }}")
        asked = f"story: {story}, change: {_SEATS % 9}"
        change = f"{{ previewChange({asked}) {{ {_PREVIEW} {_MISTAKE} }} }}"
        yield Priced("previewChange, of a story", change, requests=1)


def _of_simulations() -> Iterator[Priced]:
    for days, plans, scenarios in ((31, 1, 1), (365, 1, 1), (365, 3, 5), (3_660, 1, 4)):
        for shown in (_TOTALS, _DAYS):
            document = f"""query($plans: [SimulatedPlanInput!]!, $usage: [SimulatedUsageInput!],
              $to: Date!) {{ simulate(
                plans: $plans, usage: $usage, from: "2026-01-01", to: $to,
                quantities: [{{ name: "seats", quantity: "5" }}]
              ) {{ ... on SimulatedRange {{ runs {{ {shown} }} }} {_MISTAKE} }} }}"""
            yield Priced("simulate", document, partial(_simulated, days, plans, scenarios), 1)
    for plan in ("support-starter", "support-pro"):
        asked = f'plans: [{{ catalog: {{ ratePlan: "{plan}" }} }}], charges: ["outcomes"]'
        curves = "... on PriceCurves { curves { points { quantity amount unitPrice } } }"
        yield Priced(
            "priceCurve", f"{{ priceCurve({asked}) {{ {curves} {_MISTAKE} }} }}", requests=10
        )


def _simulated(days: int, plans: int, scenarios: int) -> Doc:
    def usage(number: int) -> Doc:
        series = {"quantities": [str(number + day % 7) for day in range(days)]}
        return {"meter": "resolved-tickets", "quantity": {"daily": series}}

    return {
        "to": (date(2026, 1, 1) + timedelta(days=days)).isoformat(),
        "plans": [
            {"catalog": {"ratePlan": "support-pro", "label": f"{number}"}}
            for number in range(plans)
        ],
        "usage": [
            {"assumed": {"key": f"s{number}", "usage": [usage(number)]}}
            for number in range(scenarios)
        ],
    }


def _of_customer(customer: str, subscription: str) -> Iterator[Priced]:
    for shown in (
        "key subscriptions { key state plan { name } }",
        "currentUsage { charge estimatedAmount { amount } }",
        f"upcomingInvoice {{ invoices {{ {_INVOICE} }} }}",
        f"invoices(first: 20) {{ edges {{ node {{ number {_INVOICE} }} }} }}",
    ):
        text = f'{{ customer(key: "{customer}") {{ ... on Customer {{ {shown} }} {_MISTAKE} }} }}'
        yield Priced("customer", text)
    cancel = f"{{ previewCancellation({subscription}) {{ {_PREVIEW} {_MISTAKE} }} }}"
    yield Priced("previewCancellation", cancel)


def _of_changes(subscription: str) -> Iterator[Priced]:
    change = f"previewChange({subscription}, change: {_SEATS % 20}) {{ {_PREVIEW} {_MISTAKE} }}"
    yield Priced("previewChange", f"{{ {change} }}")
    yield Priced(
        "changeSubscription",
        f"""mutation($seats: Decimal!) {{ changeSubscription({subscription},
          change: {_SEATS.replace('"%s"', "$seats")}) {{ {_CHANGED} {_MISTAKE} }} }}""",
        lambda: {"seats": str(20 + _fresh() % 50)},
        1,
    )
    yield Priced(
        "addAdjustment",
        f"""mutation {{ addAdjustment({subscription}, amount: "-5", reason: "an outage")
          {{ {_CHANGED} {_MISTAKE} }} }}""",
        requests=1,
    )
    yield Priced(
        "createCustomer",
        """mutation($key: String!) { createCustomer(customer: { key: $key }) { __typename } }""",
        lambda: {"key": f"customer-{_fresh()}"},
    )


def _of_usage() -> Iterator[Priced]:
    document = """query($events: [UsageEventInput!]!) { rate(
      charge: { catalog: { ratePlan: "support-pro", charge: "outcomes" } }, events: $events,
      period: { start: "2026-06-01T00:00:00Z", end: "2026-07-01T00:00:00Z" }
    ) { ... on RatedCharge { total { amount } } } }"""
    record = (
        "mutation($events: [NewUsageEventInput!]!) { recordUsage(events: $events) { __typename } }"
    )
    for size in (1, 100, 1_000):
        yield Priced("rate, of events", document, partial(_events, size))
        yield Priced("recordUsage", record, partial(_events, size, subject="driftwood-hotels"))


def _events(count: int, **more: str) -> Doc:
    event = {"type": "ticket.resolved", "time": "2026-06-14T12:00:00Z", **more}
    return {"events": [{**event, "id": f"event-{_fresh()}"} for _ in range(count)]}
