"""The charges of a snapshot, each made ready to be rated when it is asked for first."""

from dataclasses import dataclass

from planql.catalog.documents import Document
from planql.catalog.rate_plans import RatePlan
from planql.catalog.snapshot import Catalog
from planql.errors import UnknownReference
from planql.gateway.types.sources import Source, source_of
from planql.gateway.types.steps import StepViews
from planql.problems import did_you_mean
from planql.rating.ready import ReadyCharge, ready


@dataclass(frozen=True, slots=True)
class CatalogCharge:
    """A charge of the snapshot.

    Attributes:
        ready: The charge, ready to be rated.
        steps: Of its lines, as the schema shows them.
        source: Where it is written.
    """

    ready: ReadyCharge
    steps: StepViews
    source: Source


class CatalogCharges:
    """The charges of one snapshot, of which there are no more than it has."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._known: dict[tuple[str, int, str], CatalogCharge] = {}

    def find(self, plan: str, version: int, charge: str) -> CatalogCharge:
        """A charge of a version of a rate plan, all by their names.

        Raises:
            UnknownReference: `unknown-reference`, there is no such version; `unknown-charge`, it
                has no such charge.
        """
        name = plan, version, charge
        if name not in self._known:
            self._known[name] = self._made(self._catalog.rate_plan(plan, version), charge)
        return self._known[name]

    def _made(self, document: Document[RatePlan], key: str) -> CatalogCharge:
        plan = document.entity
        keys = [charge.key for charge in plan.charges]
        if key not in keys:
            hint = did_you_mean(key, keys)
            message = f'"{plan.key}" version {plan.version} has no charge "{key}"'
            raise UnknownReference("unknown-charge", message, pointer="/charge/charge", hint=hint)
        index = keys.index(key)
        made = ready(plan.charges[index], plan.currency)
        return CatalogCharge(
            ready=made,
            steps=StepViews(plan.currency, made.prepared.common_steps, made.prepared.prices),
            source=source_of(document, self._catalog.commit, f"/charges/{index}"),
        )
