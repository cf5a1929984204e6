"""The sentences of a comment: the headline, who moves, amounts with their sign.

Owns: words; everything that a catalog says is escaped here or in `diff_markdown.literal`.
Does not own: what is said (`planql.impact.review`), where it stands (`comment_markdown`).
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from planql.catalog.frozen_warnings import percent_text
from planql.catalog.migrations import Migration
from planql.cli.reporters import change_text
from planql.cli.reporters.diff_markdown import literal
from planql.cli.reporters.money_text import money_text
from planql.cli.reporters.nouns import counted
from planql.impact.figures import Difference
from planql.impact.results import Comparison, CustomersImpact, PlanPair
from planql.impact.review_records import Review, Row, Standing
from planql.money import fixed, round_amount, round_half_away

MOST_NAMED: Final = 3
"""Plans that a headline names; more are counted."""

LONGEST: Final = 80
"""Most characters of a text of the catalog in a cell."""
LONGEST_SENTENCE: Final = 400
"""Most characters of a sentence that may quote the catalog."""

NONE: Final = "—"
"""What stands for a figure that is not there."""

_MOVED: Final = "invoices of every plan move"

_NO_BREAK: Final = "\N{NO-BREAK SPACE}"


def shown(text: str, most: int = LONGEST) -> str:
    """Text of a catalog as Markdown, on one line, of at most `most` characters before escaping."""
    flat = change_text.shown(" ".join(text.split()))
    return literal(flat if len(flat) <= most else flat[: most - 1] + "…")


def code(text: str) -> str:
    """A key or a path in the letters of code, whatever is in it."""
    return f"<code>{shown(text)}</code>"


def money(amount: Fraction, currency: str) -> str:
    """An amount to the digits of its currency, the sign before the symbol: "-$5.00"."""
    rounded = round_amount(amount, currency)
    return ("-" if rounded < 0 else "") + money_text(abs(rounded), currency)


def signed(amount: Fraction, currency: str) -> str:
    """A change of an amount, with its sign: "+$5.00"; "no change" for none."""
    if round_amount(amount, currency) == 0:
        return "no change"
    return ("+" if amount > 0 else "") + money(amount, currency)


def ratio(percentage: Fraction | None) -> str:
    """A share in percent with one decimal: "61.2 %"."""
    if percentage is None:
        return NONE
    return f"{fixed(round_half_away(percentage, 1), 1)}{_NO_BREAK}%"


def increase(percentage: Fraction) -> str:
    """A change in percent with its sign and one decimal: "+5.0 %"."""
    return percent_text(percentage).replace(" ", _NO_BREAK)


def from_to(before: str, after: str) -> str:
    """Two values in a cell, that stay on one line."""
    return f"{before}{_NO_BREAK}→{_NO_BREAK}{after}"


def in_percent(difference: Difference) -> str:
    """The change of revenue in percent, in brackets; "" where there is none."""
    percentage = difference.revenue_percentage
    return "" if percentage is None else f" ({increase(percentage)})"


def versions(pair: PlanPair, before: Sequence[int] = ()) -> str:
    """A plan and the versions that are compared: "support-pro v2 → v3".

    Args:
        pair: The plan.
        before: Where there are several before, or others than the plan's: these.
    """
    olds = before or ([pair.before.entity.version] if pair.before else [])
    old = ", ".join(f"v{version}" for version in olds)
    new = f"v{pair.after.entity.version}" if pair.after else NONE
    return f"<b>{shown(pair.key)}</b> {new if old in {'', new} else from_to(old, new)}"


def headline(review: Review) -> str:
    """The one sentence that says it all."""
    match review.standing:
        case Standing.UNREADABLE:
            return "❌ **The catalogs could not be compared.**"
        case Standing.INVALID:
            errors = counted(len(review.problems), "error")
            return f"❌ **This catalog has {errors}** and cannot be merged as it is."
        case Standing.INCOMPARABLE:
            errors = counted(len(review.problems), "error")
            return (
                f"The catalog of this pull request is valid, but **the one it is compared with has "
                f"{errors}**: what changes in prices is not known."
            )
        case Standing.UNCHANGED:
            return "No price changes here. 👍"
        case _ if review.impact is None:
            return f"No price changes here, but **{_listed(list(_besides(review)))}**."
        case _:
            moved = [f"**{_MOVED}**"] if review.moves_invoices else []
            return "; ".join([_earnings(review), *_reach(review), *moved]) + "."


def _besides(review: Review) -> Iterator[str]:
    """What changes beside prices, and should not go unnoticed."""
    if review.loosens_guardrails:
        yield "a guardrail is loosened"
    if review.moves_invoices:
        yield _MOVED


def _earnings(review: Review) -> str:
    """Who earns how much more or less per month."""
    plans = review.impact.plans if review.impact else ()
    totals = _totals(review)
    if not totals:
        return _without_totals(plans, review.rows)
    verb = "earns" if len(plans) == 1 else "earn"
    scenarios = {row.scenario for row in review.rows if row.scenario and row.difference}
    under = f" under {counted(len(scenarios), 'scenario')}" if scenarios else ""
    return f"{_named(plans)} {verb} {_earned(totals)}{under}{_margins(totals, review)}"


def _earned(totals: Sequence[Difference]) -> str:
    moved = [each for each in totals if round_amount(each.revenue, each.currency)]
    still = [each.currency for each in totals if each not in moved]
    if not moved:
        return "as much as before"
    same = [f"as much as before in {', '.join(still)}"] if still else []
    return _listed([*map(_more_or_less, moved), *same])


def _totals(review: Review) -> list[Difference]:
    """The totals of the scenarios, else those of real customers; one for each currency."""
    found = review.impact.headlines if review.impact else ()
    scenarios = [each.per_month for each in found if each.of == "scenarios"]
    return scenarios or [each.per_month for each in found]


def _more_or_less(total: Difference) -> str:
    word = "more" if total.revenue > 0 else "less"
    return f"{money(abs(total.revenue), total.currency)} {word} per month{in_percent(total)}"


def _margins(totals: Sequence[Difference], review: Review) -> str:
    """Where no revenue changes: what becomes of the margin, and of which it is not known."""
    if review.is_public or any(each.revenue for each in totals):
        return ""
    moved = [signed(each.margin, each.currency) for each in totals if each.margin]
    unknown = [each.currency for each in totals if each.margin is None]
    if not moved:
        return ""
    text = f"; the margin changes by {_listed(moved)} per month"
    return f"{text}, in {_listed(unknown)} it is not known" if unknown else text


def _without_totals(plans: Sequence[PlanPair], rows: Sequence[Row]) -> str:
    """What is said where nothing can be compared: what is new, what is gone."""
    new = [row for row in rows if row.after and not row.before]
    if new and len(plans) == 1:
        sums: dict[str, Fraction] = {}
        for after in (row.after for row in new if row.after):
            sums[after.currency] = sums.get(after.currency, Fraction(0)) + after.revenue
        earned = _listed([money(amount, currency) for currency, amount in sums.items()])
        under = counted(len({row.scenario for row in new}), "scenario")
        return f"{_named(plans)} is new and would earn {earned} per month under {under}"
    if not plans:
        return "Prices change that no plan lists; whom that reaches is not known"
    verb = "changes" if len(plans) == 1 else "change"
    return f"{_named(plans)} {verb}; what that does to revenue is not known"


def _named(plans: Sequence[PlanPair]) -> str:
    """The plans by name, or how many they are."""
    if len(plans) > MOST_NAMED:
        return f"**{counted(len(plans), 'plan')}** together"
    return _listed([f"**{shown(_label(pair))}**" for pair in plans])


def _listed(parts: Sequence[str]) -> str:
    """At least one part, as a sentence lists them: "a, b and c"."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def _label(pair: PlanPair) -> str:
    document = pair.after or pair.before
    return f"{pair.key} v{document.entity.version}" if document else pair.key


