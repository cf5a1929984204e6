"""The invoices of a story."""

from planql.billing.due import Due, due_invoices, zone_of
from planql.billing.invoices import Invoice
from planql.billing.stories import Story, catalog_for, usage_of
from planql.catalog.snapshot import Catalog


def due_in(story: Story, catalog: Catalog) -> Due:
    """What is due at or before `story.as_of`, and what a person should know about it.

    Args:
        story: With or without a catalog of its own.
        catalog: The catalog at hand, for a story without one.

    Raises:
        InvalidInput: the story cannot be billed; the pointer says where.
        UnknownReference: it names a plan, version, meter or discount that does not exist.
    """
    own = catalog_for(story, catalog)
    usage = usage_of(story, zone_of(story.customer, own))
    return due_invoices(own, story.customer, story.subscriptions, usage, story.as_of)


def invoices_due(story: Story, catalog: Catalog) -> tuple[Invoice, ...]:
    """Every invoice issued at or before `story.as_of`, in the order of issue.

    Raises:
        InvalidInput: as `due_in`.
        UnknownReference: as `due_in`.
    """
    return due_in(story, catalog).invoices
