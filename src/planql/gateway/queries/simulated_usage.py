"""How the plans that `simulate` is asked about are used: scenarios, assumptions, records."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Final

import strawberry

from planql.billing.customers import Customer
from planql.billing.places import located
from planql.catalog.checks import require_valid_usage
from planql.catalog.scenarios import Scenario
from planql.entity import parse_json, read_entity
from planql.errors import InvalidInput
from planql.gateway.context import Context
from planql.gateway.inputs.simulations import INLINE, AssumedScenarioInput, SimulatedUsageInput
from planql.metering.events import UsageEvent
from planql.simulation.priced_plans import PricedPlan
from planql.simulation.side_by_side import scenarios_for
from planql.stores.accounts import ALL_TIME
from planql.stores.customers import read_customer
from planql.stores.desk import Desk
from planql.stores.usage import read_events

MOST_SCENARIOS: Final = 20

Usages = Annotated[
    list[SimulatedUsageInput] | None,
    strawberry.argument(
        description=f"How it is used, side by side: at most {MOST_SCENARIOS}. When left out, by "
        "every scenario that is for the plan, or else not at all."
    ),
]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a stored customer used.

    Attributes:
        time_zone: Whose days count; None is the catalog's.
        events: All of them; empty until they are read.
    """

    customer: str
    time_zone: str | None = None
    events: tuple[UsageEvent, ...] = ()


Usage = Scenario | Recorded


@dataclass(frozen=True, slots=True)
class Asked:
    """A plan and how it is used.

    Attributes:
        pointer: Of the plan, in the arguments.
    """

    pointer: str
    priced: PricedPlan
    usage: Usage

    @property
    def width(self) -> int:
        """How many numbers a day has: charges, or assumed usages where there are more."""
        charges = len(self.priced.plan.charges)
        assumed = len(self.usage.usage) if isinstance(self.usage, Scenario) else 0
        return max(charges, assumed)


def asked_of(
    plans: Sequence[PricedPlan], usages: Sequence[SimulatedUsageInput]
) -> tuple[Asked, ...]:
    """Each plan with everything by which it is used, records still to be read.

    Raises:
        UnknownReference: there is no such scenario or meter, with its pointer in the arguments.
        InvalidInput: an assumption that breaks a rule, or more scenarios than are simulated.
    """
    _require_few(len(usages))
    given = [_given(each, place) for place, each in enumerate(usages)]
    found = []
    for number, priced in enumerate(plans):
        named = [_in_catalog(each, priced, place) for place, each in enumerate(given)]
        chosen = named or scenarios_for(priced.plan, priced.catalog) or [_UNUSED]
        _require_few(len(chosen))
        found += [Asked(f"/plans/{number}", priced, each) for each in chosen]
    return tuple(found)


async def with_records(context: Context, asked: Sequence[Asked]) -> tuple[Asked, ...]:
    """The same, with the records read.

    Raises:
        UnknownReference: there is no such customer.
        SourceError: `no-store`, on a server without a database.
    """
    wanted = {each.usage.customer for each in asked if isinstance(each.usage, Recorded)}
    if not wanted:
        return tuple(asked)
    catalogs = [each.priced.catalog for each in asked]
    types = {meter.entity.event for catalog in catalogs for meter in catalog.meters.values()}
    read = {key: await context.stored.run(_read, key, types) for key in sorted(wanted)}
    return tuple(
        replace(each, usage=read[each.usage.customer]) if isinstance(each.usage, Recorded) else each
        for each in asked
    )


_UNUSED: Final = Scenario(key=INLINE, name="Without usage")


def _given(usage: SimulatedUsageInput, place: int) -> str | Usage:
    """A key of a scenario, or what is given."""
    name, chosen = usage.chosen
    if isinstance(chosen, AssumedScenarioInput):
        with located(f"/usage/{place}/assumed"):
            scenario = read_entity(Scenario, chosen.as_document())
            require_valid_usage(scenario.usage, "/usage")
        return scenario
    return Recorded(str(chosen)) if name == "customer" else str(chosen)


def _in_catalog(usage: str | Usage, priced: PricedPlan, place: int) -> Usage:
    match usage:
        case str():
            with located(f"/usage/{place}/scenario"):
                return priced.catalog.scenario(usage)
        case Scenario():
            for number, assumed in enumerate(usage.usage):
                with located(f"/usage/{place}/assumed/usage/{number}/meter"):
                    priced.catalog.meter(assumed.meter)
            return usage
        case _:
            return usage


def _require_few(count: int) -> None:
    if count > MOST_SCENARIOS:
        raise InvalidInput(
            "too-many-scenarios",
            f"there are {count} scenarios; at most {MOST_SCENARIOS} are simulated at once",
            pointer="/usage",
            hint="name some of them in `usage`, and ask again for the others",
        )


def _read(desk: Desk, key: str, types: Collection[str]) -> Recorded:
    stored = read_customer(desk.database, key)
    events = read_events(desk.database, [key], types, ALL_TIME)[key]
    customer = read_entity(Customer, parse_json(stored.document))
    return Recorded(key, customer.time_zone, tuple(events))
