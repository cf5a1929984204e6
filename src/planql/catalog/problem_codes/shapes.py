"""Mistakes about which members a document has."""

from typing import Final

from planql.catalog.problem_codes.base import ProblemCode

SHAPES: Final = (
    ProblemCode(
        "missing-member",
        "A required member is there.",
        "A price that is not written is not a price of 0, so nothing is guessed.",
        '{"type": "per_unit"}',
        '{"type": "per_unit", "unit_amount": "0.10"}',
        "Add the member that the message names to the object reported.",
    ),
    ProblemCode(
        "unknown-member",
        "Only members that mean something are there.",
        "A misspelt member would be ignored, and with it the cap or the discount it stands for.",
        '{"type": "per_unit", "unit_price": "0.10"}',
        '{"type": "per_unit", "unit_amount": "0.10"}',
        "Correct the name, or remove the member. Notes of your own belong in `metadata`.",
    ),
    ProblemCode(
        "wrong-type",
        "A value has the JSON type its member calls for.",
        "planql converts nothing: a text is not a number, a list is not an object.",
        '{"days": "14"}',
        '{"days": 14}',
        "Write the value as the message says.",
    ),
    ProblemCode(
        "unknown-type",
        "`type` names a charge, charge model, aggregation, discount or duration that exists.",
        "The type says which other members there are and how the amount is computed.",
        '{"type": "tiered", "tiers": []}',
        '{"type": "graduated", "tiers": [{"up_to": null, "unit_amount": "1.00"}]}',
        "Choose one of the types that the message lists.",
    ),
    ProblemCode(
        "unknown-value",
        "A member with a fixed choice of values has one of them.",
        "A word that planql does not know has no meaning it could act on.",
        '{"timing": "advance"}',
        '{"timing": "in_advance"}',
        "Choose one of the values that the message lists.",
    ),
    ProblemCode(
        "empty-list",
        "An `and` or an `or` has at least one part.",
        "A choice among nothing never matches, and so counts no usage.",
        '{"and": []}',
        '{"and": [{"property": "region", "operator": "exists"}]}',
        "Add an item, or remove the whole list.",
    ),
)
