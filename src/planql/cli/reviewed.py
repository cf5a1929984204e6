"""Gathering what a comment is about: both catalogs, what differs, what it does to money."""

from dataclasses import dataclass

from planql.catalog.diff import diff_catalogs
from planql.catalog.snapshot import Catalog
from planql.cli.comment_options import CommentOptions
from planql.cli.compared_catalogs import Sides, load_sides
from planql.cli.measured_impact import measured_impact
from planql.errors import PlanqlError
from planql.impact.review import (
    Case,
    incomparable_review,
    invalid_review,
    review,
    unreadable_review,
    without_costs,
)
from planql.impact.review_records import Review
from planql.periods import local_day, zone
from planql.sources import Loaded, judge_against


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A review, and what is needed to print it.

    Attributes:
        head: The catalog now; None where it has errors.
        commands: How to get the same.
    """

    review: Review
    head: Catalog | None
    commands: tuple[str, ...]


def reviewed(options: CommentOptions) -> Reviewed:
    """What the options ask for.

    Raises:
        PlanqlError: a side, the database or the file of events cannot be read.
    """
    sides = load_sides(options.base, options.head, options.catalog)
    judged = judge_against(sides.base, sides.head, options.as_of)
    return _with_commands(_review(sides, judged, options), sides.head.catalog, options)


def unreadable(options: CommentOptions, error: PlanqlError) -> Reviewed:
    """What is said where a side cannot be read."""
    return _with_commands(unreadable_review(error, options.audience), None, options)


def _with_commands(found: Review, head: Catalog | None, options: CommentOptions) -> Reviewed:
    commands = options.commands(is_comparable=found.diff is not None)
    return Reviewed(found, head, tuple(commands))


def _review(sides: Sides, judged: Loaded, options: CommentOptions) -> Review:
    base, head = (_seen(each.catalog, options) for each in (sides.base, sides.head))
    if base is None and judged.catalog is not None:
        return incomparable_review(sides.base.problems, options.audience)
    if base is None or head is None:
        return invalid_review(judged.problems, None, options.audience)
    diff = diff_catalogs(base, head, local_day(options.as_of, zone(head.settings.time_zone)))
    if judged.catalog is None:
        return invalid_review(judged.problems, diff, options.audience)
    impact = measured_impact(base, head, diff, options.impact)
    return review(Case(base, head, diff, impact, judged.problems), options.audience)


def _seen(catalog: Catalog | None, options: CommentOptions) -> Catalog | None:
    """The catalog as those may see it who read the comment."""
    return without_costs(catalog) if catalog and options.is_public else catalog
