"""What a resolver may know of its request."""

from dataclasses import dataclass
from datetime import datetime

import strawberry

from planql.gateway.served import Served


@dataclass(frozen=True, slots=True)
class Context:
    """Of one request; the snapshot stays the same until it is answered.

    Attributes:
        served: The catalog, as it was when the request came.
        now: When the request came; what `asOf` means when it is left out.
        request_id: Names the request in the log.
    """

    served: Served
    now: datetime
    request_id: str


Info = strawberry.Info[Context, None]
"""What strawberry hands to a resolver."""
