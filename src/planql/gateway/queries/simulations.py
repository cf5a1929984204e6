"""`simulate`: what prices would earn and cost day by day, of a catalog, a ref, or drafts."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Final, Union

import strawberry
from strawberry import UNSET

from planql.billing.places import located
from planql.catalog.scenarios import Scenario
from planql.entity import Entity, Quantity, Text, read_entity
from planql.errors import InvalidInput, PlanqlError
from planql.gateway.context import Info
from planql.gateway.inputs.documents import document_of
from planql.gateway.inputs.subscriptions import DeclaredQuantityInput
from planql.gateway.queries.simulated_plans import Plans, chosen_plans
from planql.gateway.queries.simulated_usage import Asked, Usages, asked_of, with_records
from planql.gateway.queries.simulation_bounds import MOST_CELLS, require_bounded, require_range
from planql.gateway.types.catalog_problems import InvalidCatalogError, invalid_catalog_view
from planql.gateway.types.errors import (
    InvalidInputError,
    UnavailableError,
    UnknownReferenceError,
    stored_error,
)
from planql.gateway.types.simulation_enums import Recognition
from planql.gateway.types.simulations import SimulatedRange, SimulatedRun, run_view
from planql.periods import Period
from planql.simulation import results
from planql.simulation.day_ranges import MOST_DAYS
from planql.simulation.priced_plans import PricedPlan, require_charges, require_declared
from planql.simulation.scenario_runs import simulate_recorded, simulate_scenario
from planql.simulation.side_by_side import simulated
from planql.simulation.subscribing import Subscribing
from planql.sources import InvalidCatalog

MOST_CUSTOMERS: Final = 10**9

SimulateResult = Annotated[
    Union[  # noqa: UP007 - read at run time
        SimulatedRange,
        InvalidCatalogError,
        UnknownReferenceError,
        InvalidInputError,
        UnavailableError,
    ],
    strawberry.union(
        "SimulateResult", description="What prices would earn and cost, or a mistake."
    ),
]

First = Annotated[
    date,
    strawberry.argument(
        name="from", description="The first day; subscriptions start with it, in their time zone."
    ),
]
End = Annotated[
    date,
    strawberry.argument(
        name="to",
        description=f"The day after the last one; at most {MOST_DAYS} days, and {MOST_CELLS} days "
        "x charges, of all plans and scenarios together.",
    ),
]
Quantities = Annotated[
    list[DeclaredQuantityInput] | None,
    strawberry.argument(
        description="The quantities that charges declare, such as seats, over those of scenarios."
    ),
]
Discounts = Annotated[
    list[str] | None,
    strawberry.argument(
        description="Keys of discounts that are redeemed at the start; automatic ones act anyway."
    ),
]
Customers = Annotated[
    int | None,
    strawberry.argument(description="How many customers there are, whatever a scenario says."),
]
Recognised = Annotated[Recognition, strawberry.argument(description="Where revenue stands.")]
Charges = Annotated[
    list[str] | None,
    strawberry.argument(
        description="Keys of charges: only their rows, and what these come to; all, when left out."
    ),
]


async def resolve_simulate(  # noqa: PLR0913 - one per argument of the query
    info: Info,
    plans: Plans,
    first: First,
    end: End,
    *,
    usage: Usages = UNSET,
    quantities: Quantities = UNSET,
    discounts: Discounts = UNSET,
    customers: Customers = UNSET,
    recognition: Recognised = Recognition.ACCRUAL,
    charges: Charges = UNSET,
) -> SimulateResult:
    """Every plan under every scenario, by the same functions as `planql simulate`."""
    arguments = {"plans": plans, "usage": usage, "discounts": discounts, "charges": charges}
    try:
        days = require_range(first, end)
        priced = await chosen_plans(info.context, plans, days.start)
        how = _subscribing(quantities or [], discounts or [], priced)
        shown = _Shown(tuple(charges or ()), _count(customers), recognition)
        with located("/charges"):
            require_charges(shown.charges, priced)
        asked = asked_of(priced, usage or [])
        require_bounded(days, asked)
        asked = await with_records(info.context, asked)
        # A long range takes a while, and other requests are not to wait for it.
        runs = await asyncio.to_thread(_runs, asked, days, how, shown)
    except InvalidCatalog as error:
        return invalid_catalog_view(error, error.pointer.split("/")[1:])
    except PlanqlError as error:
        return stored_error(error, arguments)
    return SimulatedRange(start=days.start, end=days.end, recognition=recognition, runs=runs)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What of each run is shown.

    Attributes:
        charges: Keys; empty for all.
        customers: How many there are; None leaves that to scenarios.
    """

    charges: tuple[str, ...]
    customers: int | None
    recognition: Recognition


