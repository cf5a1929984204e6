"""Words of what is sold, and of what holds for the whole catalog."""

from typing import Final

from planql.catalog.diff.telling import items, keyed
from planql.catalog.diff.terms import Term
from planql.catalog.diff.vocabulary.words import (
    COUNT,
    PART,
    PERCENTAGE,
    Rows,
)
from planql.catalog.products import AgentType, Product
from planql.catalog.settings import CatalogSettings, Guardrails

ROWS: Final[Rows] = {
    Product: {"features": Term("feature", is_cosmetic=True, tell=items)},
    AgentType: {
        "actions": Term("action", tell=keyed(lambda each: each.key, 'action "{}"')),
        "outcomes": Term("outcome", tell=keyed(lambda each: each.key, 'outcome "{}"')),
    },
    CatalogSettings: {
        "time_zone": Term(
            "time zone",
            note="concerns every plan: the billing days of customers without a zone of their own "
            "begin at another hour",
        ),
        "invoice_grace_hours": Term(
            "delay of invoices (hours)",
            COUNT,
            note="concerns every plan: invoices are issued at another hour, and what counts as "
            "late usage changes with it",
        ),
        "guardrails": PART,
    },
    Guardrails: {
        "max_increase_percentage": Term("greatest increase of a price", PERCENTAGE),
        "min_margin_percentage": Term("least margin of a scenario", PERCENTAGE),
    },
}
