"""Mistakes about discounts."""

from typing import Final

from planql.catalog.problem_codes.base import ProblemCode

DISCOUNTS: Final = (
    ProblemCode(
        "discount-charges",
        "A discount has charges exactly when its scope is `charges`.",
        "Charges that are listed but not the scope would be ignored; a scope without charges "
        "reduces nothing.",
        '{"scope": "invoice", "charges": ["fee"]}',
        '{"scope": "charges", "charges": ["fee"]}',
        'Set `"scope": "charges"`, or remove the list.',
    ),
    ProblemCode(
        "free-units-scope",
        "Free units have the scope `charges`.",
        "Units belong to a charge; an invoice has amounts only.",
        '{"type": "free_units", "units": "100", "scope": "invoice"}',
        '{"type": "free_units", "units": "100", "scope": "charges", "charges": ["tokens"]}',
        'Set `"scope": "charges"` and list the charges.',
    ),
    ProblemCode(
        "no-amounts",
        "A fixed discount has an amount in at least one currency.",
        "Without an amount it takes nothing off.",
        '{"type": "fixed_amount", "amounts": {}}',
        '{"type": "fixed_amount", "amounts": {"USD": "9"}}',
        "Add the amount for each currency in which it is to be used.",
    ),
    ProblemCode(
        "discount-currency",
        "A fixed discount has an amount in the currency of every plan that uses it.",
        "Amounts are never converted, so there would be nothing to take off.",
        'plan: {"currency": "EUR", "discounts": ["launch"]}   launch: {"amounts": {"USD": "9"}}',
        'launch: {"amounts": {"USD": "9", "EUR": "9"}}',
        "Add the currency to `amounts`, or take the discount out of the plan.",
    ),
    ProblemCode(
        "discount-not-for-plan",
        "A discount that a plan lists is for that plan.",
        "It would never act: the plan promises what its customers do not get, and a published "
        "version would lose its discount by a change elsewhere.",
        'plan: {"key": "pro", "discounts": ["launch"]}   launch: {"rate_plans": ["team"]}',
        'launch: {"rate_plans": ["pro", "team"]}',
        "Add the plan, or its product, to the discount's list, or leave the list out.",
    ),
    ProblemCode(
        "redemption-window",
        "A discount's `ends_at` is after its `starts_at`.",
        "A window that ends before it opens lets nobody in.",
        '{"starts_at": "2026-04-01T00:00:00Z", "ends_at": "2026-03-01T00:00:00Z"}',
        '{"starts_at": "2026-03-01T00:00:00Z", "ends_at": "2026-04-01T00:00:00Z"}',
        "Swap the two, or correct one of them. The end is exclusive.",
    ),
)
