"""The rules for one charge, one rate plan or assumed usage, in a catalog or on its own."""

from collections.abc import Iterator, Sequence

from planql.catalog.checks.amounts import check_charge_amounts, check_commitment
from planql.catalog.checks.charges import CHARGE_RULES
from planql.catalog.checks.cycles import check_charge_cycles
from planql.catalog.checks.plans import check_charge_keys, check_plan_lists, check_some_charges
from planql.catalog.checks.pointers import under
from planql.catalog.checks.scenarios import check_assumed_usage
from planql.catalog.rate_plans import Charge, RatePlan
from planql.catalog.scenarios import AssumedUsage
from planql.errors import InvalidInput
from planql.problems import Mistake, escape_pointer


def check_charge(charge: Charge, currency: str) -> Iterator[Mistake]:
    """Every rule that one charge can break by itself; pointers are relative to the charge.

    Args:
        charge: The charge, from a rate plan or inline.
        currency: ISO 4217 code of its amounts.
    """
    for rule in CHARGE_RULES:
        yield from rule(charge)
    yield from check_charge_amounts(charge, currency)


def check_rate_plan(plan: RatePlan) -> Iterator[Mistake]:
    """Every rule that one version of a plan can break by itself; pointers are relative to it."""
    yield from check_some_charges(plan)
    yield from check_charge_keys(plan)
    yield from check_charge_cycles(plan)
    yield from check_plan_lists(plan)
    yield from check_commitment(plan)
    for index, charge in enumerate(plan.charges):
        yield from under(escape_pointer("charges", index), check_charge(charge, plan.currency))


def require_valid_charge(charge: Charge, currency: str, pointer: str = "") -> None:
    """Refuse a charge that breaks a rule.

    Args:
        charge: The charge, from a caller's document.
        currency: ISO 4217 code of its amounts.
        pointer: JSON pointer to the charge in the caller's document.

    Raises:
        InvalidInput: the first rule it breaks.
    """
    _require_none(under(pointer, check_charge(charge, currency)))


def require_valid_rate_plan(plan: RatePlan, pointer: str = "") -> None:
    """Refuse a rate plan that breaks a rule by itself; its references are not looked up.

    Args:
        plan: The plan, from a caller's document.
        pointer: JSON pointer to the plan in the caller's document.

    Raises:
        InvalidInput: the first rule it breaks.
    """
    _require_none(under(pointer, check_rate_plan(plan)))


def require_valid_usage(usage: Sequence[AssumedUsage], pointer: str = "") -> None:
    """Refuse assumed usage that breaks a rule by itself; its meters are not looked up.

    Args:
        usage: What is assumed, from a caller's document.
        pointer: JSON pointer to the list in the caller's document.

    Raises:
        InvalidInput: the first rule it breaks.
    """
    _require_none(under(pointer, check_assumed_usage(usage)))


def _require_none(mistakes: Iterator[Mistake]) -> None:
    for mistake in mistakes:
        raise InvalidInput(
            mistake.code, mistake.message, pointer=mistake.pointer, hint=mistake.hint
        )
