"""Discounts of one subscription: scopes in order, each rounded, split, and kept in its period."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from tests.oracle.contract import State, find_discount
from tests.oracle.lines import Line
from tests.oracle.numerals import Doc, RefusedError, money, number, round_money, share

ZERO = Fraction(0)
SCOPES = ("charges", "rate_plan", "invoice")


@dataclass
class Ledger:
    """What the discounts of one subscription have used so far."""

    catalog: Doc
    first: dict[str, int] = field(default_factory=dict)
    left: dict[str, Fraction] = field(default_factory=dict)
    given_in: dict[int, int] = field(default_factory=dict)
    period: int = 0

    def open_period(self) -> None:
        """Begin a billing period: every fixed amount is whole again."""
        self.period += 1
        self.left.clear()

    def fresh(self) -> None:
        """Make every fixed amount whole again inside the same period."""
        self.left.clear()

    def covers(self, discount: Doc) -> bool:
        """Return whether the duration still covers the running period."""
        duration = discount.get("duration", {"type": "forever"})
        first = self.first.get(discount["key"], self.period)
        cycles = {"once": 1, "forever": 10**9}.get(duration["type"]) or duration["cycles"]
        return bool(self.period < first + cycles)

    def give_back(self, made: Sequence[tuple[Line, Fraction]]) -> None:
        """Return the credited share of fixed discounts given in this period, unrounded."""
        for credit, unused in made:
            line = credit.gives_back
            if line is None or self.given_in.get(id(line)) != self.period:
                continue
            for key, _, cut in line.discounts:
                if key in self.left:
                    self.left[key] += cut * unused

    def remember(self, lines: Iterable[Line]) -> None:
        """Note in which period these lines were discounted."""
        for line in lines:
            self.given_in[id(line)] = self.period


def applicable(
    catalog: Doc, state: State, lines: Sequence[Line]
) -> list[tuple[Doc, list[Line], bool]]:
    """Return each discount with the lines it may act on, automatic ones first."""
    automatic: dict[str, list[Line]] = {}
    for line in lines:
        own: Doc = next((c for c in line.plan["charges"] if c["key"] == line.charge), {})
        for key in own.get("discounts", []):
            automatic.setdefault(key, []).append(line)
    for line in lines:
        for key in line.plan.get("discounts", []):
            automatic.setdefault(key, []).append(line)
    found = [(find_discount(catalog, key), mine, True) for key, mine in automatic.items()]
    redeemed = [key for key in state.discounts if key not in automatic]
    return found + [(find_discount(catalog, key), list(lines), False) for key in redeemed]


def in_scope(discount: Doc, line: Line) -> bool:
    """Return whether a line is of a kind and charge that the discount's scope reaches."""
    if line.amount <= 0 or line.kind in ("credit", "adjustment"):
        return False
    if discount.get("scope", "invoice") != "charges":
        return True
    listed = discount["charges"]
    named = line.charge in listed or f"{line.plan['key']}/{line.charge}" in listed
    return named and line.kind != "minimum"


def _cut(ledger: Ledger, discount: Doc, base: Fraction, currency: str) -> Fraction:
    if discount["type"] == "percentage":
        return min(round_money(base * number(discount["percentage"]) / 100, currency), base)
    key = discount["key"]
    if currency not in discount["amounts"]:
        raise RefusedError(f"{key} has no amount in {currency}")
    whole = money(discount["amounts"][currency], currency)
    left = ledger.left.setdefault(key, whole)
    cut = round_money(max(min(left, base), ZERO), currency)
    ledger.left[key] = max(left - cut, ZERO)
    return cut


def apply_scope(
    ledger: Ledger, state: State, lines: Sequence[Line], scope: str, currency: str
) -> None:
    """Apply the discounts of one scope: percentages first, automatic before redeemed."""
    found = [
        item
        for item in applicable(ledger.catalog, state, lines)
        if item[0].get("scope", "invoice") == scope and item[0]["type"] != "free_units"
    ]
    found.sort(key=lambda item: (item[0]["type"] != "percentage", not item[2]))
    for discount, mine, _ in found:
        chosen = [line for line in mine if in_scope(discount, line) and line.net > 0]
        base = sum((line.net for line in chosen), ZERO)
        if base <= 0 or not ledger.covers(discount):
            continue
        ledger.first.setdefault(discount["key"], ledger.period)
        cut = _cut(ledger, discount, base, currency)
        parts = share(cut, [line.net for line in chosen], currency)
        for line, one in zip(chosen, parts, strict=True):
            if one:
                line.discounts.append((discount["key"], scope, one))


def free_units(ledger: Ledger, state: State, plan: Doc, charge: Doc) -> Fraction:
    """Return the units that discounts add to the included ones of a charge."""
    total = ZERO
    listed = [*plan.get("discounts", []), *charge.get("discounts", []), *state.discounts]
    for key in dict.fromkeys(listed):
        discount = find_discount(ledger.catalog, key)
        names = (charge["key"], f"{plan['key']}/{charge['key']}")
        if discount["type"] == "free_units" and any(n in discount["charges"] for n in names):
            total += number(discount["units"])
    return total
