"""What is served at the moment of a scrape, as numbers."""

from collections.abc import Callable, Iterable
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from planql.gateway.operating.lifecycle import Lifecycle
from planql.gateway.served import CatalogHolder
from planql.gateway.watching import Watcher


class CatalogMetrics(Collector):
    """The catalog, how following its branch goes, and whether the server stops.

    Args:
        holder: Holds what is served.
        watcher: Follows the branch; None for a directory, which is read once.
        lifecycle: Of this process.
        clock: Gives the present instant.
    """

    def __init__(
        self,
        holder: CatalogHolder,
        watcher: Watcher | None,
        lifecycle: Lifecycle,
        clock: Callable[[], datetime],
    ) -> None:
        self._holder = holder
        self._watcher = watcher
        self._lifecycle = lifecycle
        self._clock = clock

    def collect(self) -> Iterable[Metric]:
        """The numbers of this moment."""
        served, now = self._holder.served, self._clock()
        catalog = served.catalog
        yield InfoMetricFamily(
            "planql_catalog",
            "The catalog that is served.",
            {"commit": catalog.commit or "", "digest": catalog.digest},
        )
        yield GaugeMetricFamily(
            "planql_catalog_age_seconds",
            "For how long this process has served it.",
            (now - served.since).total_seconds(),
        )
        yield GaugeMetricFamily(
            "planql_stopping", "1 while the server stops.", float(self._lifecycle.is_stopping)
        )
        if self._watcher:
            yield from _reload(self._watcher, now)


def _reload(watcher: Watcher, now: datetime) -> Iterable[Metric]:
    status = watcher.status
    yield GaugeMetricFamily(
        "planql_catalog_reload_success",
        "1 when the newest commit of the branch is served, 0 when it cannot be.",
        float(status.failure is None),
    )
    yield GaugeMetricFamily(
        "planql_catalog_reload_age_seconds",
        "How long ago the branch was looked at.",
        (now - status.checked_at).total_seconds(),
    )
