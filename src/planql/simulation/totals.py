"""Sums of revenue, cost and margin in one currency.

Source: RULES 9.2, 9.4 (docs/rules/simulation.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from planql.money import added_up


@dataclass(frozen=True, slots=True)
class Totals:
    """What something earned and cost over some days, in major units of one currency.

    Attributes:
        currency: Of every amount; totals of different currencies never meet.
        revenue: At the currency's digits, of either sign.
        cost: Exact, not rounded; None where a part of it is unknown, and where nothing has a unit
            cost (fees): then `missing` is empty, and all revenue is margin.
        missing: Why the cost is unknown, each reason once; empty where it is known.
    """

    currency: str
    revenue: Fraction
    cost: Fraction | None
    missing: tuple[str, ...] = ()

    @property
    def margin(self) -> Fraction | None:
        """Revenue less cost; None where a part of the cost is unknown."""
        return None if self.missing else self.revenue - (self.cost or 0)

    @property
    def margin_percentage(self) -> Fraction | None:
        """Margin in percent of revenue, exact; None without revenue or with an unknown cost.

        Of revenue below 0 there is no share either: a loss would look like a profit.
        """
        margin = self.margin
        return None if margin is None or self.revenue <= 0 else margin / self.revenue * 100

    def times(self, count: int) -> "Totals":
        """The same for `count` of them."""
        cost = None if self.cost is None else self.cost * count
        return Totals(self.currency, self.revenue * count, cost, self.missing)


def in_all(parts: Iterable[Totals]) -> tuple[Totals, ...]:
    """The sums of `parts`, one for each currency, in the order in which currencies come up."""
    by_currency: dict[str, list[Totals]] = {}
    for part in parts:
        by_currency.setdefault(part.currency, []).append(part)
    return tuple(_sum(currency, same) for currency, same in by_currency.items())


def _sum(currency: str, parts: list[Totals]) -> Totals:
    revenue = added_up(part.revenue for part in parts)
    missing = tuple(dict.fromkeys(reason for part in parts for reason in part.missing))
    known = [part.cost for part in parts if part.cost is not None]
    cost = added_up(known) if known and not missing else None
    return Totals(currency, revenue, cost, missing)
