"""A year of usage events of one customer, from its habits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from planql.demo.companies import Company
from planql.demo.dice import Dice
from planql.demo.habits import HABITS, Habit
from planql.demo.years import DemoYear
from planql.metering.events import UsageEvent

SOURCE: Final = "demo"

_SATURDAY: Final = 5
_WEEKEND_PERCENTAGE: Final = 35
_FIRST_PERCENTAGE: Final = 80
_GROWTH_PERCENTAGE: Final = 3
_ONE_IN: Final = 400
"""Of so many events one is recorded days after it happened."""


def usage_of(company: Company, year: DemoYear) -> Iterator[UsageEvent]:
    """Everything that became known by the end of the year.

    Each event says when it was recorded: minutes after it happened, and a few only days later.
    """
    first = min(year.day(each.started) for each in company.subscriptions)
    end = year.day(company.left) if company.left else year.as_of.date() + timedelta(days=1)
    for name, per_day in company.usage.items():
        routine = _Routine(company.key, name, HABITS[name], per_day)
        for number in range((end - first).days):
            for event in routine.events(first + timedelta(days=number), number):
                if event.recorded_at is not None and event.recorded_at <= year.as_of:
                    yield event


@dataclass(frozen=True, slots=True)
class _Routine:
    """One habit of one customer."""

    customer: str
    name: str
    habit: Habit
    per_day: int

    def events(self, day: date, number: int) -> Iterator[UsageEvent]:
        """What happened on one day, the first of which has the number 0."""
        dice = Dice(f"{self.customer} {self.name} {day}")
        for place in range(self._how_often(day, number, dice)):
            happened = self._time(day, place, dice)
            delay = timedelta(seconds=dice.roll(2, 300))
            if dice.roll(1, _ONE_IN) == 1:
                delay += timedelta(days=dice.roll(1, 6))
            yield UsageEvent(
                id=f"{self.customer}-{self.name}-{day}-{place}",
                type=self.habit.event,
                time=happened,
                data=self.habit.data(dice, number),
                source=SOURCE,
                subject=self.customer,
                recorded_at=happened + delay,
            )

    def _how_often(self, day: date, number: int, dice: Dice) -> int:
        """Less on weekends, more from month to month."""
        if number % self.habit.every_days:
            return 0
        if self.habit.is_steady:
            return self.per_day
        percentage = _FIRST_PERCENTAGE + _GROWTH_PERCENTAGE * (number // 30)
        if day.weekday() >= _SATURDAY:
            percentage = percentage * _WEEKEND_PERCENTAGE // 100
        hundredths = self.per_day * percentage * dice.roll(70, 130) // 100
        return hundredths // 100 + dice.happens(hundredths % 100)

    def _time(self, day: date, place: int, dice: Dice) -> datetime:
        steady = place * 86_400 // self.per_day + 60
        seconds = steady if self.habit.is_steady else dice.roll(6 * 3_600, 22 * 3_600)
        return datetime.combine(day, time(tzinfo=UTC)) + timedelta(seconds=seconds)
