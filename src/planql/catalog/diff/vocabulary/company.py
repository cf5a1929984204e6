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
        "invoice_grace_hours": Term("hours before an invoice is issued", COUNT),
        "guardrails": PART,
    },
    Guardrails: {
        "max_increase_percentage": Term("greatest increase of a price", PERCENTAGE),
        "min_margin_percentage": Term("least margin of a scenario", PERCENTAGE),
    },
}