class _Declared(Entity):
    quantities: dict[Text, Quantity]


def _subscribing(
    quantities: Sequence[DeclaredQuantityInput],
    discounts: Sequence[str],
    plans: Sequence[PricedPlan],
) -> Subscribing:
    """How customers subscribe; what is named exists."""
    for priced in plans:
        for place, key in enumerate(discounts):
            with located(f"/discounts/{place}"):
                priced.catalog.discount(key)
    return Subscribing(
        discounts=tuple(discounts), quantities=declared_quantities(quantities, plans)
    )


def declared_quantities(
    given: Sequence[DeclaredQuantityInput], plans: Sequence[PricedPlan]
) -> Mapping[str, Decimal]:
    """Quantities by name.

    Raises:
        InvalidInput: one is below 0, or no charge of any plan declares it.
    """
    listed = {each.name: document_of(each.quantity) for each in given}
    with located("/quantities"):
        require_declared(listed, plans)
        try:
            return read_entity(_Declared, {"quantities": listed}).quantities
        except InvalidInput as error:
            error.pointer = ""
            raise


def _count(customers: int | None) -> int | None:
    if customers is not UNSET and customers is not None and not 1 <= customers <= MOST_CUSTOMERS:
        raise InvalidInput(
            "out-of-range",
            f'"customers" is {customers}; it must be between 1 and {MOST_CUSTOMERS}',
            pointer="/customers",
        )
    return customers or None


def _runs(
    asked: Sequence[Asked], days: Period, how: Subscribing, shown: _Shown
) -> list[SimulatedRun]:
    return [_run(each, days, how, shown) for each in asked]


def _run(asked: Asked, days: Period, how: Subscribing, shown: _Shown) -> SimulatedRun:
    with _in_words_of_arguments(asked.pointer):
        run = _simulated(asked, days, how, shown)
    counted = replace(run, customers=shown.customers or run.customers)
    return run_view(simulated(asked.priced, counted, shown.charges), asked.priced)


def _simulated(asked: Asked, days: Period, how: Subscribing, shown: _Shown) -> results.ScenarioRun:
    catalog, plan, usage = asked.priced.catalog, asked.priced.document, asked.usage
    is_billed = shown.recognition is Recognition.BILLED
    recognition: results.Recognition = "billed" if is_billed else "accrual"
    if isinstance(usage, Scenario):
        return simulate_scenario(catalog, plan, usage, days, how=how, recognition=recognition)
    zoned = replace(how, time_zone=usage.time_zone)
    return simulate_recorded(
        catalog, plan, usage.customer, usage.events, days, how=zoned, recognition=recognition
    )


@contextmanager
def _in_words_of_arguments(pointer: str) -> Iterator[None]:
    """A mistake is told at the plan where it shows, unless an argument mends it."""
    try:
        yield
    except PlanqlError as error:
        error.pointer, error.hint = _MENDED.get(error.code, (pointer, error.hint))
        raise


_MENDED: Final = {
    "missing-quantity": ("/quantities", "`quantities` says how many"),
    "events-needed": ("/usage", "`eventValue` of the usage says what one event adds"),
}
"""Code of a mistake -> the argument that mends it, and how."""
