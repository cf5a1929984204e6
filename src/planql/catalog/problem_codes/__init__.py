"""Every kind of mistake in a catalog, explained: what `planql explain` and docs/problems/ say.

Owns: title, reason, example and remedy of each problem code.
Does not own: finding the problems (`planql.entity`, `planql.sources`, `planql.catalog.checks`).
"""

from typing import Final

from planql.catalog.problem_codes.assumptions import COSTS, SCENARIOS
from planql.catalog.problem_codes.base import ProblemCode
from planql.catalog.problem_codes.changes import CHANGES
from planql.catalog.problem_codes.charges import CHARGES
from planql.catalog.problem_codes.discounts import DISCOUNTS
from planql.catalog.problem_codes.files import FILES
from planql.catalog.problem_codes.meters import METERS
from planql.catalog.problem_codes.plans import PLANS
from planql.catalog.problem_codes.references import REFERENCES
from planql.catalog.problem_codes.shapes import SHAPES
from planql.catalog.problem_codes.sources import SOURCES
from planql.catalog.problem_codes.tiers import TIERS
from planql.catalog.problem_codes.values import VALUES
from planql.catalog.problem_codes.warnings import WARNINGS

AREAS: Final = {
    "Where a catalog is": SOURCES,
    "Files": FILES,
    "Shape of a document": SHAPES,
    "Values": VALUES,
    "References": REFERENCES,
    "Tiers": TIERS,
    "Charges": CHARGES,
    "Rate plans": PLANS,
    "Meters": METERS,
    "Discounts": DISCOUNTS,
    "Costs": COSTS,
    "Scenarios": SCENARIOS,
    "Changes": CHANGES,
    "Warnings": WARNINGS,
}
"""The codes by area, in the order in which a newcomer meets them."""

PROBLEM_CODES: Final = {code.code: code for codes in AREAS.values() for code in codes}
"""Code -> its explanation."""

__all__ = ["AREAS", "PROBLEM_CODES", "ProblemCode"]
