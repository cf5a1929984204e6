"""From scenarios and customers compared to the impact as a whole: sums, headlines, sentences.

Source: RULES 7.9, 9.4, 10 (docs/rules/impact.md).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from planql.catalog.diff import CatalogDiff
from planql.catalog.snapshot import Catalog
from planql.impact.figures import summed
from planql.impact.movements import movements
from planql.impact.reasons import unlisted_discounts
from planql.impact.results import (
    CustomerImpact,
    CustomersImpact,
    Gap,
    Headline,
    Impact,
    PlanPair,
    ScenarioImpact,
)
from planql.impact.scenarios import gaps_of
from planql.periods import Period


def customers_impact(
    lines: Iterable[CustomerImpact], months: tuple[Period, ...], notes: Sequence[str] = ()
) -> CustomersImpact:
    """What was found of real customers, added up."""
    found = tuple(sorted(lines, key=lambda line: (line.customer, line.subscription, line.plan.key)))
    return CustomersImpact(months, found, movements(found), reach_of(found), tuple(notes))


def impact_of(  # noqa: PLR0913 - a change, a day, and what was compared
    diff: CatalogDiff,
    head: Catalog,
    as_of: date,
    *,
    months: tuple[Period, ...],
    plans: tuple[PlanPair, ...],
    scenarios: tuple[ScenarioImpact, ...],
    customers: CustomersImpact | None,
    asked_for: Collection[str] = (),
) -> Impact:
    """All that was compared, with its headlines and what is missing.

    Args:
        diff: What differs between the two catalogs.
        head: The catalog now.
        as_of: The local day on which this is asked.
        months: Those that scenarios were compared over.
        plans: The touched plans.
        scenarios: What was found of them.
        customers: What was found of real customers.
        asked_for: Keys of plans that were named, touched or not.
    """
    reason = "nothing that sets its price or its cost changed"
    untouched = sorted({*asked_for} - {pair.key for pair in plans})
    gaps = [Gap(f'rate plan "{key}"', reason) for key in untouched]
    for pair in plans:
        gaps += gaps_of(pair, [each for each in scenarios if each.plan.key == pair.key])
    return Impact(
        as_of,
        months,
        plans,
        scenarios,
        customers,
        (*_of_scenarios(scenarios), *_of_customers(customers)),
        tuple(gaps),
        tuple(_notes(diff, head, is_touched=bool(plans or asked_for))),
    )


def _of_scenarios(scenarios: Sequence[ScenarioImpact]) -> Iterator[Headline]:
    compared = [(each, each.per_month) for each in scenarios]
    totals = summed(difference for _, difference in compared if difference)
    for total in totals:
        customers = sum(
            each.customers
            for each, difference in compared
            if difference and difference.currency == total.currency
        )
        yield Headline("scenarios", total, customers)


def _of_customers(customers: CustomersImpact | None) -> Iterator[Headline]:
    for movement in customers.movements if customers else ():
        yield Headline("customers", movement.per_month, len(movement.changes))


def _notes(diff: CatalogDiff, head: Catalog, *, is_touched: bool) -> Iterator[str]:
    if not is_touched:
        yield "nothing that sets a price or a cost changed"
    for key in unlisted_discounts(diff, head):
        yield f'discount "{key}" changed, and no plan lists it: who redeemed it is not compared'


def reach_of(lines: Sequence[CustomerImpact]) -> str:
    """Whom the change reaches by itself, whom a migration moves and when, and whom nobody does."""
    if not lines:
        return "no customer is on a touched plan"
    at_once = [each for each in lines if each.comparison.before.version == _after(each)]
    moved = [each for each in lines if each.moves and each not in at_once]
    rest = len(lines) - len(at_once) - len(moved)
    parts = [*_at_once(at_once), *_moved(moved), *_staying(rest, len(lines))]
    return "; ".join(parts)


def _after(line: CustomerImpact) -> int | None:
    return line.comparison.after.version


def _at_once(lines: Sequence[CustomerImpact]) -> Iterator[str]:
    if lines:
        yield f"the change reaches {_subscriptions(len(lines))} at once, whose version it changes"


def _moved(lines: Sequence[CustomerImpact]) -> Iterator[str]:
    days = sorted(each.moves.on for each in lines if each.moves)
    if days:
        when = f"on {days[0]}" if days[0] == days[-1] else f"from {days[0]} to {days[-1]}"
        yield f"a migration moves {_subscriptions(len(days))} {when}"


def _staying(rest: int, of: int) -> Iterator[str]:
    """Those who keep what they have until they move themselves."""
    if rest:
        who = "nobody" if rest == of else f"none of the other {_subscriptions(rest)}"
        yield f"no migration moves them, so the change reaches {who} until they move"


def _subscriptions(count: int) -> str:
    return f"{count} subscription" + ("" if count == 1 else "s")
