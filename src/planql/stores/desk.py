"""Where stored customers are asked about and changed: a database, the prices, and a present."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from planql.catalog.snapshot import Catalog
from planql.stores.accounts import ALL_TIME, StoredAccount, read_account
from planql.stores.database import Database
from planql.stores.redemptions import RedemptionLimit


@dataclass(frozen=True, slots=True)
class Desk:
    """A database, the catalog that is served, and the present instant."""

    database: Database
    catalog: Catalog
    now: datetime

    def account(self, customer: str) -> StoredAccount:
        """The account of a customer, with all usage there is.

        Raises:
            UnknownReference: there is no such customer.
        """
        return read_account(self.database, self.catalog, customer, ALL_TIME)


def text_of(document: Mapping[str, object]) -> str:
    """A document as it is stored."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def limits_of(catalog: Catalog, discounts: Iterable[str]) -> tuple[RedemptionLimit, ...]:
    """How often the discounts may be redeemed, where that is limited."""
    found = [catalog.discount(key) for key in dict.fromkeys(discounts)]
    return tuple(
        RedemptionLimit(each.key, each.max_redemptions, each.max_per_customer)
        for each in found
        if (each.max_redemptions, each.max_per_customer) != (None, None)
    )
