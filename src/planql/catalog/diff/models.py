"""Which way a price moves when one charge model takes the place of another.

Both models are asked for the amount of the same quantities: zero, one, the ends of all tiers and
packages, the smallest quantity above each, and one far beyond. Between those, models of tiers are
straight lines, so nothing is missed; packages are asked at the first few steps.
"""

from collections.abc import Iterator
from typing import Final

from planql.catalog.diff.records import Direction
from planql.charge_models import ChargeModel, Curve, Packages, PercentageModel
from planql.charge_models.scales import QUANTITY_SCALE

_PACKAGES: Final = 3
_FAR: Final = 10**9 * QUANTITY_SCALE


def weigh_models(old: ChargeModel, new: ChargeModel) -> Direction:
    """Up where some quantity costs more and none less; down the other way round; else none.

    Parts per event need events, so of models that have them nothing is said.
    """
    if _is_per_event(old) or _is_per_event(new):
        return Direction.NONE
    before, after = old.prepared(), new.prepared()
    quantities = {0, QUANTITY_SCALE, _FAR, *_steps(before), *_steps(after)}
    changes = [after.amount(units) - before.amount(units) for units in quantities]
    is_dearer, is_cheaper = max(changes) > 0, min(changes) < 0
    if is_dearer == is_cheaper:
        return Direction.NONE
    return Direction.UP if is_dearer else Direction.DOWN


def _is_per_event(model: ChargeModel) -> bool:
    return isinstance(model, PercentageModel) and model.is_per_event


def _steps(prepared: Curve | Packages) -> Iterator[int]:
    """The quantities at which a model changes its course, and the smallest above each."""
    if isinstance(prepared, Curve):
        ends = list(prepared.bounds)
    else:
        ends = [prepared.size * count for count in range(1, _PACKAGES + 1)]
    for end in ends:
        yield from (end, end + 1)
