"""Which way a price moves when one charge model takes the place of another.

Both models are asked for the amount of the same quantities: zero, one, the ends of all tiers, the
smallest quantity above each, and one far beyond. Between those a model of tiers is a straight line,
so nothing is missed; packages are steps along a line, asked at the steps around each of those.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from planql.catalog.diff.records import Direction
from planql.charge_models import ChargeModel, Curve, Packages, PercentageModel
from planql.charge_models.scales import QUANTITY_SCALE

_FAR: Final = 10**9 * QUANTITY_SCALE


def weigh_models(old: ChargeModel, new: ChargeModel) -> Direction:
    """Up where some quantity costs more and none less; down the other way round; else none.

    Parts per event need events, so of models that have them nothing is said.
    """
    if _is_per_event(old) or _is_per_event(new):
        return Direction.NONE
    before, after = old.prepared(), new.prepared()
    ends = {0, QUANTITY_SCALE, _FAR, *_bounds(before), *_bounds(after)}
    quantities = {*_around(ends, before), *_around(ends, after)}
    changes = [after.amount(units) - before.amount(units) for units in quantities]
    is_dearer, is_cheaper = max(changes) > 0, min(changes) < 0
    if is_dearer == is_cheaper:
        return Direction.NONE
    return Direction.UP if is_dearer else Direction.DOWN


def _is_per_event(model: ChargeModel) -> bool:
    return isinstance(model, PercentageModel) and model.is_per_event


def _bounds(prepared: Curve | Packages) -> tuple[int, ...]:
    """The ends of the tiers; packages have none."""
    return prepared.bounds if isinstance(prepared, Curve) else ()


def _around(ends: Iterable[int], prepared: Curve | Packages) -> Iterator[int]:
    """The quantities at which a model can be farthest from another one, near each end."""
    for end in ends:
        yield from (end, end + 1)
        if isinstance(prepared, Packages):
            below = end // prepared.size * prepared.size
            above = below + prepared.size
            yield from (below, below + 1, above, above + 1)
