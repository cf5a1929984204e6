"""Rules about one charge; pointers are relative to the charge.

Source: RULES 4 and INTERFACES, `rate -` (docs/rules/charges.md).
"""

from collections.abc import Callable, Iterator
from typing import Final

from planql.catalog.checks.bounds import crossed
from planql.catalog.checks.pointers import check_repeated_items, under
from planql.catalog.checks.tiers import check_tiers
from planql.catalog.rate_plans import Charge, UsageCharge
from planql.charge_models import PercentageModel
from planql.problems import Mistake

ChargeRule = Callable[[Charge], Iterator[Mistake]]

PER_EVENT: Final = (
    "flat_amount_per_event",
    "minimum_per_event",
    "maximum_per_event",
    "included_events",
)
"""The members of a percentage model that need events."""


def check_model_tiers(charge: Charge) -> Iterator[Mistake]:
    """The tiers of the charge's model keep the rules of tiers."""
    yield from under("/model", check_tiers(charge.model))


def check_minimum_and_cap(charge: Charge) -> Iterator[Mistake]:
    """A charge's minimum is not above its cap."""
    if charge.minimum is not None and charge.cap is not None and charge.minimum > charge.cap:
        yield Mistake(
            "minimum-above-cap",
            f'the minimum "{charge.minimum:f}" is above the cap "{charge.cap:f}"',
            "/minimum",
            "lower the minimum or raise the cap",
            related=("/cap",),
        )


def check_per_event_parts(charge: Charge) -> Iterator[Mistake]:
    """Only a usage charge has parts per event; the first of them is named."""
    if isinstance(charge, UsageCharge):
        return
    for member in PER_EVENT:
        if getattr(charge.model, member, None) is not None:
            yield Mistake(
                "per-event-needs-usage",
                f'"{member}" needs events, which a "{charge.type}" charge does not have',
                f"/model/{member}",
                'make it a "usage" charge with a meter, or remove the parts per event',
            )
            return


def check_per_event_bounds(charge: Charge) -> Iterator[Mistake]:
    """The minimum per event is not above the maximum per event."""
    if not isinstance(charge.model, PercentageModel):
        return
    least, most = charge.model.minimum_per_event, charge.model.maximum_per_event
    if least is not None and most is not None and least > most:
        yield crossed(
            "per-event-bounds",
            f'"minimum_per_event" is "{least:f}", above "maximum_per_event", which is "{most:f}"',
            "/model/minimum_per_event",
            "/model/maximum_per_event",
        )


def check_included_events(charge: Charge) -> Iterator[Mistake]:
    """`included_events` is a whole number."""
    events = getattr(charge.model, "included_events", None)
    if events is not None and events.as_integer_ratio()[1] != 1:
        yield Mistake(
            "included-events-whole",
            f'"{events:f}" is not a whole number of events',
            "/model/included_events",
            'free units of quantity are "included_units"',
        )


def check_quantity_bounds(charge: Charge) -> Iterator[Mistake]:
    """A declared quantity's minimum is not above its maximum."""
    quantity = None if isinstance(charge, UsageCharge) else charge.quantity
    if quantity is None or quantity.minimum is None or quantity.maximum is None:
        return
    if quantity.minimum > quantity.maximum:
        yield crossed(
            "quantity-bounds",
            f'the minimum of "{quantity.name}", "{quantity.minimum:f}", is above its maximum, '
            f'"{quantity.maximum:f}"',
            "/quantity/minimum",
            "/quantity/maximum",
        )


def check_lists(charge: Charge) -> Iterator[Mistake]:
    """A charge lists a discount, or a property to group by, once."""
    yield from check_repeated_items("discounts", charge.discounts)
    if isinstance(charge, UsageCharge):
        yield from check_repeated_items("group_by", charge.group_by)


CHARGE_RULES: Final[tuple[ChargeRule, ...]] = (
    check_model_tiers,
    check_minimum_and_cap,
    check_per_event_parts,
    check_per_event_bounds,
    check_included_events,
    check_quantity_bounds,
    check_lists,
)
