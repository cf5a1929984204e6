"""What is allowed, and probably not meant."""

from typing import Final

from planql.catalog.problem_codes.base import ProblemCode

WARNINGS: Final = (
    ProblemCode(
        "falling-total",
        "A volume or stairstep total should not fall as the quantity rises.",
        "Where all units take the lower price of the next tier, a customer pays less for more, "
        "and may be advised to waste some.",
        '[{"up_to": "100", "unit_amount": "1.00"}, {"up_to": null, "unit_amount": "0.50"}]',
        'the same tiers with `"type": "graduated"`, or 101 units at 1.00 and above',
        "Use `graduated`, add a `flat_amount` to the cheaper tier, or leave it if it is meant.",
    ),
    ProblemCode(
        "unused-document",
        "Every agent type, product, meter and discount should be used by something.",
        "What nobody uses is often a reference that was misspelt elsewhere.",
        "a meter that no charge reads",
        '{"type": "usage", "meter": "tokens", …}',
        "Use it, or delete the file. A discount with a `code` is used by customers.",
    ),
    ProblemCode(
        "unchanged-version",
        "A new version of a rate plan should differ from the one before it.",
        "Subscribers would be migrated, and invoices renamed, for nothing.",
        "v2.json equal to v1.json but for `version` and `effective_from`",
        "v2.json with a new price",
        "Change what was to be changed, or delete the version.",
    ),
)
