"""What a server is told about being looked after."""

from dataclasses import dataclass, field

from planql.gateway.operating.lifecycle import Lifecycle
from planql.gateway.operating.tracing import Tracing


@dataclass(frozen=True, slots=True)
class Monitoring:
    """How one process is looked after.

    Attributes:
        lifecycle: Whether it stops; whoever runs the server says so.
        metrics_token: Who shows it may read `/metrics`; None: there is none.
        tracing: Where spans go; None: there are none.
    """

    lifecycle: Lifecycle = field(default_factory=Lifecycle)
    metrics_token: bytes | None = field(default=None, repr=False)
    tracing: Tracing | None = None
