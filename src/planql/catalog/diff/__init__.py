"""The difference of two catalogs, in terms of prices.

::

    diff = diff_catalogs(base, head)
    diff.objects          documents that differ, most important first
        .changes          "unit price of tier up to 100": 50.00 -> 55.00, +10 %, price_up

Owns: which documents and which of their values differ, in the words of pricing; what a change does
to the price; which documents are frozen and which of their members.
Does not own: refusing a change (`planql.catalog.frozen`), printing (`planql.cli.reporters`).

A document is told as facts (`telling`), each under a term of the `vocabulary`; facts with the same
path are compared (`comparing`). A new member of a document needs at most one row.

Laws: a catalog does not differ from itself; exchanging the two catalogs exchanges price_up and
price_down; a change is breaking exactly when `planql.catalog.frozen` refuses it.

Source: RULES 10 (docs/rules/versions.md).
"""

from planql.catalog.diff.catalogs import diff_catalogs, predecessor
from planql.catalog.diff.comparing import line_of
from planql.catalog.diff.frozen_documents import frozen_documents
from planql.catalog.diff.records import (
    CatalogDiff,
    Change,
    ChangeClass,
    Direction,
    Event,
    Measure,
    ObjectDiff,
    Side,
)

__all__ = [
    "CatalogDiff",
    "Change",
    "ChangeClass",
    "Direction",
    "Event",
    "Measure",
    "ObjectDiff",
    "Side",
    "diff_catalogs",
    "frozen_documents",
    "line_of",
    "predecessor",
]
