"""A customer who has been there before and stays: what recorded usage is priced as.

::

    started        trial, setup fee           as_of
    |----------------|-------- recorded months ---|
                     [ steady subscription        )   current quantities, prices, discounts

What happens once in a subscription's life (a trial, a charge at the start, a discount for some
periods) is left out on both sides, so that months that were and months that come compare.

Source: RULES 9.1 (docs/rules/impact.md).
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace

from planql.billing.changes import PriceOverride
from planql.billing.customers import Customer
from planql.billing.due import zone_of
from planql.billing.known_usage import KnownUsage
from planql.billing.subscriptions import Subscription
from planql.billing.terms import Redeemed, Terms
from planql.catalog.documents import Document
from planql.catalog.rate_plans import RatePlan
from planql.catalog.snapshot import Catalog
from planql.discounts import Forever
from planql.entity import read_entity
from planql.money import plain
from planql.periods import Period, day_start
from planql.simulation.results import Simulation
from planql.simulation.simulating import simulate


@dataclass(frozen=True, slots=True)
class SteadyTerms:
    """What a customer agreed to, whatever the version.

    Attributes:
        quantities: By the names that charges declare, as plain decimals.
        overrides: Prices of this customer alone.
        redeemed: Discounts that last for ever.
    """

    quantities: Mapping[str, str]
    overrides: tuple[PriceOverride, ...] = ()
    redeemed: tuple[Redeemed, ...] = ()

    @property
    def identity(self) -> Hashable:
        """Equal for equal terms."""
        return frozenset(self.quantities.items()), self.overrides, self.redeemed


def steady_terms(terms: Terms, catalog: Catalog, quantities: Mapping[str, str]) -> SteadyTerms:
    """What stays of terms; `quantities` are declared where they do not say.

    Raises:
        UnknownReference: there is no such discount.
    """
    own = {name: plain(number) for name, number in terms.quantities.items()}
    ending = set(ending_discounts(terms, catalog))
    lasting = tuple(each for each in terms.redeemed if each.discount not in ending)
    return SteadyTerms({**quantities, **own}, terms.overrides, lasting)


def ending_discounts(terms: Terms, catalog: Catalog) -> tuple[str, ...]:
    """Keys of the redeemed discounts that do not last for ever.

    Raises:
        UnknownReference: there is no such discount.
    """
    keys = [each.discount for each in terms.redeemed]
    lasting = _lasting(keys, catalog)
    return tuple(key for key in keys if key not in lasting)


class SteadySide:
    """One catalog, with each version of a plan as one who stays pays for it."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = replace(catalog, migrations={})
        self._known: dict[tuple[str, int], Catalog] = {}

    def simulate(
        self,
        plan: Document[RatePlan],
        customer: Customer,
        terms: SteadyTerms,
        usage: KnownUsage,
        days: Period,
    ) -> Simulation:
        """What a customer pays and costs who is on `plan` from the first day on.

        Raises:
            PlanqlError: the terms do not fit the plan.
        """
        catalog = self._with(plan)
        started_at = day_start(days.start, zone_of(customer, catalog))
        document = {
            "key": "recorded",
            "rate_plan": plan.entity.key,
            "version": plan.entity.version,
            "started_at": started_at.isoformat(),
            "quantities": terms.quantities,
            "overrides": terms.overrides,
            "discounts": [
                {"discount": each.discount, "redeemed_at": each.at.isoformat()}
                for each in terms.redeemed
            ],
        }
        subscription = read_entity(Subscription, document)
        return simulate(catalog, customer, [subscription], usage, days)

    def _with(self, plan: Document[RatePlan]) -> Catalog:
        name = plan.entity.key, plan.entity.version
        if name not in self._known:
            steady = replace(plan, entity=_steady(plan.entity, self._catalog))
            self._known[name] = self._catalog.with_rate_plan(steady)
        return self._known[name]


def _steady(plan: RatePlan, catalog: Catalog) -> RatePlan:
    """The plan without its trial, what is paid once, and automatic discounts that end."""
    charges = tuple(
        charge.model_copy(update={"discounts": _lasting(charge.discounts, catalog)})
        for charge in plan.charges
        if charge.type != "one_time"
    )
    discounts = _lasting(plan.discounts, catalog)
    return plan.model_copy(update={"trial": None, "charges": charges, "discounts": discounts})


def _lasting(keys: Iterable[str], catalog: Catalog) -> tuple[str, ...]:
    return tuple(key for key in keys if isinstance(catalog.discount(key).duration, Forever))
