"""What is read from a file: strict frozen records, their field types, their mistakes.

Owns: strictness (nothing coerced, nothing extra), exact JSON reading, the text forms of keys,
amounts, quantities, percentages, currencies, dates and instants.
Does not own: what the documents mean (`planql.catalog`), where they are written
(`planql.sources`).
"""

from planql.entity.base import Entity, parse_entity, read_entity
from planql.entity.decimals import (
    Amount,
    GrowthPercentage,
    Percentage,
    PositiveQuantity,
    Quantity,
    Share,
    SignedAmount,
    SignedQuantity,
)
from planql.entity.fields import (
    CurrencyCode,
    Instant,
    Items,
    Key,
    LocalDate,
    SchemaReference,
    Text,
    parse_date,
    parse_instant,
)
from planql.entity.json_text import JsonNumber, parse_json
from planql.entity.mistakes import mistakes_of
from planql.entity.refusals import describe, refusal

__all__ = [
    "Amount",
    "CurrencyCode",
    "Entity",
    "GrowthPercentage",
    "Instant",
    "Items",
    "JsonNumber",
    "Key",
    "LocalDate",
    "Percentage",
    "PositiveQuantity",
    "Quantity",
    "SchemaReference",
    "Share",
    "SignedAmount",
    "SignedQuantity",
    "Text",
    "describe",
    "mistakes_of",
    "parse_date",
    "parse_entity",
    "parse_instant",
    "parse_json",
    "read_entity",
    "refusal",
]
