"""What is stored, as one request sees it: read in batches and in threads, never on the loop.

Owns: the batches, and what is kept for the rest of the request.
Does not own: statements (`planql.stores`), what follows from them (`planql.billing`).
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Concatenate, Final, ParamSpec, TypeVar

from strawberry.dataloader import DataLoader

from planql.billing.histories import History
from planql.errors import DatabaseUnreachable, SourceError, UnknownReference
from planql.stores.accounts import ALL_TIME, StoredAccount, read_accounts
from planql.stores.desk import Desk

T = TypeVar("T")
P = ParamSpec("P")

SECONDS: Final = 45.0
"""How long a request waits for the database: longer than one writer of SQLite for another."""


@dataclass(frozen=True, slots=True)
class Held:
    """A customer with all that was stored."""

    account: StoredAccount
    history: History


class Stored:
    """The customers of one request."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._accounts = DataLoader(load_fn=self._load)

    async def customer(self, key: str) -> Held:
        """A customer.

        Raises:
            UnknownReference: there is no such customer.
        """
        held = await self._accounts.load(key)
        if held is None:
            raise UnknownReference("unknown-customer", f'there is no customer "{key}"')
        return held

    async def run(
        self, work: Callable[Concatenate[Desk, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do something at the desk, in a thread."""
        return await in_time(partial(work, self.desk, *args, **kwargs))

    async def changed(self, key: str) -> Held:
        """A customer after a change: read once more."""
        [held] = await self._load([key])
        self._accounts.prime(key, held, force=True)
        return await self.customer(key)

    async def _load(self, keys: list[str]) -> list[Held | None]:
        return await in_time(partial(self._read, keys))

    def _read(self, keys: list[str]) -> list[Held | None]:
        catalog = self.desk.catalog
        accounts = read_accounts(self.desk.database, catalog, keys, ALL_TIME)
        found = {
            each.customer.key: Held(replace(each, as_of=self.desk.now), each.history(catalog))
            for each in accounts
        }
        return [found.get(key) for key in keys]


async def in_time(work: Callable[[], T], seconds: float = SECONDS) -> T:
    """The result of work with the database, which is done in a thread.

    Raises:
        DatabaseUnreachable: it takes too long. Whether the work is done in the end is not known.
    """
    try:
        async with asyncio.timeout(seconds):
            return await asyncio.to_thread(work)
    except TimeoutError:
        raise DatabaseUnreachable(
            f"the database did not answer within {seconds:g} seconds"
        ) from None


def no_store() -> SourceError:
    """What is said where something stored is asked for, and there is no database."""
    return SourceError(
        "no-store",
        "this server was started without a database, so it knows no customers",
        hint="start it with: planql serve --store sqlite:///planql.sqlite3",
    )
