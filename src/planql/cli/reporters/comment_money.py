"""The sections of a comment about money: plans, months, customers, what is not known."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from planql.cli.reporters.comment_layout import Part, Section, Table
from planql.cli.reporters.comment_text import (
    LONGEST_SENTENCE,
    NONE,
    code,
    from_to,
    in_percent,
    money,
    ratio,
    shown,
    signed,
    versions,
)
from planql.cli.reporters.impact_words import bar, bucket_text, months_text
from planql.cli.reporters.nouns import counted
from planql.impact.figures import Difference
from planql.impact.results import Headline, Impact, Movement, ScenarioImpact
from planql.impact.review_records import Mover, Movers, Review, Row
from planql.simulation.totals import Totals

_REVENUE_COLUMNS: Final = (">revenue before", ">after")


def plans_section(review: Review) -> Section | None:
    """Every plan under every scenario, and with its real customers: the table to read first."""
    impact = review.impact
    if not review.rows or impact is None:
        return None
    columns = ("plan", "for", *_REVENUE_COLUMNS, ">change", *_margin_columns(review))
    rows = tuple(_rows(review, impact))
    notes = dict.fromkeys(_notes(review, impact))
    text = " ".join(f"{shown(note, LONGEST_SENTENCE)}." for note in notes)
    parts = (Part(table=Table(columns, rows)), Part(f"<sub>{text}</sub>"))
    return Section("", parts, importance=100, is_folded=False)


def _rows(review: Review, impact: Impact) -> Iterator[tuple[str, ...]]:
    """Scenarios and what they come to, then real customers and what these come to."""
    for of in ("scenarios", "customers"):
        same = [row for row in review.rows if bool(row.scenario) == (of == "scenarios")]
        yield from (_plan_row(row, review) for row in same)
        for headline in impact.headlines:
            parts = [row for row in same if _is_part(row, headline)]
            if headline.of == of and len(parts) > 1:
                yield _total_row(headline, sum(row.customers for row in parts), review)


def _total_row(headline: Headline, customers: int, review: Review) -> tuple[str, ...]:
    """What several rows of one currency come to."""
    total = headline.per_month
    who = "all scenarios" if headline.of == "scenarios" else "all real usage"
    cells = (
        f"<b>{headline.currency}</b>",
        f"{who}, {counted(customers, 'customer')}",
        *_revenues(total.before, total.after),
        _change(total),
    )
    return cells if review.is_public else (*cells, _margins(total.before, total.after))


def _is_part(row: Row, headline: Headline) -> bool:
    """Whether a row is of the headline's currency and has a difference."""
    return row.difference is not None and row.difference.currency == headline.currency


def _notes(review: Review, impact: Impact) -> Iterator[str]:
    """What the figures mean, and what else a reader should know of them."""
    yield f"Per month: the average of {months_text(impact.months)}"
    if impact.customers and impact.customers.months:
        days = months_text(impact.customers.months)
        yield f"Real usage: that of {days}, as if everyone were on the new version"
    plans = impact.plans
    by_note: dict[str, list[str]] = {}
    for key, note in ((pair.key, note) for pair in plans for note in pair.notes):
        by_note.setdefault(note, []).append(key)
    for note, keys in by_note.items():
        yield _capitalised(note) + (f" ({', '.join(keys)})" if len(plans) > 1 else "")
    for row in review.rows:
        yield from map(_capitalised, row.notes)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _margin_columns(review: Review) -> tuple[str, ...]:
    return () if review.is_public else (">margin",)


def _plan_row(row: Row, review: Review) -> tuple[str, ...]:
    before, after, difference = row.before, row.after, row.difference
    change = shown(row.unknown) if difference is None else _change(difference)
    cells = (versions(row.plan, row.versions), _who(row), *_revenues(before, after), change)
    return cells if review.is_public else (*cells, _margins(before, after))


def _who(row: Row) -> str:
    customers = counted(row.customers, "customer")
    return f"{code(row.scenario)}, {customers}" if row.scenario else f"real usage of {customers}"


def _revenues(before: Totals | None, after: Totals | None) -> tuple[str, str]:
    return _revenue(before), _revenue(after)


def _revenue(totals: Totals | None) -> str:
    return money(totals.revenue, totals.currency) if totals else NONE


def _change(difference: Difference) -> str:
    text = signed(difference.revenue, difference.currency)
    return text + in_percent(difference) if difference.revenue else text


def _margins(before: Totals | None, after: Totals | None) -> str:
    return from_to(*(ratio(each.margin_percentage) if each else NONE for each in (before, after)))


def months_section(review: Review) -> Section | None:
    """Each scenario by month."""
    scenarios = review.impact.scenarios if review.impact else ()
    parts = [_months(each, review) for each in scenarios if each.comparison.difference]
    return Section("By month", tuple(parts), importance=10) if parts else None


