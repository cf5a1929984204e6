"""Mistakes about costs and scenarios."""

from typing import Final

from planql.catalog.problem_codes.base import ProblemCode

COSTS: Final = (
    ProblemCode(
        "empty-cost",
        "A cost has at least one row, and each row a unit cost in at least one currency.",
        "A cost that is not written is not a cost of 0, so the margin could not be told.",
        '{"rows": [{"effective_from": "2026-01-01", "unit_costs": {}}]}',
        '{"rows": [{"effective_from": "2026-01-01", "unit_costs": {"USD": "0.25"}}]}',
        'Add the row or the unit cost; write `"0"` for what costs nothing.',
    ),
    ProblemCode(
        "cost-row-order",
        "Each row of a cost begins on a later day than the row before it.",
        "On any day the last row that has begun is in force; two on one day would be two costs.",
        '[{"effective_from": "2026-07-01", …}, {"effective_from": "2026-01-01", …}]',
        '[{"effective_from": "2026-01-01", …}, {"effective_from": "2026-07-01", …}]',
        "Write the rows in ascending order of `effective_from`, no day twice.",
    ),
)

SCENARIOS: Final = (
    ProblemCode(
        "weekday-weights",
        "`weekdays` has seven weights, Monday to Sunday, not all of them 0.",
        "A weight says how much of a month falls on such a day; without any it would fall nowhere.",
        '{"weekdays": ["1", "1", "1", "1", "1"]}',
        '{"weekdays": ["1", "1", "1", "1", "1", "0", "0"]}',
        "Write seven weights of 0 or more, or leave them out: then all days weigh the same.",
    ),
    ProblemCode(
        "daily-series-length",
        "A daily series has at least one day and at most 3660, which are ten years.",
        "An empty series assumes nothing; a longer one is a slip of the program that wrote it.",
        '{"type": "daily", "quantities": []}',
        '{"type": "daily", "quantities": ["10", "12", "9"]}',
        "List the quantities day by day. What repeats is written as `monthly` or `level`.",
    ),
    ProblemCode(
        "repeated-usage",
        "A scenario assumes the usage of a meter with the same properties once.",
        "Of two assumptions about the same usage, one was probably meant for another meter.",
        '[{"meter": "tokens", …}, {"meter": "tokens", …}]',
        '[{"meter": "tokens", "properties": {"model": "small"}, …}, '
        '{"meter": "tokens", "properties": {"model": "large"}, …}]',
        "Add the quantities up, correct the meter, or tell the two apart by `properties`.",
    ),
    ProblemCode(
        "undeclared-quantity",
        "A quantity of a scenario is one that a rate plan of it declares.",
        "A quantity that no charge asks for would change nothing, and the one meant would be "
        "missing.",
        'scenario: {"quantities": {"seat": "5"}}   plan: {"quantity": {"name": "seats"}}',
        'scenario: {"quantities": {"seats": "5"}}   plan: {"quantity": {"name": "seats"}}',
        "Correct the name, or list the rate plans that declare it.",
    ),
    ProblemCode(
        "missing-quantity",
        "A scenario states every quantity that a rate plan it lists declares.",
        "A charge per seat cannot be rated without seats, and none are guessed.",
        'scenario: {"rate_plans": ["pro"]}   plan: {"key": "pro", … {"name": "seats"} …}',
        'scenario: {"rate_plans": ["pro"], "quantities": {"seats": "5"}}',
        "Add it to `quantities`. One version of each plan is enough.",
    ),
    ProblemCode(
        "quantity-beyond-bounds",
        "A quantity of a scenario is within the bounds that its rate plans set.",
        "Nobody could subscribe like this, so what is simulated would never be invoiced.",
        'scenario: {"quantities": {"seats": "1"}}   plan: {"name": "seats", "minimum": "5"}',
        'scenario: {"quantities": {"seats": "5"}}   plan: {"name": "seats", "minimum": "5"}',
        "Correct the quantity, or list only plans that take it. One version of each is enough.",
    ),
    ProblemCode(
        "event-value",
        "Usage of a meter that counts has no `event_value`.",
        "It says how much one event adds to the quantity; where events are counted, each adds 1.",
        'meter: {"aggregation": {"type": "count"}}   usage: {"event_value": "40.00", …}',
        'meter: {"aggregation": {"type": "sum", …}}   usage: {"event_value": "40.00", …}',
        "Remove `event_value`, or correct the meter.",
    ),
)
