"""The section of a comment about guardrails: a row each, with limit, value and verdict."""

from collections.abc import Iterator
from typing import Final

from planql.cli.reporters.comment_layout import Part, Section, Table
from planql.cli.reporters.comment_text import code, from_to, increase, ratio, shown
from planql.impact.guardrails import Finding, Guardrail, Verdict
from planql.impact.review_records import Review
from planql.money import plain

MARKS: Final = {
    Verdict.PASSED: "✅\N{NO-BREAK SPACE}passed",
    Verdict.WARNED: "⚠️\N{NO-BREAK SPACE}warned",
    Verdict.FAILED: "❌\N{NO-BREAK SPACE}failed",
    Verdict.UNKNOWN: "❔\N{NO-BREAK SPACE}not known",
}
"""How a verdict is shown."""

_NAMES: Final = {
    "max_increase_percentage": "Increase of a price",
    "min_margin_percentage": "Margin of a scenario",
}
NOT_SHOWN: Final = "not shown in public"
"""What stands for the guardrail of margins, whose verdict would tell about costs."""

_NOTHING: Final = {
    "max_increase_percentage": "no price of a version rises",
    "min_margin_percentage": "no plan is touched",
}
_COLUMNS: Final = ("", "guardrail", "limit", "found", "where")


def guardrails_section(review: Review) -> Section | None:
    """Every guardrail with the worst that was found; below it all else that is beyond a limit."""
    if not review.guardrails:
        return None
    found = [list(_rows(guardrail)) for guardrail in review.guardrails]
    rows = [rows[0] for rows in found]
    if review.is_public:
        rows.append((NOT_SHOWN, _NAMES["min_margin_percentage"], "", "", ""))
    rows += [row for others in found for row in others[1:]]
    table = Table(_COLUMNS, tuple(rows))
    worst = min((each.verdict for each in review.guardrails), key=lambda verdict: verdict.rank)
    return Section(
        f"Guardrails {MARKS[worst]}", (Part(table=table),), importance=90, is_folded=False
    )


def _rows(guardrail: Guardrail) -> Iterator[tuple[str, ...]]:
    """At least one row: the worst finding, or that there is none."""
    name, limit = _NAMES[guardrail.name], _limit(guardrail)
    if guardrail.limit is None:
        yield (
            MARKS[guardrail.verdict] if guardrail.is_loosened else "— not set",
            name,
            limit,
            "",
            "",
        )
    elif guardrail.worst is None:
        yield MARKS[guardrail.verdict], name, limit, _NOTHING[guardrail.name], ""
    else:
        yield _row(name, limit, guardrail, guardrail.worst)
        for finding in guardrail.findings[1:]:
            if finding.verdict is not Verdict.PASSED:
                yield _row(name, limit, guardrail, finding)


def _limit(guardrail: Guardrail) -> str:
    text = "none"
    if guardrail.limit is not None:
        word = "at most" if guardrail.name == "max_increase_percentage" else "at least"
        text = f"{word} {plain(guardrail.limit)}\N{NO-BREAK SPACE}%"
    was = guardrail.limit_before
    if was is None or not guardrail.is_loosened:
        return text
    return f"{text}, **loosened** by this change from {plain(was)}\N{NO-BREAK SPACE}%"


def _row(name: str, limit: str, guardrail: Guardrail, finding: Finding) -> tuple[str, ...]:
    is_increase = guardrail.name == "max_increase_percentage"
    found = _increase(finding) if is_increase else _margin(finding)
    found = "<br>".join(filter(None, [found, shown(finding.because)]))
    plan = shown(f"{finding.plan} v{finding.version}")
    where = ", ".join(filter(None, [plan, _subject(finding)]))
    return _mark(guardrail, finding), name, limit, found, f"{where}<br>{_place(finding)}"


def _mark(guardrail: Guardrail, finding: Finding) -> str:
    """The verdict on the finding; on the first one that of the guardrail, which may be worse."""
    return MARKS[guardrail.verdict if finding is guardrail.worst else finding.verdict]


def _increase(finding: Finding) -> str:
    return "" if finding.value is None else increase(finding.value)


def _margin(finding: Finding) -> str:
    """The margin after, and the one before where there was one."""
    after = "no revenue" if finding.value is None else ratio(finding.value)
    if finding.verdict is Verdict.UNKNOWN:
        after = "not known"
    return after if finding.before is None else from_to(ratio(finding.before), after)


def _subject(finding: Finding) -> str:
    if finding.charge:
        return f"{shown(finding.subject)} of {code(finding.charge)}"
    return code(finding.subject) if finding.subject else ""


def _place(finding: Finding) -> str:
    return code(f"{finding.path}:{finding.line}")
