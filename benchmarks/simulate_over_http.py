"""How long does `simulate` take over HTTP: totals, and every day of every charge?

The plan of `simulate.py`: ten charges (four fees, six of usage) over a year, and five scenarios at
once. One client asks a real server; times are of one core's processor, of client and server
together, the median of several.
"""

import socket
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import httpx
import uvicorn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.simulate import FEES, MODELS, catalog_of, plan_of, usage_charges

from planql.catalog.snapshot import Catalog
from planql.gateway.application import create_application
from planql.gateway.served import CatalogHolder
from planql.gateway.settings import Content

Doc = dict[str, Any]

TOTALS_LIMIT_MS: Final = 300.0
TOTALS: Final = "totals { revenue { amount } cost { amount } margin { amount } marginPercentage }"
SELECTIONS: Final = {
    "totals of months": f"{TOTALS} months {{ start {TOTALS} }}",
    "totals of charges": f"{TOTALS} rows {{ charge {TOTALS} }}",
    "days, revenue only": "rows { charge days { date revenue } }",
    "days, all of them": "rows { charge days { date quantity cumulative revenue cost margin } }",
}
QUERY: Final = """query($usage: [SimulatedUsageInput!]!) {
  simulate(plans: [{ catalog: { ratePlan: "plan" } }], usage: $usage,
    from: "2026-01-01", to: "2027-01-01",
    quantities: [{ name: "seats", quantity: "5" }]
  ) { ... on SimulatedRange { runs { %s } } ... on UserError { code message } }
}"""


def main() -> int:
    """Print a table; 1 when the limit is exceeded."""
    charges = [*FEES, *usage_charges(len(MODELS))]
    meters = [charge["meter"] for charge in charges if "meter" in charge]
    catalog = catalog_of(meters, {"type": "sum", "property": "n"})
    slowest = 0.0
    with serving(catalog.with_rate_plan(plan_of(charges))) as client:
        for count in (1, 5):
            usage = [assumed(number, meters) for number in range(1, count + 1)]
            for name, selection in SELECTIONS.items():
                taken = show(client, f"{count} x {name}", selection, usage)
                slowest = max(slowest, taken if "totals" in name else 0)
    return int(slowest > TOTALS_LIMIT_MS)


def show(client: httpx.Client, name: str, selection: str, usage: list[Doc]) -> float:
    """Milliseconds of the processor from request to answer, printed with the length of it."""
    taken: list[float] = []
    length = 0
    for _ in range(7):
        started = time.process_time()
        request = {"query": QUERY % selection, "variables": {"usage": usage}}
        answer = client.post("/graphql", json=request)
        taken.append(1000 * (time.process_time() - started))
        assert '"runs"' in answer.text, answer.text[:500]  # noqa: S101 - of the benchmark itself
        length = len(answer.content)
    median = statistics.median(taken)
    print(f"{name:26} {median:8.1f} ms {length / 1000:8.0f} kB", flush=True)
    return median


def assumed(number: int, meters: list[str]) -> Doc:
    """A scenario: usage that grows every month and rests at weekends."""
    week = ["1", "1", "1", "1", "1", "0.2", "0.2"]
    total = {"total": str(1000 * number), "growthPercentage": "3", "weekdays": week}
    usage = [{"meter": meter, "quantity": {"monthly": total}} for meter in meters]
    return {"assumed": {"key": f"scenario-{number}", "usage": usage}}


@contextmanager
def serving(catalog: Catalog) -> Iterator[httpx.Client]:
    """A client of a server over a catalog."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        application = create_application(Content(CatalogHolder(catalog)))
        server = uvicorn.Server(uvicorn.Config(application, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        try:
            with httpx.Client(base_url=address, timeout=60) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join()


if __name__ == "__main__":
    sys.exit(main())
