"""A story: a customer's history in one document, and the invoices expected of it.

Owns: the document's shape, its inline catalog, turning usage into what the core takes.
Does not own: what is due (`billing.due`).

The same format is used by pricing tests in `catalog/cases`, by the tests of this project and by
`planql invoice`.

Source: INTERFACES, stories (docs/rules/invoices.md).
"""

from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import Field

from planql.billing.customers import Customer
from planql.billing.expectations import ExpectedInvoice
from planql.billing.known_usage import KnownUsage
from planql.billing.subscriptions import Subscription
from planql.catalog.checks import check_catalog
from planql.catalog.documents import Document, DocumentName, Documents
from planql.catalog.meters import Meter
from planql.catalog.migrations import Migration
from planql.catalog.products import AgentType, Product
from planql.catalog.rate_plans import RatePlan
from planql.catalog.settings import CatalogSettings
from planql.catalog.snapshot import Catalog, catalog_of
from planql.charge_models.scales import scaled_quantity
from planql.discounts import Discount
from planql.entity import (
    Entity,
    Instant,
    Items,
    Key,
    LocalDate,
    SchemaReference,
    SignedQuantity,
    Text,
)
from planql.errors import InvalidInput
from planql.metering.event_documents import EventDocument
from planql.metering.events import UsageEvent
from planql.metering.usage import DailyTotals
from planql.problems import Severity


class InlineCatalog(Entity):
    """A catalog that stands in the story itself."""

    settings: CatalogSettings | None = None
    agent_types: Items[AgentType] = ()
    products: Items[Product] = ()
    meters: Items[Meter] = ()
    rate_plans: Items[RatePlan] = ()
    discounts: Items[Discount] = ()
    migrations: Items[Migration] = ()
    costs: Items[dict[str, Any]] = ()
    """Let through; invoices do not need them."""


class UsageTotal(Entity):
    """What a count or sum meter measured on one local day."""

    meter: Key
    date: LocalDate
    """In the customer's zone."""
    quantity: SignedQuantity
    recorded_at: Instant | None = None
    """When it became known; on its day, when left out."""


class Story(Entity):
    """A customer's subscriptions and usage up to a time."""

    schema_reference: SchemaReference = None
    key: Key = "story"
    """Stable name; a file is called `<key>.json`."""
    about: Text | None = None
    """What it shows, with the arithmetic."""
    catalog: InlineCatalog | None = None
    """When left out, references resolve in the catalog at hand."""
    customer: Customer
    subscriptions: Items[Subscription]
    usage: Items[EventDocument] = ()
    usage_totals: Items[UsageTotal] = ()
    as_of: Instant
    """Invoices issued later are not answered, and nothing that happens later is known."""
    invoices: Items[ExpectedInvoice] | None = Field(default=None)
    """What is expected; only the members given are compared."""


def catalog_for(story: Story, served: Catalog) -> Catalog:
    """The story's own catalog, or `served` when it has none.

    Raises:
        InvalidInput: the first mistake in the story's own catalog, with its pointer.
    """
    if story.catalog is None:
        return served
    documents = Documents(tuple(_documents(story.catalog)), named=_names(story.catalog))
    for placed in check_catalog(documents):
        mistake = placed.mistake
        if mistake.severity is Severity.ERROR:
            pointer = placed.path + mistake.pointer
            raise InvalidInput(mistake.code, mistake.message, pointer=pointer, hint=mistake.hint)
    return catalog_of(documents)


def _documents(catalog: InlineCatalog) -> Iterator[Document[Entity]]:
    """The documents of an inline catalog; their paths are pointers into the story."""
    if catalog.settings is not None:
        yield Document(catalog.settings, "/catalog/settings")
    kinds: dict[str, Iterable[Entity]] = {
        "agent_types": catalog.agent_types,
        "products": catalog.products,
        "meters": catalog.meters,
        "rate_plans": catalog.rate_plans,
        "discounts": catalog.discounts,
        "migrations": catalog.migrations,
    }
    for member, entities in kinds.items():
        for index, entity in enumerate(entities):
            yield Document(entity, f"/catalog/{member}/{index}")


def _names(catalog: InlineCatalog) -> frozenset[DocumentName]:
    """What can be referred to; products are let pass, whether they are given or not."""
    plans = catalog.rate_plans
    return frozenset(
        [
            *(DocumentName("agent-type", each.key) for each in catalog.agent_types),
            *(DocumentName("product", each.product) for each in plans),
            *(DocumentName("product", each.key) for each in catalog.products),
            *(DocumentName("product", key) for each in catalog.discounts for key in each.products),
            *(DocumentName("meter", each.key) for each in catalog.meters),
            *(DocumentName("rate-plan", each.key, each.version) for each in plans),
            *(DocumentName("discount", each.key) for each in catalog.discounts),
        ]
    )


def usage_of(story: Story, time_zone: ZoneInfo) -> KnownUsage:
    """The story's usage, with daily totals on local days of `time_zone`."""
    events = [
        UsageEvent(
            id=each.id,
            type=each.type,
            time=each.time,
            data=each.data,
            source=each.source,
            subject=each.subject,
            recorded_at=each.recorded_at,
        )
        for each in story.usage
    ]
    totals = [
        DailyTotals(each.meter, (each.date,), (scaled_quantity(each.quantity),), each.recorded_at)
        for each in story.usage_totals
    ]
    return KnownUsage(events, totals, time_zone)
