"""Mistakes about tiers."""

from typing import Final

from planql.catalog.problem_codes.base import ProblemCode

TIERS: Final = (
    ProblemCode(
        "no-tiers",
        "A charge model with tiers has at least one.",
        "An empty price is not a price of 0.",
        '{"type": "volume", "tiers": []}',
        '{"type": "volume", "tiers": [{"up_to": null, "unit_amount": "1.00"}]}',
        'Add a tier; the last one has `"up_to": null`.',
    ),
    ProblemCode(
        "tier-order",
        "Each tier ends above the end of the tier before it.",
        "A tier that ends where another already ended holds nothing, and a tier out of order "
        "gives a quantity two prices.",
        '[{"up_to": "1000", …}, {"up_to": "500", …}, {"up_to": null, …}]',
        '[{"up_to": "500", …}, {"up_to": "1000", …}, {"up_to": null, …}]',
        "Write the tiers in ascending order of `up_to`, no bound twice.",
    ),
    ProblemCode(
        "tier-closed",
        'The last tier is open: `"up_to": null`.',
        "Units above a closed last tier would have no price; elsewhere they are silently free.",
        '[{"up_to": "100", …}, {"up_to": "500", …}]',
        '[{"up_to": "100", …}, {"up_to": null, …}]',
        "Write `null` in the last tier, or add an open tier. To limit what is due, write a `cap`.",
    ),
    ProblemCode(
        "tier-open",
        'Only the last tier is open (`"up_to": null`).',
        "An open tier holds every quantity above the one before, so what follows is never used.",
        '[{"up_to": null, …}, {"up_to": "100", …}, {"up_to": null, …}]',
        '[{"up_to": "50", …}, {"up_to": "100", …}, {"up_to": null, …}]',
        "Give the tier its bound, or remove the tiers after it.",
    ),
    ProblemCode(
        "tier-without-price",
        "A tier has a `unit_amount`, a `flat_amount`, or both.",
        "An empty price is not a price of 0: free units are written down as such.",
        '{"up_to": "100"}',
        '{"up_to": "100", "unit_amount": "0"}',
        'Add `unit_amount` or `flat_amount`; write `"unit_amount": "0"` for free units.',
    ),
)
