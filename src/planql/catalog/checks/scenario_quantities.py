"""Rules about the quantities that a scenario declares, and what its rate plans say of them.

A scenario is for the plans that it lists, or for all of them. Where one of these plans does not
exist, or cannot be read, nothing is said: it may be the one that would fit.

Source: RULES 9.1 (docs/rules/costs-and-scenarios.md).
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from planql.catalog.checks.pointers import placed
from planql.catalog.checks.references import incomplete_keys, known_keys
from planql.catalog.documents import Document, Documents, PlacedMistake
from planql.catalog.rate_plans import DeclaredQuantity, RatePlan, UsageCharge
from planql.catalog.scenarios import Scenario
from planql.problems import Mistake, did_you_mean, escape_pointer

Plans = Sequence[Document[RatePlan]]


def check_declared_quantities(documents: Documents) -> Iterator[PlacedMistake]:
    """A quantity of a scenario is one that some plan of it declares."""
    for scenario in documents.scenarios:
        plans = plans_of(documents, scenario.entity)
        declared = sorted({quantity.name for plan in plans for _, quantity in _declared(plan)})
        for name in scenario.entity.quantities if plans else ():
            if name not in declared:
                yield from placed(scenario, [_undeclared(name, declared)])


def check_quantity_bounds(documents: Documents) -> Iterator[PlacedMistake]:
    """A quantity of a scenario is within the bounds of each plan it lists, in some version.

    A scenario that is for all plans needs one that takes it.
    """
    for scenario in documents.scenarios:
        plans = sorted(plans_of(documents, scenario.entity), key=_plan_and_version)
        each_plan = [list(versions) for _, versions in groupby(plans, key=_plan)]
        for name, quantity in scenario.entity.quantities.items():
            for versions in each_plan if scenario.entity.rate_plans else [plans]:
                yield from _check_bounds(scenario, versions, name, quantity)


def check_quantities_are_stated(documents: Documents) -> Iterator[PlacedMistake]:
    """A scenario states every quantity that a plan it lists declares, in some version.

    A quantity that no plan declares is the mistake itself: it may be meant for the one missing.
    """
    for scenario in documents.scenarios:
        plans = sorted(plans_of(documents, scenario.entity), key=_plan_and_version)
        declared = {quantity.name for plan in plans for _, quantity in _declared(plan)}
        is_meant = declared.issuperset(scenario.entity.quantities)
        for index, key in enumerate(scenario.entity.rate_plans if is_meant else ()):
            versions = [plan for plan in plans if plan.entity.key == key]
            unstated = [_unstated(plan, scenario.entity) for plan in versions]
            if versions and all(unstated):
                pointer, quantity = unstated[-1][0]
                mistake = Mistake(
                    "missing-quantity",
                    f'"{key}" declares "{quantity.name}", but the scenario does not say how many',
                    escape_pointer("rate_plans", index),
                    f'add "{quantity.name}" to "quantities"',
                )
                yield PlacedMistake(scenario.path, mistake, ((versions[-1].path, pointer),))


def plans_of(documents: Documents, scenario: Scenario) -> Plans:
    """Every version of the plans that a scenario is for; none where one of them is not known."""
    listed = set(scenario.rate_plans) or known_keys(documents, "rate-plan")
    plans = [plan for plan in documents.rate_plans if plan.entity.key in listed]
    missing = listed - {plan.entity.key for plan in plans}
    return () if missing or listed & incomplete_keys(documents, "rate-plan") else plans


def _declared(plan: Document[RatePlan]) -> Iterator[tuple[str, DeclaredQuantity]]:
    """The quantities that a plan declares, each with its pointer."""
    for index, charge in enumerate(plan.entity.charges):
        if not isinstance(charge, UsageCharge) and charge.quantity is not None:
            yield escape_pointer("charges", index, "quantity"), charge.quantity


def _unstated(plan: Document[RatePlan], scenario: Scenario) -> list[tuple[str, DeclaredQuantity]]:
    """The quantities that a plan declares and a scenario does not state, each with its pointer."""
    return [found for found in _declared(plan) if found[1].name not in scenario.quantities]


def _undeclared(name: str, declared: Sequence[str]) -> Mistake:
    known = "they declare " + (", ".join(f'"{other}"' for other in declared) or "none")
    return Mistake(
        "undeclared-quantity",
        f'no rate plan of the scenario declares "{name}"',
        escape_pointer("quantities", name),
        did_you_mean(name, declared) or known,
        at_key=True,
    )


def _check_bounds(
    scenario: Document[Scenario], versions: Plans, name: str, quantity: Decimal
) -> Iterator[PlacedMistake]:
    """One mistake where no version that declares the quantity takes it, with the newest of them."""
    places: list[tuple[str, str]] = []
    for plan in versions:
        bounds = [(pointer, found) for pointer, found in _declared(plan) if found.name == name]
        refusing = [
            (plan.path, pointer) for pointer, found in bounds if not _takes(found, quantity)
        ]
        if bounds and not refusing:
            return
        places += refusing
    if places:
        mistake = Mistake(
            "quantity-beyond-bounds",
            f'"{quantity:f}" is beyond the bounds that the rate plan sets to "{name}"',
            escape_pointer("quantities", name),
            "correct the quantity, or list the plans that take it",
        )
        yield PlacedMistake(scenario.path, mistake, (places[-1],))


def _takes(declared: DeclaredQuantity, quantity: Decimal) -> bool:
    """Whether a quantity is within the bounds, both inclusive; crossed ones have their own rule."""
    least, most = declared.minimum, declared.maximum
    if least is not None and most is not None and least > most:
        return True
    return (least is None or quantity >= least) and (most is None or quantity <= most)


def _plan(plan: Document[RatePlan]) -> str:
    return plan.entity.key


def _plan_and_version(plan: Document[RatePlan]) -> tuple[str, int]:
    return plan.entity.key, plan.entity.version
