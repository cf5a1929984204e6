"""The customers of the demo, as they stand in `companies.json`."""

from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import Field

from planql.billing.subscriptions import AnchorName
from planql.catalog.fields import TimeZone
from planql.demo.years import DemoDay
from planql.entity import Entity, Items, Key, Text, parse_entity


class Happening(Entity):
    """Something that happened to a subscription: a change or an adjustment."""

    on: DemoDay
    """When it takes effect, or is asked for."""
    decided: DemoDay | None = None
    """When it became known; on that day, when left out."""
    change: dict[str, Any] = Field(default_factory=dict)
    """As in a story, without `at` and without the version of its plan."""
    adjustment: dict[str, str] | None = None
    """As in a story, without `at`."""


class DemoSubscription(Entity):
    """A subscription, with all that happens to it."""

    key: Key
    rate_plan: Key
    started: DemoDay
    anchor: AnchorName = "subscription"
    quantities: dict[str, str] = Field(default_factory=dict)
    discounts: Items[Key] = ()
    timeline: Items[Happening] = ()


class Company(Entity):
    """A customer of the demo."""

    key: Key
    about: Text
    """What it shows."""
    time_zone: TimeZone | None = None
    balances: dict[str, str] = Field(default_factory=dict)
    """Credit at the start, per currency."""
    subscriptions: Items[DemoSubscription]
    usage: dict[str, int]
    """Habit -> how often on a working day, about."""
    left: DemoDay | None = None
    """From when on there is no usage."""


class _Companies(Entity):
    companies: Items[Company]


@cache
def demo_companies() -> tuple[Company, ...]:
    """All of them; the one that came last stands last."""
    text = files("planql.demo").joinpath("companies.json").read_bytes()
    return parse_entity(_Companies, text).companies
