"""Sorting a customer's usage into the groups of a charge, reading the value of every event."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from planql.aggregations.base import Reading
from planql.aggregations.values import Unreadable, text_at
from planql.catalog.filters import Filter
from planql.catalog.meters import Meter
from planql.catalog.rate_plans import UsageCharge
from planql.errors import InvalidInput
from planql.metering.daily_totals import PlacedTotals
from planql.metering.events import UsageEvent
from planql.metering.matching import Matches, all_of, compile_filter
from planql.metering.measured import Group, RejectedEvent
from planql.metering.spans import Span
from planql.metering.usage import DailyTotals, Usage


class Collected(Struct):
    """What was found for one group.

    Attributes:
        opening: Readings before the period, by time; only for an aggregation that carries over.
        inside: Readings in the period, by time.
        ids: Of the events of `inside`.
        totals: Daily totals of the period, in columns.
    """

    opening: list[Reading] = field(default_factory=list)
    inside: list[Reading] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    totals: list[PlacedTotals] = field(default_factory=list)

    @property
    def recorded(self) -> list[PlacedTotals]:
        """The totals that are not assumed."""
        return [placed for placed in self.totals if not placed.totals.is_assumed]

    @property
    def assumed(self) -> list[PlacedTotals]:
        """The totals that are."""
        return [placed for placed in self.totals if placed.totals.is_assumed]


class Gathered(Struct):
    """Readings and totals by group, and the events that cannot be read."""

    groups: dict[Group, Collected] = field(default_factory=dict)
    rejected: list[RejectedEvent] = field(default_factory=list)


def gather(charge: UsageCharge, meter: Meter, usage: Usage, period: Span) -> Gathered:
    """The usage that counts for `charge` in `period`, sorted into its groups.

    A daily total without data is in the group of missing values, and filters are taken to have
    been applied where it was made.

    Raises:
        InvalidInput: `totals-not-additive`, for totals that are not assumed, of a meter that
            neither counts nor sums.
    """
    sorter = _Sorter(charge, meter)
    if meter.aggregation.carries_over():
        sorter.open_with(usage.before(meter.event, period))
    sorter.take(usage.inside(meter.event, period))
    totals = usage.totals_of(meter.key)
    weighs_time = meter.aggregation.weighs_time
    sorter.add(totals.overlapping(period) if weighs_time else totals.inside(period))
    return sorter.gathered


def _matches(*trees: Filter | None) -> Matches:
    """Matches when every filter that is there does."""
    return all_of(*[compile_filter(tree) for tree in trees if tree is not None])


class _Sorter:
    """Reads the events that count for one charge and puts them into groups."""

    def __init__(self, charge: UsageCharge, meter: Meter) -> None:
        self.gathered = Gathered()
        self._group_by = charge.group_by
        self._meter = meter
        self._filter = charge.filter

    def open_with(self, events: Sequence[UsageEvent]) -> None:
        """Take events from before the period."""
        for event, reading in self._readings(events):
            self._collected(event.data).opening.append(reading)

    def take(self, events: Sequence[UsageEvent]) -> None:
        """Take events of the period."""
        for event, reading in self._readings(events):
            collected = self._collected(event.data)
            collected.inside.append(reading)
            collected.ids.append(event.id)

    def add(self, totals: Iterable[PlacedTotals]) -> None:
        """Take daily totals of the period."""
        for placed in totals:
            if not placed.totals.is_assumed:
                _require_additive(self._meter)
            collected = self._collected_totals(placed.totals)
            if collected is not None:
                collected.totals.append(placed)

    def _readings(self, events: Sequence[UsageEvent]) -> Iterator[tuple[UsageEvent, Reading]]:
        """The events that both filters match, read; what cannot be read is listed instead."""
        if not events:
            return
        counts, read = _matches(self._meter.filter, self._filter), self._meter.aggregation.read
        for event in events:
            if counts(event.data):
                reading = read(event.time, event.data)
                if isinstance(reading, Unreadable):
                    self.gathered.rejected.append(_rejected(event, reading))
                else:
                    yield event, reading

    def _collected_totals(self, totals: DailyTotals) -> Collected | None:
        """Where totals belong; None when the charge's filter leaves them out."""
        data = totals.data
        if data is None:
            return self._collected({})
        return self._collected(data) if _matches(self._filter)(data) else None

    def _collected(self, data: Mapping[str, object]) -> Collected:
        group = _group(data, self._group_by) if self._group_by else ()
        collected = self.gathered.groups.get(group)
        if collected is None:
            collected = self.gathered.groups[group] = Collected()
        return collected


def _group(data: Mapping[str, object], group_by: Sequence[str]) -> Group:
    return tuple([(path, text_at(data, path)) for path in group_by])


def _rejected(event: UsageEvent, unreadable: Unreadable) -> RejectedEvent:
    return RejectedEvent(event.id, f"/data{unreadable.pointer}", unreadable.reason)


def _require_additive(meter: Meter) -> None:
    if not meter.aggregation.additive:
        raise InvalidInput(
            "totals-not-additive",
            f'meter "{meter.key}" is a "{meter.aggregation.type}": daily totals of it cannot be '
            "added up",
            hint="give events, or totals of a count or sum meter",
        )