def _months(scenario: ScenarioImpact, review: Review) -> Part:
    columns = ("month", *_REVENUE_COLUMNS, ">change", *_margin_columns(review))
    rows = tuple(_month_rows(scenario, review))
    customers = counted(scenario.customers, "customer")
    text = f"{versions(scenario.plan)}, {code(scenario.scenario)}: {shown(scenario.name)}"
    return Part(f"{text} ({customers})", Table(columns, rows))


def _month_rows(scenario: ScenarioImpact, review: Review) -> Iterator[tuple[str, ...]]:
    comparison = scenario.comparison
    months = [
        (month, difference.times(scenario.customers))
        for place, month in enumerate(comparison.months)
        if (difference := comparison.month(place)) is not None
    ]
    for month, both in months:
        before, after = both.before, both.after
        cells = (f"{month.start:%Y-%m}", *_revenues(before, after), _change(both))
        yield cells if review.is_public else (*cells, _margins(before, after))


def movers_section(review: Review) -> Section | None:
    """The customers whose bills change most, by currency."""
    parts = [part for movers in review.movers for part in _movers(movers)]
    return (
        Section("Customers whose bills change most", tuple(parts), importance=30) if parts else None
    )


def _movers(movers: Movers) -> Iterator[Part]:
    columns = ("customer", *_REVENUE_COLUMNS, ">change", "moved")
    currency = movers.movement.currency
    for word, found in (("more", movers.up), ("less", movers.down)):
        if found:
            table = Table(columns, tuple(map(_mover_row, found)))
            yield Part(f"Would pay **{word}** ({currency}):", table)


def _mover_row(mover: Mover) -> tuple[str, ...]:
    difference, move = mover.per_month, mover.move
    moved = f"on {move.on} to v{move.to_version}" if move else "not yet"
    revenues = _revenues(difference.before, difference.after)
    return code(mover.name), *revenues, _change(difference), moved


def distribution_section(review: Review) -> Section | None:
    """How many customers change by how much: a bar each."""
    parts = [_histogram(movers.movement) for movers in review.movers if movers.movement.changes]
    title = "How the change is distributed over customers"
    return Section(title, tuple(parts), importance=35) if parts else None


def _histogram(movement: Movement) -> Part:
    """Bars from the first bucket with customers to the last one."""
    buckets = movement.percentages
    filled = [place for place, bucket in enumerate(buckets) if bucket.customers]
    found = buckets[filled[0] : filled[-1] + 1] if filled else ()
    labels = [f"{bucket_text(bucket)} %" for bucket in found]
    width = max(map(len, labels), default=0)
    most = max((bucket.customers for bucket in found), default=1)
    lines = tuple(
        f"{label.rjust(width)}  {bar(Fraction(bucket.customers, most))} {bucket.customers:,}"
        for label, bucket in zip(labels, found, strict=True)
    )
    text = (
        f"Customers by the change of their monthly bill ({movement.currency}): "
        f"{movement.more:,} more, {movement.less:,} less, {movement.same:,} the same."
    )
    return Part(text, code=lines)


def gaps_section(review: Review) -> Section | None:
    """What was not computed, and why."""
    rows = tuple((shown(what), shown(why, LONGEST_SENTENCE)) for what, why in gaps(review))
    if not rows:
        return None
    title = "What was not computed, and why"
    return Section(title, (Part(table=Table(("what", "why"), rows)),), importance=50)


def gaps(review: Review) -> Iterator[tuple[str, str]]:
    """What there is no figure of, and why."""
    impact = review.impact
    if impact is None:
        return
    for gap in impact.gaps:
        yield gap.what, gap.reason
    yield from _missing_costs(review)
    yield from _missing_customers(impact, review)
    for note in impact.notes:
        yield "", note


def _missing_costs(review: Review) -> Iterator[tuple[str, str]]:
    if review.is_public:
        yield "costs and margins", "not shown in public"
        return
    missing: dict[str, list[str]] = {}
    for row in review.rows:
        for reason in row.difference.missing if row.difference else ():
            missing.setdefault(reason, []).append(f"{row.plan.key} {row.scenario}".strip())
    for reason, rows in missing.items():
        yield f"margin of {', '.join(dict.fromkeys(rows))}", reason


def _missing_customers(impact: Impact, review: Review) -> Iterator[tuple[str, str]]:
    if impact.customers is None:
        yield "real customers", "neither a database nor exported usage was given"
        return
    reasons = Counter(each.comparison.incomparable for each in impact.customers.unknown)
    if review.is_public and reasons:
        subscriptions = counted(sum(reasons.values()), "subscription")
        yield f"{subscriptions} of real customers", "the reasons are not shown in public"
        return
    for reason, count in reasons.most_common():
        yield f"{counted(count, 'subscription')} of real customers", reason
    for note in () if review.is_public else impact.customers.notes:
        yield "real customers", note
