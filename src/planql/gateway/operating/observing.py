"""When a request has been answered, or given up: its numbers, its line in the log, its span."""

import logging
import time
from dataclasses import dataclass
from typing import Final

from planql.gateway.calls import Call
from planql.gateway.operating.lifecycle import Lifecycle
from planql.gateway.operating.log_lines import fields
from planql.gateway.operating.metrics import Metrics
from planql.gateway.operating.request_log import log_request
from planql.gateway.operating.tracing import Tracing

LOG: Final = logging.getLogger("planql.gateway")


@dataclass(frozen=True, slots=True)
class Observers:
    """What is told of each request."""

    metrics: Metrics
    lifecycle: Lifecycle
    tracing: Tracing | None = None

    def tell(self, call: Call, nanoseconds: int) -> None:
        """Tell of a request that is over.

        Args:
            call: The request, with its note.
            nanoseconds: How long it took, until now.
        """
        if self.tracing and call.note.kind:
            ended = time.time_ns()
            self.tracing.trace(call.note, ended - nanoseconds, ended)
        seconds = nanoseconds / 1_000_000_000
        self.metrics.count_request(call.path, call.note, seconds)
        log_request(call, seconds)


def log_defect(defect: BaseException, request_id: str) -> None:
    """Log a defect, with its traceback, under the request that met it."""
    known = fields(request_id=request_id)
    LOG.error("request %s met a defect", request_id, exc_info=defect, extra=known)
