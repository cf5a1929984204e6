"""One customer's recorded usage on two versions of a plan.

Owns: both sides of the comparison, and why a side has no figure.
Does not own: which versions, months and terms these are (`planql.impact.customers`).

Source: RULES 9.1, 9.4 (docs/rules/impact.md).
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from planql.billing.customers import Customer
from planql.billing.due import zone_of
from planql.billing.known_usage import KnownUsage
from planql.catalog.documents import Document
from planql.catalog.meters import Meter
from planql.catalog.rate_plans import RatePlan, UsageCharge
from planql.catalog.snapshot import Catalog
from planql.impact.outcomes import outcome, whole
from planql.impact.results import Comparison, Outcome, PlanPair
from planql.impact.steady import SteadySide, SteadyTerms
from planql.metering.events import UsageEvent
from planql.periods import Period, day_start
from planql.simulation.recorded import recorded_usage

Plan = Document[RatePlan] | None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What both sides of one comparison share.

    Attributes:
        customer: Whose local days count.
        events: All of the customer's that meters read, in any order.
        months: Calendar months to compare.
        terms: What the customer agreed to.
        no_months: Why there are no months, when there are none.
    """

    customer: Customer
    events: Sequence[UsageEvent]
    months: tuple[Period, ...]
    terms: SteadyTerms
    no_months: str

    @property
    def alike(self) -> Hashable:
        """Equal for customers who pay the same on a version when they use nothing."""
        return self.customer.time_zone, self.months, self.terms.identity


class RecordedComparing:
    """Compares recorded usage with the prices of two catalogs."""

    def __init__(self, base: Catalog, head: Catalog) -> None:
        self._base = base
        self._head = head
        self._before = SteadySide(base)
        self._after = SteadySide(head)
        self._unused: dict[Hashable, Comparison] = {}

    def compare(self, recorded: Recorded, before: Plan, pair: PlanPair) -> Comparison:
        """The customer on `before` of the base and on the pair's `after` of the head.

        Customers without usage who agreed to the same are compared once for all of them.
        """
        if recorded.events:
            return self._compared(recorded, before, pair)
        version = before.entity.version if before else 0
        alike = pair.key, version, recorded.alike
        if alike not in self._unused:
            self._unused[alike] = self._compared(recorded, before, pair)
        return self._unused[alike]

    def _compared(self, recorded: Recorded, before: Plan, pair: PlanPair) -> Comparison:
        reason = self._no_usage(recorded, before, pair.after)
        usage = _usage(recorded, self._base)
        other = usage
        if self._base.settings.time_zone != self._head.settings.time_zone:
            other = _usage(recorded, self._head)
        unmetered = tuple(self._unmetered(pair.after))
        return Comparison(
            recorded.months,
            _side(self._before, recorded, usage, before, reason or pair.absent, unmetered),
            _side(self._after, recorded, other, pair.after, reason or pair.absent),
        )

    def event_types(self, *plans: Plan) -> set[str]:
        """The types of events that the meters of plans read, in either catalog."""
        return {meter.event for meter in self._meters(plans)}

    def _no_usage(self, recorded: Recorded, before: Plan, after: Plan) -> str:
        """Why nothing is known of usage that either plan charges for; "" when it is."""
        if not recorded.months:
            return recorded.no_months
        meters = list(self._meters((before, after)))
        days, zone = whole(recorded.months), zone_of(recorded.customer, self._base)
        start, end = day_start(days.start, zone), day_start(days.end, zone)
        if not meters or any(_feeds(event, meters, start, end) for event in recorded.events):
            return ""
        return f"no usage was recorded from {days.start} to {days.end}"

    def _meters(self, plans: Sequence[Plan]) -> Iterator[Meter]:
        keys = {key for plan in plans if plan for key in _meters_of(plan.entity)}
        for catalog in (self._base, self._head):
            yield from (catalog.meters[key].entity for key in keys if key in catalog.meters)

    def _unmetered(self, after: Plan) -> Iterator[str]:
        """Why costs are not known in the base: it has no such meter."""
        for key in _meters_of(after.entity) if after else ():
            if key not in self._base.meters:
                yield f'meter "{key}" is unknown in the base'


def _side(  # noqa: PLR0913, PLR0917 - a side, a customer, and why there may be no figure
    side: SteadySide,
    recorded: Recorded,
    usage: KnownUsage,
    plan: Plan,
    reason: str,
    missing: tuple[str, ...] = (),
) -> Outcome:
    if plan is None or not recorded.months or reason:
        return Outcome(plan.entity.version if plan else None, unknown=reason)
    days = whole(recorded.months)
    return outcome(
        plan.entity,
        recorded.months,
        lambda: side.simulate(plan, recorded.customer, recorded.terms, usage, days),
        missing,
    )


def _usage(recorded: Recorded, catalog: Catalog) -> KnownUsage:
    return recorded_usage(recorded.events, zone_of(recorded.customer, catalog))


def _meters_of(plan: RatePlan) -> dict[str, None]:
    charges = (charge for charge in plan.charges if isinstance(charge, UsageCharge))
    return dict.fromkeys(charge.meter for charge in charges)


def _feeds(event: UsageEvent, meters: Sequence[Meter], start: datetime, end: datetime) -> bool:
    """Whether some meter reads the event in these months, or carries its state into them."""
    return event.time < end and any(
        event.type == meter.event and (event.time >= start or meter.aggregation.carries_over())
        for meter in meters
    )
