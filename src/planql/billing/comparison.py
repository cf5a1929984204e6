"""What a story expects against what is due, member by member.

Only the members given are compared. Lines are matched by charge, kind, subscription, period and
sign; lines of 0 may be there or not. Numbers compare by value.

Source: DESIGN 2, stories (docs/rules/invoices.md).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import cast

from planql.billing.expectations import ExpectedInvoice, ExpectedLine
from planql.entity import Entity
from planql.money import plain

Json = Mapping[str, object]
_MATCHED = ("id", "subscription", "charge", "kind", "period", "group")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as expected.

    Attributes:
        where: The invoice, and the line.
        expected: What the story says; "" for something unexpected.
        actual: What is due; "" for something missing.
    """

    where: str
    expected: str
    actual: str


def differences(expected: Sequence[ExpectedInvoice], actual: Sequence[Json]) -> list[Difference]:
    """Where the invoices `actual`, as JSON, are not as `expected`."""
    found = []
    for number, (wanted, invoice) in enumerate(zip(expected, actual, strict=False), 1):
        found += list(_invoice(wanted, invoice, f"invoice {number}, {invoice['issued_on']}"))
    for wanted in expected[len(actual) :]:
        found.append(Difference("invoice", f"one of {wanted.issued_on or 'any day'}", ""))
    for invoice in actual[len(expected) :]:
        found.append(Difference("invoice", "", f"one of {invoice['issued_on']}"))
    return found


def _invoice(wanted: ExpectedInvoice, actual: Json, where: str) -> Iterator[Difference]:
    for name in sorted(wanted.model_fields_set - {"lines"}):
        yield from _member(getattr(wanted, name), actual[name], f"{where}: {name}")
    if wanted.lines is not None:
        yield from _lines(wanted.lines, cast("list[Json]", actual["lines"]), where)


def _lines(
    wanted: Sequence[ExpectedLine], actual: Sequence[Json], where: str
) -> Iterator[Difference]:
    left = list(actual)
    for each in wanted:
        match = next((line for line in left if _is_same(each, line)), None)
        if match is not None:
            left.remove(match)
            yield from _line(each, match, f"{where}: {_name(match)}")
        elif each.amount != 0:
            yield Difference(f"{where}: line", _wanted_name(each), "")
    for line in left:
        if Fraction(str(line["amount"])):
            yield Difference(f"{where}: line", "", f"{_name(line)} {line['amount']}")


def _is_same(wanted: ExpectedLine, line: Json) -> bool:
    """Whether `line` is the one meant."""
    named = [name for name in _MATCHED if name in wanted.model_fields_set]
    if not all(_equal(_plain(getattr(wanted, name)), line.get(name)) for name in named):
        return False
    amount = Fraction(str(line["amount"]))
    return wanted.amount is None or amount == 0 or (wanted.amount < 0) == (amount < 0)


def _line(wanted: ExpectedLine, actual: Json, where: str) -> Iterator[Difference]:
    for name in sorted(wanted.model_fields_set - set(_MATCHED)):
        yield from _member(getattr(wanted, name), actual.get(name), f"{where}: {name}")


def _member(wanted: object, actual: object, where: str) -> Iterator[Difference]:
    if not _equal(_plain(wanted), actual):
        yield Difference(where, _text(_plain(wanted)), _text(actual))


def _plain(value: object) -> object:
    """An expected value as it would stand in JSON."""
    match value:
        case Decimal():
            return plain(value)
        case tuple() | list():
            return [_plain(item) for item in value]
        case Entity():
            return {name: _plain(getattr(value, name)) for name in value.model_fields_set}
        case _:
            return value


def _equal(wanted: object, actual: object) -> bool:
    """Whether every member of `wanted` is in `actual`, numbers by value."""
    if isinstance(wanted, Mapping) and isinstance(actual, Mapping):
        return all(_equal(value, actual.get(name)) for name, value in wanted.items())
    if isinstance(wanted, list) and isinstance(actual, list):
        pairs = zip(wanted, actual, strict=False)
        return len(wanted) == len(actual) and all(_equal(*pair) for pair in pairs)
    number = _number(wanted)
    return wanted == actual or (number is not None and number == _number(actual))


def _number(value: object) -> Fraction | None:
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        return None


def _name(line: Json) -> str:
    period = cast("Json", line["period"])
    kind = "" if line["kind"] == "charge" else f" ({line['kind']})"
    return f"{line['charge']}{kind}, {period['start']} to {period['end']}"


def _wanted_name(wanted: ExpectedLine) -> str:
    period = f", {wanted.period.start} to {wanted.period.end}" if wanted.period else ""
    amount = "" if wanted.amount is None else f" {plain(wanted.amount)}"
    return f"{wanted.charge or 'any charge'}{period}{amount}"


def _text(value: object) -> str:
    return "nothing" if value is None else str(value)
