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
        "Every agent type, product, meter, discount and scenario should be used by something.",
        "What nobody uses is often a reference that was misspelt elsewhere.",
        "a meter that no charge reads",
        '{"type": "usage", "meter": "tokens", …}',
        "Use it, or delete the file. A discount with a `code` is used by customers, a meter with "
        "a cost by that; a scenario is used when a plan of it takes new subscriptions.",
    ),
    ProblemCode(
        "unchanged-version",
        "A new version of a rate plan should differ from the one before it.",
        "Subscribers would be migrated, and invoices renamed, for nothing.",
        "v2.json equal to v1.json but for `version` and `effective_from`",
        "v2.json with a new price",
        "Change what was to be changed, or delete the version.",
    ),
    ProblemCode(
        "meter-without-cost",
        "A meter that a published plan bills should have a cost, where the catalog has any.",
        "Without it neither the cost nor the margin of the plan is known.",
        'plan: {"type": "usage", "meter": "tokens", …}   no cost names "tokens"',
        'cost: {"type": "usage", "meter": "tokens", "rows": […]}',
        'Add a cost, with the unit cost `"0"` if the usage costs nothing.',
    ),
    ProblemCode(
        "cost-currency",
        "A cost should have a unit cost in the currency of every published plan it falls on.",
        "Amounts are never converted, so the cost of such a plan would not be known.",
        'plan: {"currency": "EUR", …}   cost: {"unit_costs": {"USD": "0.25"}}',
        'cost: {"unit_costs": {"USD": "0.25", "EUR": "0.23"}}',
        "Add the currency to the row, and to those after it.",
    ),
    ProblemCode(
        "missing-event-value",
        "Usage that a plan prices per event should say in `event_value` how large one is.",
        "A price per event depends on how many events there are, not on their sum alone.",
        '{"meter": "recovered-amount", "quantity": {"type": "monthly", "total": "12000"}}',
        '{"meter": "recovered-amount", "quantity": {…}, "event_value": "400.00"}',
        "Add `event_value`: the quantity that one event adds.",
    ),
)
