"""What makes a catalog wrong although every document has the right shape.

Owns: the rules, one function each, collected in `RULES`; the same rules for one charge, one
rate plan or assumed usage that stands in no catalog.
Does not own: the shape of documents and the form of their values (`planql.entity`), reading
files and looking up lines (`planql.sources`), the words of the documentation
(`planql.catalog.problem_codes`).

A rule reports a mistake once, where it is made: what follows from it is not reported again.

Source: RULES 4, 6 and 10; INTERFACES, `validate` (docs/problems/).
"""

from planql.catalog.checks.inline import (
    check_charge,
    check_rate_plan,
    require_valid_charge,
    require_valid_rate_plan,
    require_valid_usage,
)
from planql.catalog.checks.rules import RULES, check_catalog

__all__ = [
    "RULES",
    "check_catalog",
    "check_charge",
    "check_rate_plan",
    "require_valid_charge",
    "require_valid_rate_plan",
    "require_valid_usage",
]
