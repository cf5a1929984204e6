"""A rated charge as a person would do the sum on paper.

::

    tier 1        100 x 50           5000
    tier 2         30 x 45 + 10      1360
    rounded to USD 0.01                 0.004
    -----------------------------------------
    total                            6360.004

Owns: the words and the columns.
Does not own: the steps (`planql.rating.steps`): nothing is computed here but the products that
limits per event replaced.

Source: RULES 4.5 (docs/rules/rating.md).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from planql.money import currency_digits, fixed, plain
from planql.rating.lines import RatedLine, Step, StepKind
from planql.rating.totals import RatedCharge


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the sum: what it is, how it is worked out, what it comes to."""

    label: str
    working: str
    amount: str


def explain(rated: RatedCharge, currency: str) -> str:
    """The sum, line by line, ending with the total; amounts in `currency`."""
    rows = list(_rows(rated, currency))
    total = Row("total", currency, fixed(rated.total, currency_digits(currency)))
    *above, last = _aligned([*rows, total])
    return "\n".join([*_notes(rated), *above, "-" * max(map(len, (*above, last))), last])


def sum_of(steps: Iterable[Step], currency: str, total: Fraction) -> list[str]:
    """The rows of `steps`, ending with what they come to, in columns."""
    last = Row("amount", currency, fixed(total, currency_digits(currency)))
    return _aligned([*(_row(step, currency) for step in steps), last])


def _rows(rated: RatedCharge, currency: str) -> Iterator[Row]:
    for line in rated.rating.lines:
        if line.group:
            yield Row(_group_name(line), "", "")
        yield from (_row(step, currency) for step in line.steps)
    yield from (_row(step, currency) for step in rated.closing_steps)


def _notes(rated: RatedCharge) -> Iterator[str]:
    """The quantity, what is remarkable about it, and the events that do not count."""
    quantity = rated.rating.quantity
    yield f"quantity {'(none)' if quantity is None else plain(quantity)}"
    yield from dict.fromkeys(line.note for line in rated.rating.lines if line.note)
    for event in rated.rating.rejected_events:
        yield f'event "{event.id}" does not count: {event.reason}'


def _group_name(line: RatedLine) -> str:
    return ", ".join(f"{name} = {value or '(missing)'}" for name, value in line.group)


def _row(step: Step, currency: str) -> Row:
    return Row(_label(step, currency), _working(step), plain(step.amount))


_LABELS: Final[dict[StepKind, str]] = {
    "included_units": "included",
    "flat": "flat amount",
    "unit": "usage",
    "percentage": "usage",
    "package": "packages",
    "proration": "for part of the period",
    "cap": "capped",
    "minimum": "up to the minimum",
    "already_billed": "billed before",
}


def _label(step: Step, currency: str) -> str:
    match step.kind:
        case "tier":
            return f"tier {step.tier}"
        case "event":
            return f'event "{step.event}"'
        case "discount":
            return f'discount "{step.discount}"'
        case "rounding":
            digits = currency_digits(currency)
            return f"rounded to {fixed(Fraction(1, 10**digits), digits)}"
        case kind:
            return _LABELS[kind]


def _working(step: Step) -> str:
    if step.quantity is None:
        return ""
    if step.kind == "included_units":
        return f"{plain(step.quantity)} free"
    return _event_working(step) if step.kind == "event" else _product(step)


def _product(step: Step) -> str:
    """`10 x 5 + 2`, `100 x 2.9 % + 0.3`."""
    rate = f"{plain(step.percentage)} %" if step.percentage is not None else _text(step.unit_amount)
    flat = f" + {plain(step.flat_amount)}" if step.flat_amount else ""
    return f"{_text(step.quantity)} x {rate}{flat}"


def _event_working(step: Step) -> str:
    """The product, and what a limit per event made of it."""
    if step.percentage is None:
        return "free"
    worked_out = (step.quantity or 0) * step.percentage / 100 + (step.flat_amount or 0)
    if worked_out == step.amount:
        return _product(step)
    limit = "at least" if worked_out < step.amount else "at most"
    return f"{_product(step)} = {plain(worked_out)}, {limit} {plain(step.amount)}"


def _text(number: Fraction | None) -> str:
    return "" if number is None else plain(number)


def _aligned(rows: Iterable[Row]) -> list[str]:
    """The rows in columns, amounts aligned at their decimal points."""
    rows = tuple(rows)
    label = max(len(row.label) for row in rows)
    working = max(len(row.working) for row in rows)
    whole = max(len(row.amount.partition(".")[0]) for row in rows)
    return [
        f"{row.label:<{label}}  {row.working:>{working}}  {_pointed(row.amount, whole)}".rstrip()
        for row in rows
    ]


def _pointed(amount: str, width: int) -> str:
    whole, point, decimals = amount.partition(".")
    return f"{whole:>{width}}{point}{decimals}"
