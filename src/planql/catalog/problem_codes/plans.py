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
)
