"""A review as the Markdown of a comment on a pull request.

Owns: which sections there are, and in which order.
Does not own: what is said (`planql.impact.review`), what is cut (`comment_layout`).
"""

from collections.abc import Iterator, Sequence
from typing import Final

from planql.catalog.snapshot import Catalog
from planql.cli.reporters.comment_changes import (
    changes_section,
    errors_section,
    warnings_section,
)
from planql.cli.reporters.comment_guardrails import guardrails_section
from planql.cli.reporters.comment_layout import LIMIT, Part, Section, comment
from planql.cli.reporters.comment_money import (
    distribution_section,
    gaps_section,
    months_section,
    movers_section,
    plans_section,
)
from planql.cli.reporters.comment_text import headline
from planql.impact.review_records import Review, Standing

_FAULTY: Final = {Standing.UNREADABLE, Standing.INVALID, Standing.INCOMPARABLE}
"""Where problems are errors."""

_REST: Final = "`planql diff` and `planql impact`, as below."


def comment_markdown(
    review: Review, head: Catalog | None, commands: Sequence[str], limit: int = LIMIT
) -> str:
    """The whole comment.

    Args:
        review: What is said.
        head: The catalog now; None where it has errors.
        commands: How to get the same, one command each.
        limit: Most characters.
    """
    found = [each for each in _sections(review, head) if each is not None]
    if found:
        found.append(_reproduction(commands))
    return comment(headline(review), found, _REST, limit)


def _sections(review: Review, head: Catalog | None) -> Iterator[Section | None]:
    if review.standing in _FAULTY:
        yield errors_section(review.problems)
    yield plans_section(review)
    yield guardrails_section(review)
    if review.diff is not None and review.diff.objects:
        yield changes_section(review.diff, head)
    yield months_section(review)
    yield movers_section(review)
    yield distribution_section(review)
    if review.standing not in _FAULTY:
        yield warnings_section(review.problems, review.other_warnings)
    yield gaps_section(review)


def _reproduction(commands: Sequence[str]) -> Section:
    part = Part(code=tuple(commands), language="sh")
    return Section("How to get the same figures", (part,), importance=95)
