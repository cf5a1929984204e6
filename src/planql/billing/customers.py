"""The customer of a story: whose days count, and what credit there is at the start."""

from decimal import Decimal

from pydantic import Field

from planql.catalog.fields import TimeZone
from planql.entity import Amount, CurrencyCode, Entity, Key


class Customer(Entity):
    """Who is billed."""

    key: Key
    """Stable name; the `subject` of usage events."""
    time_zone: TimeZone | None = None
    """IANA zone of the billing days; the catalog's, when left out."""
    balances: dict[CurrencyCode, Amount] = Field(default_factory=dict)
    """Credit at the start, per currency, in major units."""

    def opening_balance(self, currency: str) -> Decimal:
        """Credit in `currency` before the first invoice; 0 when none is given."""
        return self.balances.get(currency, Decimal(0))
