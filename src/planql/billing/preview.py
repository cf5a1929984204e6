"""The invoices of a story."""

from datetime import date

from planql.billing.due import Due, due_invoices, zone_of
from planql.billing.histories import History
from planql.billing.invoices import Invoice
from planql.billing.stories import Story, catalog_for, usage_of
from planql.catalog.snapshot import Catalog
from planql.periods import local_day


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


def history_in(story: Story, catalog: Catalog) -> History:
    """All that is known at `story.as_of`, as if everything due by then had been issued.

    What the story tells of a later time is left out.

    Raises:
        InvalidInput: as `due_in`.
        UnknownReference: as `due_in`.
    """
    own = catalog_for(story, catalog)
    time_zone = zone_of(story.customer, own)
    known = _until(story, local_day(story.as_of, time_zone))
    usage = usage_of(known, time_zone)
    history = History(own, known.customer, known.subscriptions, usage, (), time_zone)
    return history.after_issuing(history.due(story.as_of).invoices, story.as_of)


def _until(story: Story, today: date) -> Story:
    """The story as far as it is known at its `as_of`, which is on the local day `today`."""
    until = story.as_of
    subscriptions = tuple(
        each.model_copy(
            update={
                "changes": tuple(change for change in each.changes if change.at <= until),
                "adjustments": tuple(given for given in each.adjustments if given.at <= until),
            }
        )
        for each in story.subscriptions
    )
    usage = tuple(event for event in story.usage if (event.recorded_at or event.time) <= until)
    totals = tuple(
        total
        for total in story.usage_totals
        if (total.date <= today if total.recorded_at is None else total.recorded_at <= until)
    )
    return story.model_copy(
        update={"subscriptions": subscriptions, "usage": usage, "usage_totals": totals}
    )