def _reach(review: Review) -> Iterator[str]:
    """How many customers would pay more and less, and who is moved."""
    customers = review.impact.customers if review.impact else None
    if customers is not None and customers.movements:
        yield _payers(customers)
    yield from _moved(review, customers)


def _payers(customers: CustomersImpact) -> str:
    more, less = (len(_who_pays(customers, sign)) for sign in (1, -1))
    if not more and not less:
        return "no customer would pay more or less"
    return f"{counted(more, 'customer')} would pay more, {less:,} less"


def _who_pays(customers: CustomersImpact, sign: int) -> set[str]:
    """The customers who would pay more, for 1, or less, for -1."""
    changes = (each for movement in customers.movements for each in movement.changes)
    return {each.customer for each in changes if each.per_month.revenue * sign > 0}


def _moved(review: Review, customers: CustomersImpact | None) -> Iterator[str]:
    plans = review.impact.plans if review.impact else ()
    drafts = [pair for pair in plans if pair.after and pair.after.entity.status == "draft"]
    if drafts and len(drafts) == len(plans):
        yield "it is a draft, so nobody pays it yet" if len(plans) == 1 else "all are drafts"
    elif customers is not None and customers.lines:
        yield from _reach_of(customers)
    elif review.moves:
        more = len(review.moves) - MOST_NAMED
        yield from map(move_text, review.moves[:MOST_NAMED])
        if more > 0:
            yield f"{counted(more, 'more migration')}"
    elif any(_replaces(pair) for pair in plans):
        yield "nobody is moved yet"


def _reach_of(customers: CustomersImpact) -> Iterator[str]:
    """Whom it reaches; in short where it is nobody, and nothing where no bill changes."""
    at_once = [_is_at_once(line.comparison) for line in customers.lines]
    if not any(at_once) and not any(line.moves for line in customers.lines):
        yield "nobody is moved yet"
    elif not all(at_once) or any(_who_pays(customers, sign) for sign in (1, -1)):
        yield literal(customers.reach)


def _is_at_once(comparison: Comparison) -> bool:
    """Whether it changes the version that a customer is on."""
    return comparison.before.version == comparison.after.version


def _replaces(pair: PlanPair) -> bool:
    """Whether a new version takes the place of an older one, which subscribers stay on."""
    if pair.before is None or pair.after is None:
        return False
    return pair.before.entity.version != pair.after.entity.version


def move_text(migration: Migration) -> str:
    """Whom a migration moves, and when."""
    when = (
        f"at their next period from {migration.announced_on} on"
        if migration.at == "next_period"
        else f"on {migration.at}"
    )
    who = f"{shown(migration.rate_plan)} v{migration.from_version}"
    return f"subscribers of {who} move to v{migration.to_version} {when}"
