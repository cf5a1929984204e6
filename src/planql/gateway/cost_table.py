"""What operations cost: the weights, in one table.

A unit is about what one object with its fields takes: 20 microseconds of a processor. A field
costs its weight, and 1 with what is inside for each object that it holds. How long a list is, is
assumed before it is known.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

OBJECT: Final = 1
"""Each object that is answered."""
LIST_LENGTH: Final = 4
"""How long a list is that is not in `LENGTHS`."""

WEIGHTS: Final[Mapping[str, int]] = {
    "__Schema.types": 3_000,
    "Query.__type": 20,
    "Query.rate": 5,
    "Query.previewInvoice": 50,
    "Query.previewChange": 1_500,
    "Query.previewCancellation": 1_500,
    "Query.simulate": 1_000,
    "Query.priceCurve": 500,
    "Query.catalogDiff": 2_000,
    "Query.catalogHistory": 200,
    "Query.customer": 100,
    "Query.invoice": 100,
    "Customer.currentUsage": 500,
    "Customer.upcomingInvoice": 1_000,
    "Mutation.createCustomer": 100,
    "Mutation.createSubscription": 500,
    "Mutation.changeSubscription": 2_000,
    "Mutation.cancelSubscription": 2_000,
    "Mutation.uncancelSubscription": 2_000,
    "Mutation.pauseSubscription": 2_000,
    "Mutation.resumeSubscription": 2_000,
    "Mutation.redeemDiscount": 2_000,
    "Mutation.addAdjustment": 2_000,
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
        days_per_unit: So many of its days cost 1.
        times: Paths to lists: the days are computed for each item of each.
    """

    starts: Path
    ends: Path
    days_per_unit: int
    times: tuple[Path, ...]


_START: Final = ("story", "subscriptions", "startedAt")
_END: Final = ("story", "asOf")
_EACH: Final = (("story", "subscriptions"),)

RANGES: Final[Mapping[str, Range]] = {
    "Query.previewInvoice": Range(_START, _END, 2, _EACH),
    "Query.previewChange": Range(_START, _END, 1, _EACH),
    "Query.previewCancellation": Range(_START, _END, 1, _EACH),
    "Query.simulate": Range(("from",), ("to",), 1, (("plans",), ("usage",))),
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
