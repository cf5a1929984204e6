"""What a resolver may know of its request."""

from datetime import datetime

import msgspec
import strawberry

from planql.gateway.operating.notes import Note
from planql.gateway.previews import Repository, no_repository
from planql.gateway.principals import Principal
from planql.gateway.served import Served
from planql.gateway.stored import Stored, no_store


class Context(msgspec.Struct, frozen=True):
    """Of one request; the snapshot stays the same until it is answered.

    Attributes:
        served: The catalog, as it was when the request came: the part that the principal sees.
        now: When the request came; what `asOf` means when it is left out.
        principal: Who asks.
        note: What is noted of the request for whoever runs the server; its id names it in the log.
        customers: What is stored; None on a server without a database.
        repository: Where the catalog is served from; None when that is a directory.
    """

    served: Served
    now: datetime
    principal: Principal
    note: Note
    customers: Stored | None = None
    repository: Repository | None = None

    @property
    def stored(self) -> Stored:
        """What is stored.

        Raises:
            SourceError: `no-store`, on a server without a database.
        """
        if self.customers is None:
            raise no_store()
        return self.customers

    @property
    def git(self) -> Repository:
        """Where the catalog is served from.

        Raises:
            SourceError: `no-repository`, on a server that reads a directory.
        """
        if self.repository is None:
            raise no_repository()
        return self.repository


Info = strawberry.Info[Context, None]
"""What strawberry hands to a resolver."""
