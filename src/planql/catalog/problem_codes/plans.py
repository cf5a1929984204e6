"""Mistakes about rate plans and their versions."""

from typing import Final

from planql.catalog.problem_codes.base import ProblemCode

PLANS: Final = (
    ProblemCode(
        "effective-from-order",
        "A later version of a rate plan has a later `effective_from`.",
        "On any day exactly one version is the newest in force; equal dates would leave two.",
        'v1: {"effective_from": "2026-03-01"}   v2: {"effective_from": "2026-01-01"}',
        'v1: {"effective_from": "2026-01-01"}   v2: {"effective_from": "2026-03-01"}',
        "Move the later version's date after the earlier one's. The report names both.",
    ),
    ProblemCode(
        "migration-too-early",
        "A migration moves nobody to a version before it is in force, or to a draft.",
        "Subscribers would be billed a price that nobody else can have yet.",
        'v2: {"effective_from": "2026-06-01"}   migration: {"to": 2, "at": "2026-05-01"}',
        'v2: {"effective_from": "2026-06-01"}   migration: {"to": 2, "at": "2026-06-01"}',
        "Write a later `at` (or `announced_on`, with `next_period`), or publish the version.",
    ),
    ProblemCode(
        "migration-nowhere",
        "A migration leads to another version.",
        "Moving to where one is already changes nothing, so a version was mistyped.",
        '{"from": 2, "to": 2}',
        '{"from": 1, "to": 2}',
        "Correct `from` or `to`.",
    ),
)
