"""What one simulation starts from."""

from dataclasses import dataclass
from datetime import datetime

from planql.billing.known_usage import KnownUsage
from planql.catalog.snapshot import Catalog
from planql.metering.spans import Span
from planql.metering.usage import Usage
from planql.simulation.day_ranges import DayRange


@dataclass(frozen=True, slots=True)
class Premises:
    """Catalog, usage and range.

    Attributes:
        usage: All of the customer's.
        until: By when everything that the range's days are part of has been invoiced.
        days: The range.
    """

    catalog: Catalog
    usage: KnownUsage
    until: datetime
    days: DayRange

    def known(self, span: Span) -> Usage:
        """All usage of a span, whenever it became known; there may be more outside of it."""
        return self.usage.at(self.until, span.end)
