"""How many quantities does each charge model rate per second, beside a plain evaluation?

Every model rates the same 20,000 quantities: prepared, into minor units; prepared, into a line with
its steps; and plainly, tier by tier in fractions (the oracle of the tests). All three must agree.
"""

import sys
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.oracle.models import amount_of
from tests.oracle.numerals import round_money

from planql.catalog.rate_plans import UsageCharge
from planql.entity import read_entity
from planql.rating.prepared import PreparedCharge, prepare

Doc = dict[str, Any]

QUANTITIES = [Decimal(number * 7919 % 1_000_000) / 100 for number in range(20_000)]
FRACTIONS = [Fraction(quantity) for quantity in QUANTITIES]
ROUNDS = 5
MOST_WITHOUT_STEPS = 1.0
"""Microseconds for a graduated charge of five tiers."""
MOST_WITH_STEPS = 20.0


def tiers(**prices: str) -> list[Doc]:
    """Five tiers that end at 100, 500, 1,000, 5,000 and never."""
    return [{"up_to": up_to, **prices} for up_to in ("100", "500", "1000", "5000", None)]


MODELS: dict[str, Doc] = {
    "flat": {"amount": "99.00"},
    "per_unit": {"unit_amount": "0.000002"},
    "graduated": {"tiers": tiers(unit_amount="0.125", flat_amount="2")},
    "volume": {"tiers": tiers(unit_amount="0.125", flat_amount="2")},
    "package": {"amount": "10", "package_size": "60"},
    "stairstep": {"tiers": tiers(flat_amount="180")},
    "percentage": {"percentage": "2.9"},
    "graduated_percentage": {"tiers": tiers(percentage="2.9", flat_amount="2")},
}


def charge(kind: str) -> UsageCharge:
    """A metered charge of one model."""
    model = {"type": kind, **MODELS[kind]}
    head = {"key": "c", "name": "C", "type": "usage", "meter": "m"}
    return read_entity(UsageCharge, {**head, "model": model})


def microseconds(rate: Callable[[Any], object], quantities: Sequence[object]) -> float:
    """The best time per quantity of several rounds, of one core's processor."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for quantity in quantities:
            rate(quantity)
        best = min(best, time.process_time() - start)
    return best / len(quantities) * 1_000_000


def require_equal(kind: str, prepared: PreparedCharge, model: Doc) -> None:
    """All three ways come to the same."""
    for quantity in FRACTIONS[::100]:
        plain = amount_of(model, quantity, (), Fraction(0)).amount
        line = prepared.line(quantity)
        if line.unrounded_amount != plain or prepared.rate(quantity) != line.amount * 100:
            sys.exit(f"{kind}: {quantity} is rated differently")
        if line.amount != round_money(plain, "USD"):
            sys.exit(f"{kind}: {quantity} is rounded differently")


def main() -> int:
    """Measure every model and print a table; 1 when a limit is exceeded."""
    print("| model | minor units | ratings/s | with steps | plain | plain / minor units |")
    print("|---|---|---|---|---|---|")
    exceeded = False
    for kind, members in MODELS.items():
        prepared, model = prepare(charge(kind), "USD"), {"type": kind, **members}
        require_equal(kind, prepared, model)
        fast = microseconds(prepared.rate, QUANTITIES)
        explained = microseconds(prepared.line, FRACTIONS)
        plain = microseconds(lambda q, model=model: amount_of(model, q, (), Fraction(0)), FRACTIONS)  # type: ignore[misc]
        print(
            f"| `{kind}` | {fast:.2f} µs | {1_000_000 / fast:,.0f} "
            f"| {explained:.1f} µs | {plain:.0f} µs | {plain / fast:.0f} |"
        )
        if kind == "graduated":
            exceeded = fast > MOST_WITHOUT_STEPS or explained > MOST_WITH_STEPS
    return int(exceeded)


if __name__ == "__main__":
    sys.exit(main())
