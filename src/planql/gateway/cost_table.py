"""What operations cost: the weights, in one table.

A unit is about 20 microseconds of a processor (`benchmarks/cost_units.py` measures it). A field
costs its weight, and what is inside for each object that it holds. How long a list is, is assumed
before it is known.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

OBJECTS_PER_UNIT: Final = 10
"""So many objects that are answered cost 1."""
SLOW: Final = frozenset(
    {
        "Query.__schema",
        "Query.__type",
        "Customer.subscriptions",
        "Customer.currentUsage",
        "Customer.upcomingInvoice",
    }
)
"""Fields with which graphql-core executes the whole operation, ten times slower than if it is
compiled; as it does mutations. Then every object costs 1."""
ITEM: Final = 1
"""Each item of a list among the arguments."""
INPUT_OBJECT: Final = 2
"""Each object among the arguments."""
LIST_LENGTH: Final = 4
"""How long a list is that is not in `LENGTHS`."""

WEIGHTS: Final[Mapping[str, int]] = {
    "__Schema.types": 3_000,
    "Query.__type": 20,
    "Query.rate": 4,
    "Query.previewInvoice": 80,
    "Query.previewChange": 4_000,
    "Query.previewCancellation": 4_000,
    "Query.simulate": 200,
    "Query.priceCurve": 60,
    "Query.catalogDiff": 2_000,
    "Query.catalogHistory": 200,
    "Query.customer": 1_500,
    "Query.invoice": 100,
    "Customer.currentUsage": 500,
    "Customer.upcomingInvoice": 1_000,
    "Mutation.createCustomer": 200,
    "Mutation.createSubscription": 1_000,
    "Mutation.changeSubscription": 5_000,
    "Mutation.cancelSubscription": 5_000,
    "Mutation.uncancelSubscription": 5_000,
    "Mutation.pauseSubscription": 5_000,
    "Mutation.resumeSubscription": 5_000,
    "Mutation.redeemDiscount": 5_000,
    "Mutation.addAdjustment": 5_000,
    "Mutation.recordUsage": 100,
}
"""Fields that compute something, or ask the database or git; all others weigh nothing."""

LENGTHS: Final[Mapping[str, int]] = {
    "Query.products": 10,
    "Query.meters": 20,
    "Query.discounts": 20,
    "Catalog.products": 10,
    "Catalog.ratePlans": 50,
    "Catalog.ratePlansInForce": 20,
    "Catalog.meters": 20,
    "Catalog.discounts": 20,
    "CatalogHistoryConnection.edges": 1,
    "InvoiceConnection.edges": 1,
}
"""Lists that are usually longer or shorter than `LIST_LENGTH`; one with `first` is that long, and
the edges in it are counted there."""


Path = tuple[str, ...]
"""The name of an argument, and of members inside it."""


@dataclass(frozen=True, slots=True)
class Range:
    """Where the arguments of a field say from when to when something is computed.

    Attributes:
        starts: Path to its first days; through a list, the earliest counts.
        ends: Path to its last days; through a list, the latest counts.
        units_per_day: What a day costs.
        times: Paths to lists: the days are computed for each item of each.
        most_units: What all of them cost at most, for no more is computed.
    """

    starts: Path
    ends: Path
    units_per_day: int
    times: tuple[Path, ...]
    most_units: int


_START: Final = ("story", "subscriptions", "startedAt")
_END: Final = ("story", "asOf")
_EACH: Final = (("story", "subscriptions"),)
_MOST_DAYS: Final = 7_320
"""Of the subscriptions of a story, together."""

RANGES: Final[Mapping[str, Range]] = {
    "Query.previewInvoice": Range(_START, _END, 1, _EACH, _MOST_DAYS),
    "Query.previewChange": Range(_START, _END, 4, _EACH, 4 * _MOST_DAYS),
    "Query.previewCancellation": Range(_START, _END, 4, _EACH, 4 * _MOST_DAYS),
    # Of 4 charges, as a plan is assumed to have; and 2 for each of the 50,000 days x charges.
    "Query.simulate": Range(("from",), ("to",), 6, (("plans",), ("usage",)), 100_000),
}
"""Fields that compute something for every day of a range."""

ANOTHER_CATALOG: Final = 500
"""What it weighs to name another ref, whose catalog may have to be read first."""

_PLANS: Final = (
    ("plans", "catalog", "ref"),
    ("plans", "charges", "ref"),
    ("plans", "draft", "ref"),
)

REFS: Final[Mapping[str, tuple[Path, ...]]] = {
    "Query.catalog": (("ref",),),
    "Query.ratePlan": (("ref",),),
    "Query.rate": (("charge", "catalog", "ref"),),
    "Query.simulate": _PLANS,
    "Query.priceCurve": _PLANS,
}
"""Where the arguments of a field name one."""
