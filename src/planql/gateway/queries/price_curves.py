"""`priceCurve`: prices by quantity, where they cross and where they break even."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Final, Union

import strawberry
from strawberry import UNSET

from planql.billing.places import located
from planql.entity import Entity, PositiveQuantity, Quantity, read_entity
from planql.errors import InvalidInput, PlanqlError
from planql.gateway.context import Info
from planql.gateway.inputs.documents import document_of, is_given
from planql.gateway.queries.simulated_plans import Plans, chosen_plans
from planql.gateway.queries.simulations import Quantities, declared_quantities
from planql.gateway.types.catalog_problems import InvalidCatalogError, invalid_catalog_view
from planql.gateway.types.errors import (
    InvalidInputError,
    UnavailableError,
    UnknownReferenceError,
    stored_error,
)
from planql.gateway.types.price_curves import PriceCurves, curves_view
from planql.money import plain
from planql.simulation.curve_costs import KnownCost, catalog_cost
from planql.simulation.curves import PriceCurve
from planql.simulation.priced_charges import (
    PricedCharge,
    compared,
    curves_of,
    priced_charge,
    usage_charges,
)
from planql.simulation.priced_curves import PricedCurves
from planql.simulation.priced_plans import PricedPlan
from planql.sources import InvalidCatalog

MOST_CURVES: Final = 20
MOST_BOUNDS: Final = 20_000
"""Most bounds of all curves, times the number of curves: what is looked at to compare them."""

PriceCurveResult = Annotated[
    Union[  # noqa: UP007 - read at run time
        PriceCurves, InvalidCatalogError, UnknownReferenceError, InvalidInputError, UnavailableError
    ],
    strawberry.union("PriceCurveResult", description="Prices by quantity, or a mistake."),
]

Charges = Annotated[
    list[str] | None,
    strawberry.argument(
        description="Keys of charges that each plan has; the one that bills usage, when left out."
    ),
]
Top = Annotated[
    Decimal | None,
    strawberry.argument(
        description="The greatest quantity, inclusive; one beyond every bound and meeting, when "
        "left out."
    ),
]
On = Annotated[
    date | None,
    strawberry.argument(
        description="The day whose versions and unit costs count; today, when left out."
    ),
]
WithFees = Annotated[
    bool, strawberry.argument(description="Whether the recurring fees of the plans are added.")
]
UnitCost = Annotated[
    Decimal | None,
    strawberry.argument(description="Cost of a unit; the catalog's, when left out."),
]
FixedCost = Annotated[
    Decimal | None,
    strawberry.argument(description="Cost of a billing period besides; none, when left out."),
]


async def resolve_price_curve(  # noqa: PLR0913 - one per argument of the query
    info: Info,
    plans: Plans,
    *,
    charges: Charges = UNSET,
    to_quantity: Top = UNSET,
    on: On = UNSET,
    with_fees: WithFees = False,
    quantities: Quantities = UNSET,
    unit_cost: UnitCost = UNSET,
    fixed_cost: FixedCost = UNSET,
) -> PriceCurveResult:
    """The curve of each charge in each plan, by the same functions as `planql simulate`."""
    numbers = {"to_quantity": to_quantity, "unit_cost": unit_cost, "fixed_cost": fixed_cost}
    try:
        asked = read_entity(
            _Numbers, {n: document_of(x) for n, x in numbers.items() if is_given(x)}
        )
        day = on or info.context.served.day_of(info.context.now)
        priced = await chosen_plans(info.context, plans, day)
        declared = declared_quantities(quantities or [], priced)
        chosen = _charges(priced, charges or [])
        work = _Work(chosen, asked, declared if with_fees else None, day)
        # Many packages take a while, and other requests are not to wait for them.
        return curves_view(await asyncio.to_thread(work.curves))
    except InvalidCatalog as error:
        return invalid_catalog_view(error, error.pointer.split("/")[1:])
    except PlanqlError as error:
        return stored_error(error, {"plans": plans, "charges": charges, **numbers})


class _Numbers(Entity):
    to_quantity: PositiveQuantity | None = None
    unit_cost: Quantity | None = None
    fixed_cost: Quantity = Decimal(0)


@dataclass(frozen=True, slots=True)
class _Work:
    """What is computed.

    Attributes:
        quantities: What fees are multiplied by; None leaves fees out.
        day: When unit costs count.
    """

    charges: Sequence[PricedCharge]
    numbers: _Numbers
    quantities: Mapping[str, Decimal] | None
    day: date

    def curves(self) -> PricedCurves:
        top = self.numbers.to_quantity
        curves = curves_of(self.charges, None if top is None else Fraction(top), self.quantities)
        _require_comparable(curves)
        return compared(self.charges, curves, self._cost(curves[0].currency))

    def _cost(self, currency: str) -> KnownCost:
        unit, fixed = self.numbers.unit_cost, Fraction(self.numbers.fixed_cost)
        if unit is not None:
            return KnownCost(Fraction(unit), fixed)
        charges = [(each.priced.catalog, each.charge) for each in self.charges]
        known = catalog_cost(charges, currency, self.day, fixed)
        if known.unit is None and fixed:
            raise InvalidInput(
                "missing-unit-cost",
                f"a fixed cost needs the cost of a unit, and {known.remarks[0]}",
                pointer="/fixed_cost",
                hint="`unitCost` says what a unit costs",
            )
        return known


def _charges(plans: Sequence[PricedPlan], keys: Sequence[str]) -> list[PricedCharge]:
    """The charges that are named; when none is, the one of each plan that bills usage."""
    count = len(plans) * max(len(keys), 1)
    if count > MOST_CURVES:
        raise InvalidInput(
            "too-many-curves",
            f"{len(plans)} plans x {len(keys)} charges are {count} curves; at most {MOST_CURVES} "
            "are drawn at once",
            pointer="/charges",
            hint="ask for fewer plans or charges",
        )
    return [each for place, plan in enumerate(plans) for each in _of_plan(plan, keys, place)]


def _of_plan(priced: PricedPlan, keys: Sequence[str], place: int) -> Iterator[PricedCharge]:
    for number, key in enumerate(keys):
        with located(f"/charges/{number}"):
            yield priced_charge(priced, key)
    if not keys:
        yield _only_usage(priced, place)


def _only_usage(priced: PricedPlan, place: int) -> PricedCharge:
    usage = usage_charges(priced)
    if len(usage) == 1:
        return usage[0]
    known = ", ".join(each.key for each in [each.charge for each in usage] or priced.plan.charges)
    raise InvalidInput(
        "missing-charge",
        f'"{priced.plan.key}" has {len(usage)} charges that bill usage, so one must be named',
        pointer=f"/plans/{place}",
        hint=f"name one in `charges`: {known}",
    )


def _require_comparable(curves: Sequence[PriceCurve]) -> None:
    """Refuse what would take long to compare."""
    bounds = sum(len(curve.bounds) for curve in curves)
    if bounds * len(curves) > MOST_BOUNDS:
        raise InvalidInput(
            "curves-too-large",
            f"{len(curves)} curves with {bounds} bounds in all; at most {MOST_BOUNDS} "
            "bounds x curves are compared",
            pointer="/to_quantity",
            hint=f'ask for quantities below "{plain(curves[0].top)}", or for fewer curves',
        )
