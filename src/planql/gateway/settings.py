"""What a server is made of, in four records: one for each question that starting it asks.

::

    Content      what is served
    Access       who may ask                     (planql.gateway.access)
    Rules        how it is bounded
    Monitoring   how it is looked after          (planql.gateway.operating.monitoring)
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from planql.gateway.limits import Limits
from planql.gateway.operations import Operation
from planql.gateway.persisted import NO_DOCUMENTS, PersistedDocuments
from planql.gateway.served import CatalogHolder
from planql.gateway.statuses import Statuses
from planql.gateway.watching import Watcher
from planql.stores.database import Database

_CHECKOUT: Final = Path(__file__).resolve().parents[3]

PROJECT: Final = (
    _CHECKOUT if (_CHECKOUT / "operations").is_dir() else Path(sys.prefix) / "share" / "planql"
)
"""Where `web/dist` and `operations` are: the project's folder, or beside an installed planql."""

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The instant of the call: the gateway is where "now" comes from."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Content:
    """What is served.

    Attributes:
        holder: Holds the catalog; swapping it takes effect with the next request.
        database: Where customers, usage and invoices are; whoever opened it closes it. Without
            one, what is stored is answered with how to start a server that has one.
        watcher: Follows the branch that is served, and swaps what `holder` holds; someone else
            runs it. Without one, the catalog comes from a directory.
        operations: The examples that GraphiQL lists, to each kind of principal those it can run.
        web: Folder of the built pages.
        clock: Gives the instant of a request.
    """

    holder: CatalogHolder
    database: Database | None = None
    watcher: Watcher | None = None
    operations: tuple[Operation, ...] = ()
    web: Path = PROJECT / "web" / "dist"
    clock: Clock = utc_now


@dataclass(frozen=True, slots=True)
class Rules:
    """How what may be asked is bounded, and how a server says so.

    Attributes:
        limits: How large a request may be, and how much may be asked at once.
        documents: What requests may name by its identifier.
        statuses: Which edition of GraphQL over HTTP the statuses are of.
    """

    limits: Limits = field(default_factory=Limits)
    documents: PersistedDocuments = NO_DOCUMENTS
    statuses: Statuses = Statuses.AUDITS
