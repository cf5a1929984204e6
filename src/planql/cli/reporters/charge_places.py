"""Where the price of a charge is written, in a word for tables."""

from typing import Final

from planql.catalog.diff import line_of
from planql.simulation.priced_plans import PricedPlan

DRAFT: Final = "draft"
"""What stands for a charge that is in no file of the catalog."""


def where(priced: PricedPlan, charge: str | None) -> str:
    """File and line of a charge, "draft", or "" for what is no charge."""
    written = priced.written(charge)
    if written is None:
        return DRAFT if priced.is_draft(charge) else ""
    return f"{written.document.path}:{line_of(written.document, written.pointer)}"
