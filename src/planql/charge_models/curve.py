"""The curve: what all models but `package` are, an intercept and a slope for each tier.

::

    amount                                  amount
      |           .-'  graduated              |        |   .-'  volume
      |       .-'  |                          |    .-' | -'  |
      |   .-'      |                          | .-'    |     |
      +------------|---------- quantity       +--------|---------- quantity
                 bound (inclusive)                   bound (inclusive)

Owns: the arithmetic of tiers, with integers at the static scales.
Does not own: which parameters make which curve (each model's module).

Source: RULES 4 (docs/rules/charge-models.md).
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from planql.charge_models.scales import Scaled

CurveKind = Literal["flat", "unit", "tier", "percentage"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A tier, prepared.

    Attributes:
        up_to: Last quantity in it, inclusive, in units of 10**-12; None when it is open.
        slope: Price of a unit, in units of 10**-14.
        flat: Flat amount, in units of 10**-26.
    """

    up_to: int | None
    slope: int
    flat: int


@dataclass(frozen=True, slots=True)
class Curve:
    """An amount for every quantity, piecewise linear.

    Attributes:
        kind: What a step of it is called.
        shares: Whether slopes are ratios of an amount, which people read as percentages.
        fills: Whether units fill the tiers in order (graduated) or one tier prices all (volume).
        segments: The tiers in order; the last one is open.
        bounds: Where all segments but the last end, inclusive.
        intercepts: What to add to slope x quantity in each segment, in units of 10**-26.
        at_zero: The amount at quantity 0 and below, in units of 10**-26.
    """

    kind: CurveKind
    shares: bool
    fills: bool
    segments: tuple[Segment, ...]
    bounds: tuple[int, ...]
    slopes: tuple[int, ...]
    intercepts: tuple[int, ...]
    at_zero: int

    def amount(self, units: Scaled) -> Scaled:
        """The unrounded amount, in units of 10**-26, of `units`, in units of 10**-12.

        A quantity exactly at a bound lies in the tier that ends there.
        """
        if units <= 0:
            return self.at_zero
        tier = bisect_left(self.bounds, units)
        return self.intercepts[tier] + self.slopes[tier] * units


def straight(kind: CurveKind, *, slope: int = 0, flat: int = 0) -> Curve:
    """One open segment whose flat part is due at quantity 0 as well."""
    return Curve(
        kind=kind,
        shares=kind == "percentage",
        fills=False,
        segments=(Segment(None, slope, flat),),
        bounds=(),
        slopes=(slope,),
        intercepts=(flat,),
        at_zero=flat,
    )


def tiered(
    segments: Sequence[Segment], *, fills: bool, flat_at_zero: bool, shares: bool = False
) -> Curve:
    """The curve of tiers in ascending order, of which only the last is open."""
    return Curve(
        kind="tier",
        shares=shares,
        fills=fills,
        segments=tuple(segments),
        bounds=tuple(segment.up_to for segment in segments if segment.up_to is not None),
        slopes=tuple(segment.slope for segment in segments),
        intercepts=_prefix_sums(segments) if fills else tuple(part.flat for part in segments),
        at_zero=segments[0].flat if flat_at_zero else 0,
    )


def _prefix_sums(segments: Sequence[Segment]) -> tuple[int, ...]:
    """Per tier: the tiers below it in full, its flat amount, less its slope up to its start."""
    intercepts = []
    below, start = 0, 0
    for segment in segments:
        intercepts.append(below + segment.flat - segment.slope * start)
        if segment.up_to is not None:
            below += segment.flat + segment.slope * (segment.up_to - start)
            start = segment.up_to
    return tuple(intercepts)
