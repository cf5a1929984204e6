"""Charges for curves, and what curves say of each other in a few words."""

from fractions import Fraction

from tests.rating.building import Doc, usage_charge

from planql.catalog.rate_plans import UsageCharge
from planql.simulation.crossings import Crossing, Stretch


def charge_of(document: Doc) -> UsageCharge:
    """The metered charge that a case describes by its model and limits."""
    members = {name: value for name, value in document.items() if name != "model"}
    return usage_charge(document["model"], **members)


def stretch_text(stretch: Stretch) -> str:
    """A stretch as cases write it: "0 equal", "0 < higher <= 10"."""
    if stretch.is_point:
        return f"{stretch.start} {stretch.order}"
    start = "<=" if stretch.includes_start else "<"
    end = "<=" if stretch.includes_end else "<"
    return f"{stretch.start} {start} {stretch.order} {end} {stretch.end}"


def crossing_text(crossing: Crossing) -> str:
    """A crossing as cases write it: "jump 10 higher lower", "equal 0..100 none lower"."""
    place = str(crossing.start)
    if crossing.start != crossing.end:
        place += f"..{crossing.end}"
    return f"{crossing.kind} {place} {crossing.before or 'none'} {crossing.after or 'none'}"


def fractions(texts: list[str]) -> tuple[Fraction, ...]:
    """Numbers of a case."""
    return tuple(map(Fraction, texts))
