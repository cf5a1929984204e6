"""The plans that simulations and curves are asked about: of a catalog, of another ref, drafts.

Owns: which version is meant when none is named, charges put in the place of others.
Does not own: reading drafts, git refs.

Source: RULES 9.1 (docs/rules/simulation.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planql.catalog.checks import require_valid_rate_plan
from planql.catalog.documents import Document
from planql.catalog.rate_plans import Charge, RatePlan
from planql.catalog.snapshot import Catalog
from planql.errors import InvalidInput, UnknownReference
from planql.problems import did_you_mean, escape_pointer
from planql.simulation.subscribing import plan_of_charges


@dataclass(frozen=True, slots=True)
class Written:
    """A place in a file.

    Attributes:
        pointer: JSON pointer into the document.
    """

    document: Document[RatePlan]
    pointer: str


@dataclass(frozen=True, slots=True)
class PricedPlan:
    """A version of a rate plan that is simulated.

    Attributes:
        label: What it is called beside others: "support-pro@2", "main:support-pro@2".
        catalog: Where its meters, discounts and costs are; the plan itself is in it.
        taken_from: Of a plan with drafts among its charges: the version that has the others; None
            where there is none.
    """

    label: str
    catalog: Catalog
    document: Document[RatePlan]
    taken_from: Document[RatePlan] | None = None

    @property
    def plan(self) -> RatePlan:
        """The version."""
        return self.document.entity

    def written(self, charge: str | None) -> Written | None:
        """Where the charge of that key is written; None for a draft, and for no charge."""
        document = self.taken_from or self.document
        for place, each in enumerate(document.entity.charges if document.path else ()):
            if each.key == charge and each in self.plan.charges:
                return Written(document, escape_pointer("charges", place))
        return None

    def is_draft(self, charge: str | None) -> bool:
        """Whether there is a charge of that key that is written nowhere."""
        is_charge = any(each.key == charge for each in self.plan.charges)
        return is_charge and self.written(charge) is None


def version_on(catalog: Catalog, key: str, on: date) -> Document[RatePlan]:
    """The version in force on a local day; before there is one, the newest.

    Raises:
        UnknownReference: there is no such plan.
    """
    try:
        return catalog.rate_plan_in_force(key, on)
    except UnknownReference as error:
        if error.code != "no-version-in-force":
            raise
    return catalog.rate_plan(key, max(catalog.rate_plans[key]))


def drafted(label: str, catalog: Catalog, plan: RatePlan) -> PricedPlan:
    """A plan that is in no file, in a catalog that holds it.

    Raises:
        InvalidInput: the first rule that the plan breaks, with its pointer.
    """
    require_valid_rate_plan(plan)
    document = Document(plan, path="")
    return PricedPlan(label, catalog.with_rate_plan(document), document)


def with_charges(label: str, priced: PricedPlan, charges: Iterable[Charge]) -> PricedPlan:
    """A plan with each charge in the place of its namesake, or behind the others.

    Raises:
        InvalidInput: the first rule that they break, with its pointer: `/charges/0/model`.
    """
    drafts = tuple(charges)
    require_valid_rate_plan(priced.plan.model_copy(update={"charges": drafts}))
    kept = {charge.key: charge for charge in priced.plan.charges}
    kept.update((charge.key, charge) for charge in drafts)
    plan = priced.plan.model_copy(update={"charges": tuple(kept.values()), "status": "draft"})
    whole = drafted(label, priced.catalog, plan)
    return replace(whole, taken_from=priced.taken_from or priced.document)


def of_charges(
    label: str,
    catalog: Catalog,
    charges: Sequence[Charge],
    currency: str,
    billing_cycle: str = "monthly",
) -> PricedPlan:
    """A plan of nothing but charges; its product is the first one of the catalog.

    Raises:
        InvalidInput: the first rule that it breaks, with its pointer: `/charges/0/model`.
    """
    product = next(iter(catalog.products), "draft")
    plan = plan_of_charges(tuple(charges), currency, billing_cycle, product).entity
    return drafted(label, catalog, plan)


def require_charges(keys: Iterable[str], plans: Iterable[PricedPlan]) -> None:
    """Refuse keys of charges that no plan has.

    Raises:
        UnknownReference: `unknown-charge`.
    """
    known = [charge.key for priced in plans for charge in priced.plan.charges]
    for key in keys:
        if key not in known:
            hint = did_you_mean(key, known) or f"there are {', '.join(dict.fromkeys(known))}"
            message = f'none of the plans has a charge "{key}"'
            raise UnknownReference("unknown-charge", message, hint=hint)


def require_declared(names: Iterable[str], plans: Iterable[PricedPlan]) -> None:
    """Refuse names of quantities that no charge of any plan declares.

    Raises:
        InvalidInput: `unknown-quantity`.
    """
    declared = {name for priced in plans for name in declared_names(priced.plan)}
    for name in names:
        if name not in declared:
            known = ", ".join(f'"{each}"' for each in sorted(declared)) or "none"
            raise InvalidInput(
                "unknown-quantity",
                f'no charge declares the quantity "{name}"',
                hint=did_you_mean(name, sorted(declared)) or f"declared: {known}",
            )


def declared_names(plan: RatePlan) -> set[str]:
    """The quantities that the charges of a plan declare."""
    declared = (getattr(charge, "quantity", None) for charge in plan.charges)
    return {each.name for each in declared if each is not None}
