"""Changes of a catalog in words, for every form in which they are printed."""

from decimal import Decimal
from typing import Final

from planql.catalog.diff import Change, ChangeClass, Event, Measure, ObjectDiff, Side
from planql.catalog.frozen_warnings import percent_text
from planql.catalog.rate_plans import RatePlan
from planql.catalog.snapshot import Catalog
from planql.cli.reporters.money_text import money_text, quantity_text
from planql.cli.reporters.plan_text import charge_unit
from planql.cli.reporters.price_text import PriceTeller

WORDS: Final = {
    ChangeClass.BREAKING: "breaking",
    ChangeClass.PRICE_UP: "price up",
    ChangeClass.PRICE_DOWN: "price down",
    ChangeClass.NEUTRAL: "neutral",
    ChangeClass.COSMETIC: "cosmetic",
}
"""What people call a class."""

NONE: Final = "—"
"""What stands for a value that is not there."""


def title(found: ObjectDiff) -> str:
    """A document and what happened to it: "support-pro v3 (new, follows v2)"."""
    name = found.key if found.noun == "rate-plan" else f"{found.noun} {found.key}".strip()
    version = f" v{found.version}" if found.version else ""
    happened = _happened(found)
    return f"{name}{version}" + (f" ({happened})" if happened else "")


def _happened(found: ObjectDiff) -> str:
    if found.event is Event.CHANGED:
        return ""
    words = {Event.ADDED: "new", Event.REMOVED: "removed", Event.PUBLISHED: "published"}
    plan = found.head.entity if found.head else None
    is_draft = isinstance(plan, RatePlan) and plan.status == "draft"
    happened = words[found.event] + (" draft" if is_draft else "")
    return f"{happened}, follows v{found.follows}" if found.follows else happened


def place(found: ObjectDiff) -> str:
    """The file of a document."""
    document = found.head or found.base
    return document.path if document else ""


def value(change: Change, side: Side | None) -> str:
    """A value as people read it: "$50.00", "1,000", "2.9 %"."""
    if side is None:
        return NONE
    match change.measure:
        case Measure.AMOUNT:
            return money_text(Decimal(side.text), change.currency)
        case Measure.QUANTITY | Measure.COUNT:
            return quantity_text(Decimal(side.text))
        case Measure.PERCENTAGE:
            return f"{side.text} %"
        case _:
            return shown(" ".join(side.text.split()))


def what(change: Change) -> str:
    """What changed, as it is shown."""
    return shown(change.what)


def shown(text: str) -> str:
    """Text of a catalog, with escapes for what a terminal would obey."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)


def percent(change: Change) -> str:
    """The change in percent, with its sign and one decimal; "" where there is none."""
    return "" if change.percent is None else percent_text(change.percent)


def lines(change: Change) -> str:
    """Where both values are written: "v2.json:18 → v3.json:18"; one file is named once."""
    old, new = _line(change.old), _line(change.new)
    if change.old and change.new and change.old.path == change.new.path:
        same = change.old.line == change.new.line
        return old if same else f"{old} → {change.new.line}"
    return " → ".join(filter(None, [old, new]))


def _line(side: Side | None) -> str:
    return f"{side.path.rpartition('/')[2]}:{side.line}" if side and side.path else ""


def counts_text(counts: dict[ChangeClass, int]) -> str:
    """How many changes there are of each class: "1 breaking, 2 price up"."""
    found = [f"{number} {WORDS[kind]}" for kind, number in counts.items() if number]
    return ", ".join(found) or "no changes"


def prices(found: ObjectDiff, head: Catalog) -> list[tuple[str, str]]:
    """The charges of a plan that is new, each with its price in words; else nothing."""
    plan = found.head.entity if found.head else None
    if found.follows or found.event is Event.CHANGED or not isinstance(plan, RatePlan):
        return []
    return [
        (charge.key, "; ".join(PriceTeller(plan.currency, charge_unit(charge, head)).lines(charge)))
        for charge in plan.charges
    ]
