"""Exported usage of customers whose subscriptions nobody knows, on every plan it may be for.

Source: RULES 9.1 (docs/rules/impact.md).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from planql.billing.customers import Customer
from planql.impact.customers import Question
from planql.impact.recorded import Plan, Recorded, RecordedComparing
from planql.impact.results import CustomerImpact, PlanPair
from planql.impact.scenarios import declared_quantities
from planql.impact.steady import SteadyTerms
from planql.metering.events import UsageEvent
from planql.money import plain
from planql.periods import Period, local_day, zone

NO_SUBJECT: Final = "(no subject)"
"""What customers are called whose events do not name them."""

_SUBJECT: Final = Customer(key="subject")
"""Stands for every subject: their names need not be keys."""

_NO_MONTHS: Final = "the export has no usage of the months asked about"


class ExportComparing:
    """Compares the subjects of exported events.

    Args:
        question: What is asked.
        events: All of them: they tell which of the months asked about the export covers.
    """

    def __init__(self, question: Question, events: Iterable[UsageEvent]) -> None:
        self._question = question
        self._comparing = RecordedComparing(question.base, question.head)
        self._subjects: dict[str, list[UsageEvent]] = {}
        for event in events:
            self._subjects.setdefault(event.subject or NO_SUBJECT, []).append(event)
        self.months = self._covered()

    @property
    def subjects(self) -> tuple[str, ...]:
        """Every subject, in order."""
        return tuple(sorted(self._subjects))

    def impacts(self, subject: str) -> Iterator[CustomerImpact]:
        """A subject on every touched plan whose meters its events feed."""
        events = self._subjects[subject]
        types = {event.type for event in events}
        for pair in self._question.pairs.values():
            if types & self._comparing.event_types(pair.before, pair.after):
                yield self._impact(subject, events, pair)

    def _impact(self, subject: str, events: Sequence[UsageEvent], pair: PlanPair) -> CustomerImpact:
        declared = declared_for((pair.before, pair.after), self._question.quantities)
        terms = SteadyTerms({**declared, **self._question.quantities})
        recorded = Recorded(_SUBJECT, events, self.months, terms, _NO_MONTHS)
        comparison = self._comparing.compare(recorded, pair.before, pair)
        notes = (f'{value} is assumed for "{name}"' for name, value in declared.items())
        return CustomerImpact(subject, "", pair, comparison, notes=tuple(notes))

    def _covered(self) -> tuple[Period, ...]:
        """The months asked about, from the first that the export has events of to the last one."""
        time_zone = zone(self._question.base.settings.time_zone)
        times = [event.time for events in self._subjects.values() for event in events]
        if not times:
            return ()
        first, last = (local_day(time, time_zone) for time in (min(times), max(times)))
        return tuple(
            month for month in self._question.months if month.end > first and month.start <= last
        )


def declared_for(plans: Iterable[Plan], given: Mapping[str, str]) -> dict[str, str]:
    """What is assumed of quantities that nobody gave: the least that a plan takes, else 1."""
    declared = (each for plan in plans if plan for each in declared_quantities(plan.entity))
    return {
        each.name: "1" if each.minimum is None else plain(each.minimum)
        for each in declared
        if each.name not in given
    }
