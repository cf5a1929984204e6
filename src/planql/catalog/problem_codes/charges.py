"""Mistakes about charges."""

from typing import Final

from planql.catalog.problem_codes.base import ProblemCode

CHARGES: Final = (
    ProblemCode(
        "no-charges",
        "A rate plan has at least one charge.",
        "A plan without charges is free for ever, which nobody writes on purpose.",
        '{"charges": []}',
        '{"charges": [{"key": "fee", "type": "recurring", "model": {"type": "flat", …}, …}]}',
        'Add a charge; for a free plan write one with the amount "0".',
    ),
    ProblemCode(
        "repeated-charge",
        "The keys of a plan's charges differ.",
        "Invoice lines, discounts and price overrides name a charge by its key.",
        '[{"key": "fee", …}, {"key": "fee", …}]',
        '[{"key": "platform", …}, {"key": "support", …}]',
        "Give one of them another key. The report names the other place.",
    ),
    ProblemCode(
        "charge-cycle",
        "A charge's own billing cycle divides the plan's, for every length of month.",
        "Otherwise a charge's period would straddle two of the plan's: weeks never fit months.",
        'plan: {"billing_cycle": "monthly"}   charge: {"billing_cycle": "weekly"}',
        'plan: {"billing_cycle": "annual"}   charge: {"billing_cycle": "monthly"}',
        "Days divide everything, weeks divide weeks, months divide months, quarters and years.",
    ),
    ProblemCode(
        "amount-too-fine",
        "Amounts that are invoiced as they are have no more digits than their currency.",
        "A cap of 10.005 USD could never be met to the cent.",
        '{"currency": "JPY", "charges": [{"cap": "1000.50", …}]}',
        '{"currency": "JPY", "charges": [{"cap": "1000", …}]}',
        "Write at most the currency's digits: JPY 0, USD 2, BHD 3. Unit prices may be finer.",
    ),
    ProblemCode(
        "minimum-above-cap",
        "A charge's minimum is not above its cap.",
        "No amount is at least 100 and at most 50.",
        '{"cap": "50.00", "minimum": "100.00"}',
        '{"cap": "100.00", "minimum": "50.00"}',
        "Lower the minimum or raise the cap.",
    ),
    ProblemCode(
        "per-event-needs-usage",
        "Only a usage charge has parts per event: `*_per_event` and `included_events`.",
        "One-time and recurring charges have no events to count.",
        '{"type": "recurring", "model": {"type": "percentage", "flat_amount_per_event": "1", …}}',
        '{"type": "usage", "model": {"type": "percentage", "flat_amount_per_event": "1", …}}',
        "Make it a usage charge with a meter, or remove the parts per event.",
    ),
    ProblemCode(
        "per-event-bounds",
        "`minimum_per_event` is not above `maximum_per_event`.",
        "No amount is at least 12 and at most 1.75.",
        '{"minimum_per_event": "12", "maximum_per_event": "1.75"}',
        '{"minimum_per_event": "1.75", "maximum_per_event": "12"}',
        "Swap the two, or correct one of them.",
    ),
    ProblemCode(
        "included-events-whole",
        "`included_events` is a whole number.",
        "Events are counted: there is no half event.",
        '{"included_events": "2.5"}',
        '{"included_events": "3"}',
        "Write a whole number. Free units of quantity are `included_units`.",
    ),
    ProblemCode(
        "quantity-bounds",
        "A declared quantity's minimum is not above its maximum.",
        "No number of seats would be allowed.",
        '{"name": "seats", "minimum": "10", "maximum": "5"}',
        '{"name": "seats", "minimum": "5", "maximum": "10"}',
        "Swap the two, or correct one of them.",
    ),
    ProblemCode(
        "repeated-item",
        "A list of keys or properties names each of them once.",
        "A discount that stands twice in a list looks as if it acted twice.",
        '{"discounts": ["launch", "launch"]}',
        '{"discounts": ["launch"]}',
        "Remove the repetition.",
    ),
)
