"""How events become a quantity: the open set of aggregations, one module each.

Owns: each aggregation's parameters and pure arithmetic.
Does not own: which events count (`planql.metering`).
"""

from typing import Annotated

from pydantic import Discriminator

from planql.aggregations.avg import Avg
from planql.aggregations.count import Count
from planql.aggregations.latest import Latest
from planql.aggregations.max import Max
from planql.aggregations.min import Min
from planql.aggregations.sum import Sum
from planql.aggregations.time_weighted_sum import TimeWeightedSum
from planql.aggregations.unique_count import UniqueCount

Aggregation = Annotated[
    Count | Sum | Max | Min | Avg | Latest | UniqueCount | TimeWeightedSum,
    Discriminator("type"),
]
"""Any aggregation, told apart by `type`."""

__all__ = [
    "Aggregation",
    "Avg",
    "Count",
    "Latest",
    "Max",
    "Min",
    "Sum",
    "TimeWeightedSum",
    "UniqueCount",
]
