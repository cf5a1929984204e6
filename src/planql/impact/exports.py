"""Exported usage of customers whose subscriptions nobody knows, on every plan it may be for.

Source: RULES 9.1 (docs/rules/impact.md).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Subject:
    """A customer of exported events, of whom nothing else is known.

    Attributes:
        name: As the events say, or that they do not.
        events: All of the customer's.
    """

    name: str
    events: Sequence[UsageEvent]


def subjects_of(events: Iterable[UsageEvent]) -> tuple[Subject, ...]:
    """Every subject of exported events, by name."""
    found: dict[str, list[UsageEvent]] = {}
    for event in events:
        found.setdefault(event.subject or NO_SUBJECT, []).append(event)
    return tuple(Subject(name, found[name]) for name in sorted(found))


def covered_months(question: Question, subjects: Iterable[Subject]) -> tuple[Period, ...]:
    """The months asked about, from the first that the export has events of to the last one."""
    time_zone = zone(question.base.settings.time_zone)
    times = [event.time for subject in subjects for event in subject.events]
    if not times:
        return ()
    first, last = (local_day(time, time_zone) for time in (min(times), max(times)))
    return tuple(month for month in question.months if month.end > first and month.start <= last)


class ExportComparing:
    """Compares the subjects of exported events, one after another.

    Args:
        question: What is asked.
        months: Those of the months asked about that the export covers.
    """

    def __init__(self, question: Question, months: tuple[Period, ...]) -> None:
        self._question = question
        self._months = months
        self._comparing = RecordedComparing(question.base, question.head)

    def impacts(self, subject: Subject) -> Iterator[CustomerImpact]:
        """A subject on every touched plan whose meters its events feed."""
        types = {event.type for event in subject.events}
        for pair in self._question.pairs.values():
            if types & self._comparing.event_types(pair.before, pair.after):
                yield self._impact(subject, pair)

    def _impact(self, subject: Subject, pair: PlanPair) -> CustomerImpact:
        declared = declared_for((pair.before, pair.after), self._question.quantities)
        terms = SteadyTerms({**declared, **self._question.quantities})
        recorded = Recorded(_SUBJECT, subject.events, self._months, terms, _NO_MONTHS)
        comparison = self._comparing.compare(recorded, pair.before, pair)
        notes = (f'{value} is assumed for "{name}"' for name, value in declared.items())
        return CustomerImpact(subject.name, "", pair, comparison, notes=tuple(notes))


def declared_for(plans: Iterable[Plan], given: Mapping[str, str]) -> dict[str, str]:
    """What is assumed of quantities that nobody gave: the least that a plan takes, else 1."""
    declared = (each for plan in plans if plan for each in declared_quantities(plan.entity))
    return {
        each.name: "1" if each.minimum is None else plain(each.minimum)
        for each in declared
        if each.name not in given
    }
