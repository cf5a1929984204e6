"""A rated charge as a person would do the sum on paper.

::

    tier 1                      100 x 50  5,000
    tier 2              30.001 x 45 + 10  1,360.045
    rounded to 0.01                           0.005
    capped at 6,000.00                     -360.05
    -----------------------------------------------
    total                            USD  6,000.00

Owns: the words and the columns.
Does not own: the steps (`planql.rating.steps`): nothing is computed here but the products that
limits per event replaced.

Source: RULES 4.5 (docs/rules/rating.md).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from planql.money import currency_digits, fixed, grouped, plain
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
    *above, last = _aligned([*rows, _last_row("total", currency, rated.total)])
    return "\n".join([*_notes(rated), *above, "-" * max(map(len, (*above, last))), last])


def sum_of(steps: Iterable[Step], currency: str, total: Fraction) -> list[str]:
    """The rows of `steps`, ending with what they come to, in columns."""
    return _aligned([*_step_rows(steps, currency), _last_row("amount", currency, total)])


def _rows(rated: RatedCharge, currency: str) -> Iterator[Row]:
    for line in rated.rating.lines:
        if line.group:
            yield Row(_group_name(line), "", "")
        yield from _step_rows(line.steps, currency)
    yield from _step_rows(rated.closing_steps, currency, rated.rating.amount)


def _step_rows(
    steps: Iterable[Step], currency: str, reached: Fraction = Fraction(0)
) -> Iterator[Row]:
    """A row per step; `reached` is what stands above the first one."""
    for step in steps:
        reached += step.amount
        yield Row(_label(step, currency, reached), _working(step), _figure(step.amount))


def _last_row(label: str, currency: str, total: Fraction) -> Row:
    return Row(label, currency, _money(total, currency))


def _notes(rated: RatedCharge) -> Iterator[str]:
    """The quantity, what is remarkable about it, and the events that do not count."""
    quantity = rated.rating.quantity
    yield f"quantity {'(none)' if quantity is None else _figure(quantity)}"
    yield from dict.fromkeys(line.note for line in rated.rating.lines if line.note)
    for event in rated.rating.rejected_events:
        yield f'event "{event.id}" does not count: {event.reason}'


def _group_name(line: RatedLine) -> str:
    return ", ".join(f"{name} = {value or '(missing)'}" for name, value in line.group)


_LABELS: Final[dict[StepKind, str]] = {
    "included_units": "included",
    "flat": "flat amount",
    "unit": "usage",
    "percentage": "usage",
    "package": "packages",
    "proration": "for part of the period",
    "cap": "capped at",
    "minimum": "up to the minimum of",
    "already_billed": "billed before",
}


def _label(step: Step, currency: str, reached: Fraction) -> str:
    """What the step is; a cap and a minimum name the amount that they lead to."""
    match step.kind:
        case "tier":
            return f"tier {step.tier}"
        case "event":
            return f'event "{step.event}"'
        case "discount":
            return f'discount "{step.discount}"'
        case "rounding":
            return f"rounded to {_money(Fraction(1, 10 ** currency_digits(currency)), currency)}"
        case "cap" | "minimum" as kind:
            return f"{_LABELS[kind]} {_money(reached, currency)}"
        case kind:
            return _LABELS[kind]


def _working(step: Step) -> str:
    if step.quantity is None:
        return ""
    if step.kind == "included_units":
        return f"{_figure(step.quantity)} free"
    return _event_working(step) if step.kind == "event" else _product(step)


def _product(step: Step) -> str:
    """`10 x 5 + 2`, `100 x 2.9 % + 0.3`; `7 for 80` where units have no price of their own."""
    quantity = _text(step.quantity)
    rate = f"{_text(step.percentage)} %" if step.percentage is not None else _text(step.unit_amount)
    if not step.flat_amount:
        return f"{quantity} x {rate}"
    flat = _figure(step.flat_amount)
    return f"{quantity} x {rate} + {flat}" if _is_priced(step) else f"{quantity} for {flat}"


def _is_priced(step: Step) -> bool:
    """Whether each unit adds to the amount."""
    return bool(step.unit_amount or step.percentage)


def _event_working(step: Step) -> str:
    """The product, and what a limit per event made of it."""
    if step.percentage is None:
        return "free"
    worked_out = (step.quantity or 0) * step.percentage / 100 + (step.flat_amount or 0)
    if worked_out == step.amount:
        return _product(step)
    limit = "at least" if worked_out < step.amount else "at most"
    return f"{_product(step)} = {_figure(worked_out)}, {limit} {_figure(step.amount)}"


def _text(number: Fraction | None) -> str:
    return "" if number is None else _figure(number)


def _figure(number: Fraction) -> str:
    return grouped(plain(number))


def _money(amount: Fraction, currency: str) -> str:
    return grouped(fixed(amount, currency_digits(currency)))


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
