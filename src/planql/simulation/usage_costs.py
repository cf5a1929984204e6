"""The cost of usage, day by day: what was used times what a unit cost that day.

::

    usage of the day       120      80      0    300
    unit cost (USD)       0.02   0.02   0.03   0.03      a new row from the third day on
    cost                  2.40   1.60   0      9.00

Every cost of the meter adds up, each over the usage that its filter matches. Where one is unknown,
the day's cost is.

Source: RULES 9.4 (docs/rules/simulation.md).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from planql.catalog.costs import UsageCost
from planql.catalog.snapshot import Catalog
from planql.charge_models.scales import Scaled
from planql.metering.matching import compile_filter
from planql.metering.usage import Usage
from planql.periods import local_day
from planql.simulation.claim_quantities import running_quantities
from planql.simulation.claims import Claim, own_usage
from planql.simulation.day_ranges import DayRange, touched
from planql.simulation.ledger import Ledger
from planql.simulation.unit_costs import UnitCosts, unit_costs

_Usage = Iterable[tuple[datetime, Mapping[str, object] | None]]


class UsageCosts:
    """Charges the cost of usage to the rows that carry it."""

    def __init__(self, catalog: Catalog, days: DayRange, ledger: Ledger) -> None:
        self._days = days
        self._ledger = ledger
        self._costs: dict[str, list[UsageCost]] = {}
        for document in catalog.costs.values():
            if isinstance(document.entity, UsageCost):
                self._costs.setdefault(document.entity.meter, []).append(document.entity)
        self._units: dict[tuple[str, str], UnitCosts] = {}

    @property
    def meters(self) -> tuple[str, ...]:
        """The meters whose usage costs something."""
        return tuple(self._costs)

    def charge(self, claim: Claim, earlier: Sequence[Claim], usage: Usage) -> None:
        """Charge the usage that belongs to `claim` and to none of `earlier`.

        Args:
            claim: Of a meter whose usage it carries.
            earlier: Claims of the same meter that come before it.
            usage: All that is known.
        """
        columns = self._ledger.columns(claim.row, claim.name)
        costs = self._costs.get(claim.meter.key, [])
        first, count = touched(claim.span, self._days.time_zone)
        if not costs:
            columns.mark(self._days, first, count, f'meter "{claim.meter.key}" has no cost')
            return
        own = own_usage(claim, earlier, usage)
        for cost in costs:
            is_known = own is usage and cost.filter is None and claim.running is not None
            running = claim.running if is_known else self.measure(claim, own, cost)
            units = self._unit_costs(cost, claim.row.currency)
            columns.add_costs(self._days, first, running or [], units)
        for instant, reason in _unpriced(claim, costs, own):
            day = local_day(instant, self._days.time_zone).toordinal()
            columns.mark(self._days, day, 1, reason)

    def measure(self, claim: Claim, own: Usage, cost: UsageCost | None = None) -> list[Scaled]:
        """The usage of a claim up to the end of each of its days: all, or what a cost is for."""
        tree = None if cost is None else cost.filter
        return running_quantities(claim, tree, own, self._days.time_zone)

    def _unit_costs(self, cost: UsageCost, currency: str) -> UnitCosts:
        known = self._units.get((cost.key, currency))
        if known is None:
            known = self._units[cost.key, currency] = unit_costs(cost, currency, self._days)
        return known


def _unpriced(
    claim: Claim, costs: Sequence[UsageCost], own: Usage
) -> Iterator[tuple[datetime, str]]:
    """When there is usage of which nobody can say what it costs, and why."""
    filters = [compile_filter(cost.filter) for cost in costs if cost.filter is not None]
    if not filters:
        return
    has_general = len(filters) < len(costs)
    for instant, data in _usage(claim, own):
        if data is None:
            yield instant, f'daily totals of "{claim.meter.key}" do not say what its costs ask'
        elif not has_general and not any(matches(data) for matches in filters):
            yield instant, f'no cost of meter "{claim.meter.key}" is for all of its usage'


def _usage(claim: Claim, own: Usage) -> _Usage:
    """The events and totals of a claim that its meter counts."""
    meter = claim.meter
    counts = None if meter.filter is None else compile_filter(meter.filter)
    for event in own.inside(meter.event, claim.span):
        if counts is None or counts(event.data):
            yield event.time, event.data
    for placed in own.totals_of(meter.key).inside(claim.span):
        yield from ((day.start, placed.totals.data) for day in placed.days)
