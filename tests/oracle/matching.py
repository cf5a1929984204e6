"""Whether two answers say the same: numbers by value, lines of zero optional, in any order."""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

from tests.oracle.numerals import Doc, plain

ONE_TIME = "setup"  # the random one-time charge, whose period no rule gives
TOTALS = ("subtotal", "discount_total", "total", "balance_applied", "amount_due", "balance")


def value(text: object) -> object:
    """Return a decimal string by value, anything else as it is."""
    try:
        return Fraction(text) if isinstance(text, str | int) else text
    except ValueError:
        return text


def agrees(expected: object, actual: object) -> bool:
    """Return whether every member expected is there, numbers compared by value."""
    if isinstance(expected, dict):
        return isinstance(actual, dict) and all(
            name in actual and agrees(wanted, actual[name]) for name, wanted in expected.items()
        )
    if isinstance(expected, list):
        return (
            isinstance(actual, list)
            and len(expected) == len(actual)
            and all(map(agrees, expected, actual))
        )
    return value(expected) == value(actual)


def line_key(line: Doc) -> str:
    """Return what identifies and prices a line, in words."""
    period = line["period"]
    if line["kind"] == "adjustment":
        where = "adjustment"
    elif line["charge"] == ONE_TIME:
        where = ONE_TIME
    else:
        where = f"{line['charge']} {period['start']}..{period['end']}"
    cuts = sorted(
        f"{cut['discount']}:{plain(Fraction(cut['amount']))}"
        for cut in line.get("discounts", [])
        if Fraction(cut["amount"])
    )
    amount = plain(Fraction(line["amount"]))
    return f"{line['subscription']} {where} {line['kind']} {amount} {cuts}"


def worth(lines: Iterable[Doc]) -> Counter[str]:
    """Return the lines that are not zero."""
    return Counter(line_key(line) for line in lines if Fraction(line["amount"]))


def summary(invoice: Doc) -> tuple[object, ...]:
    """Return everything of an invoice that must agree."""
    head = (invoice["issued_on"], invoice["currency"])
    figures = tuple(plain(Fraction(invoice[name])) for name in TOTALS)
    return (*head, figures, tuple(sorted(worth(invoice["lines"]).elements())))


def summaries(answer: Doc) -> object:
    """Return what must agree of a whole answer: an error, or every invoice that is not zero."""
    if "error" in answer:
        return "error"
    return [summary(i) for i in answer["invoices"] if worth(i["lines"])]
