"""Words of meters, of what usage costs, and of what is assumed about it."""

from typing import Final

from planql.aggregations.base import AggregationBase
from planql.catalog.costs import CostBase, CostRow
from planql.catalog.diff.telling import items, keyed, money_table, table
from planql.catalog.diff.terms import Term
from planql.catalog.diff.vocabulary.words import (
    AMOUNT,
    COUNT,
    NOTHING,
    PART,
    PERCENTAGE,
    QUANTITY,
    Rows,
    cosmetic,
    free,
)
from planql.catalog.meters import DisplayUnit, Meter, QuantityRounding, Unit
from planql.catalog.scenarios import AssumedUsage, DailySeries, Level, MonthlyTotal, Scenario

GROWTH: Final = Term("growth per month", PERCENTAGE)

ROWS: Final[Rows] = {
    Meter: {"aggregation": PART, "rounding": PART, "unit": PART, "measures": free("measures")},
    AggregationBase: {"type": Term("aggregation")},
    QuantityRounding: {
        "mode": Term("rounding of the quantity"),
        "digits": Term("digits of the rounded quantity", COUNT),
    },
    Unit: {"name": cosmetic("unit"), "display": PART},
    DisplayUnit: {"name": cosmetic("display unit"), "per": cosmetic("units in a display unit")},
    CostBase: {
        "type": Term("type of cost"),
        "rows": Term(
            "row of costs", tell=keyed(lambda row: str(row.effective_from), "costs from {}")
        ),
        "products": Term("product", tell=items),
    },
    CostRow: {
        "effective_from": NOTHING,
        "unit_costs": Term("unit cost in {}", AMOUNT, tell=money_table),
        "note": cosmetic("note"),
    },
    Scenario: {
        "rate_plans": Term("rate plan", tell=items),
        "customers": Term("customers", COUNT),
        "quantities": Term('declared quantity "{}"', QUANTITY, tell=table),
        "usage": Term("usage", tell=keyed(lambda usage: usage.meter, 'usage of "{}"')),
    },
    AssumedUsage: {
        "meter": NOTHING,
        "quantity": PART,
        "properties": Term('property "{}"', tell=table),
        "event_value": Term("size of an event", QUANTITY),
    },
    MonthlyTotal: {"total": Term("total per month", QUANTITY), "growth_percentage": GROWTH},
    DailySeries: {"quantities": Term("quantities by day")},
    Level: {"quantity": Term("quantity on each day", QUANTITY), "growth_percentage": GROWTH},
}
