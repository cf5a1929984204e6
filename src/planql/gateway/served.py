"""The catalog that is served: one immutable snapshot, held so that it can be swapped whole.

Everything that is worked out from a snapshot is kept inside `Served`, so it goes with it.
"""

from datetime import UTC, date, datetime
from functools import cached_property

from planql.catalog.snapshot import Catalog
from planql.gateway.catalog_charges import CatalogCharges
from planql.gateway.compiled.kept import Kept
from planql.gateway.principals import TRUSTED, Role
from planql.gateway.public import public_part
from planql.gateway.types import catalogs
from planql.gateway.types.model_views import ModelViews
from planql.gateway.types.products import RatePlan
from planql.metering.acceptance import Acceptance
from planql.periods import local_day, zone


class Served:
    """One snapshot, and what was worked out from it.

    Attributes:
        catalog: The snapshot.
        since: When it began to be served.
        models: The views of its charge models; they may be taken over from another snapshot.
    """

    def __init__(
        self,
        catalog: Catalog,
        since: datetime | None = None,
        models: ModelViews | None = None,
    ) -> None:
        self.catalog = catalog
        self.since = since or datetime.now(UTC)
        self.models = models or ModelViews()

    @cached_property
    def view(self) -> catalogs.Catalog:
        """The catalog as the schema shows it."""
        return catalogs.catalog_view(self.catalog, self.models)

    @cached_property
    def rate_plans(self) -> dict[tuple[str, int], RatePlan]:
        """Every version of every rate plan as the schema shows it, by key and version."""
        return {(plan.key, plan.version): plan for plan in self.view.rate_plans}

    @cached_property
    def charges(self) -> CatalogCharges:
        """Its charges, as far as they were rated."""
        return CatalogCharges(self.catalog)

    @cached_property
    def acceptance(self) -> Acceptance:
        """Which usage events may be recorded."""
        return Acceptance(document.entity for document in self.catalog.meters.values())

    @cached_property
    def kept(self) -> Kept:
        """What is kept of answers made from this part."""
        return Kept()

    @cached_property
    def public(self) -> "Served":
        """The part that anyone may see; what is worked out from it is kept apart."""
        return Served(public_part(self.catalog), self.since, self.models)

    def prepare(self) -> None:
        """Work out what requests need, so that the first of them does not wait for it."""
        for part in (self, self.public):
            part.rate_plans  # noqa: B018 - it is kept
        self.models.is_made()

    def seen_by(self, role: Role) -> "Served":
        """The part that a kind of principal sees."""
        return self if role in TRUSTED else self.public

    def day_of(self, instant: datetime) -> date:
        """The day of `instant` in the catalog's own time zone."""
        return local_day(instant, zone(self.catalog.settings.time_zone))


class CatalogHolder:
    """Holds what is served now; a request keeps what it began with.

    Attributes:
        served: What is served now.
    """

    def __init__(self, catalog: Catalog | Served) -> None:
        self.served = catalog if isinstance(catalog, Served) else Served(catalog)

    def swap(self, catalog: Catalog) -> None:
        """Serve `catalog` from the next request on."""
        self.publish(Served(catalog))

    def publish(self, served: Served) -> None:
        """Serve a snapshot, with all that was worked out from it, from the next request on."""
        self.served = served
