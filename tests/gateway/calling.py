"""Calls without a server: what an endpoint is asked, by itself or behind the front."""

from collections.abc import Mapping
from pathlib import Path

from starlette.types import Message, Receive

from planql.gateway.access import DEVELOPMENT
from planql.gateway.assets import Assets
from planql.gateway.authentication import Authentication
from planql.gateway.calls import Call, read_call
from planql.gateway.cors import Origins
from planql.gateway.front import Answering, Front, Steps
from planql.gateway.hosts import Hosts
from planql.gateway.operating.lifecycle import Lifecycle
from planql.gateway.operating.metrics import Metrics
from planql.gateway.operating.observing import Observers
from planql.gateway.operating.probes import Probes
from planql.gateway.operating.readiness import Readiness
from planql.gateway.settings import utc_now


async def gone() -> Message:
    """A client that went away."""
    return {"type": "http.disconnect"}


def a_call(
    method: str = "POST",
    path: str = "/",
    headers: Mapping[str, str] | None = None,
    receive: Receive = gone,
    address: str = "192.0.2.7",
) -> Call:
    """A request, as a server of ASGI hands it over."""
    lines = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": lines}
    return read_call({**scope, "client": (address, 7) if address else None}, receive)


def front(addresses: Mapping[str, Answering], metrics: Metrics | None = None) -> Front:
    """What every request passes, in development mode, before some addresses."""
    counted, lifecycle = metrics or Metrics([]), Lifecycle()
    steps = Steps(
        Probes(Readiness(lifecycle, None), counted, None),
        Hosts([]),
        Origins([]),
        Authentication(DEVELOPMENT, utc_now),
    )
    files = Assets(Path("nowhere")).answer
    return Front(steps, addresses, files, Observers(counted, lifecycle))
