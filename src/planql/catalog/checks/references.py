"""Rules about keys that name other documents.

A key counts as known when a document has it, or a file is called so, even when that file cannot
be read: then the file is the mistake, not the reference.
"""

from collections.abc import Iterable, Iterator

from planql.catalog.checks.pointers import placed
from planql.catalog.costs import SubscriptionDayCost, UsageCost
from planql.catalog.documents import Document, Documents, PlacedMistake
from planql.catalog.meters import Measures
from planql.catalog.rate_plans import RatePlan, UsageCharge
from planql.discounts import Discount
from planql.problems import Mistake, did_you_mean, escape_pointer


def check_agent_types(documents: Documents) -> Iterator[PlacedMistake]:
    """The agent type of a product, and of what a meter measures, exists."""
    known = known_keys(documents, "agent-type")
    for product in documents.products:
        if product.entity.agent_type is not None:
            found = check_key("agent type", product.entity.agent_type, known, "/agent_type")
            yield from placed(product, found)
    for meter in documents.meters:
        if meter.entity.measures is not None:
            key = meter.entity.measures.agent_type
            yield from placed(meter, check_key("agent type", key, known, "/measures/agent_type"))


def check_activities(documents: Documents) -> Iterator[PlacedMistake]:
    """The action or outcome that a meter measures is one of its agent type's."""
    unread = incomplete_keys(documents, "agent-type")
    agent_types = {document.entity.key: document.entity for document in documents.agent_types}
    for document in documents.meters:
        measures = document.entity.measures
        agent_type = agent_types.get(measures.agent_type) if measures else None
        if measures is None or agent_type is None or agent_type.key in unread:
            continue
        actions = [activity.key for activity in agent_type.actions]
        outcomes = [activity.key for activity in agent_type.outcomes]
        if measures.action is not None:
            found = check_key("action", measures.action, actions, "/measures/action")
            yield from placed(document, found)
        if measures.outcome is not None:
            found = check_key("outcome", measures.outcome, outcomes, "/measures/outcome")
            yield from placed(document, found)


def check_products(documents: Documents) -> Iterator[PlacedMistake]:
    """The product of a rate plan, and those that a discount or a cost is for, exist."""
    known = known_keys(documents, "product")
    for plan in documents.rate_plans:
        yield from placed(plan, check_key("product", plan.entity.product, known, "/product"))
    for discount in documents.discounts:
        found = _check_list("product", discount.entity.products, known, "/products")
        yield from placed(discount, found)
    for cost in documents.of(SubscriptionDayCost):
        yield from placed(cost, _check_list("product", cost.entity.products, known, "/products"))


def check_meters(documents: Documents) -> Iterator[PlacedMistake]:
    """The meter of a usage charge, of a cost and of what a scenario assumes exists."""
    known = known_keys(documents, "meter")
    for document in documents.rate_plans:
        for pointer, charge in usage_charges(document.entity):
            found = check_key("meter", charge.meter, known, f"{pointer}/meter")
            yield from placed(document, found)
    for cost in documents.of(UsageCost):
        yield from placed(cost, check_key("meter", cost.entity.meter, known, "/meter"))
    for scenario in documents.scenarios:
        for index, assumed in enumerate(scenario.entity.usage):
            pointer = escape_pointer("usage", index, "meter")
            yield from placed(scenario, check_key("meter", assumed.meter, known, pointer))


def check_discounts(documents: Documents) -> Iterator[PlacedMistake]:
    """The discounts that a plan or a charge lists exist."""
    known = known_keys(documents, "discount")
    for document in documents.rate_plans:
        for pointer, key in discount_references(document.entity):
            yield from placed(document, check_key("discount", key, known, pointer))


def check_listed_plans(documents: Documents) -> Iterator[PlacedMistake]:
    """The rate plans that a discount or a scenario is for exist."""
    known = known_keys(documents, "rate-plan")
    for document in (*documents.discounts, *documents.scenarios):
        found = _check_list("rate plan", document.entity.rate_plans, known, "/rate_plans")
        yield from placed(document, found)


def check_discount_charges(documents: Documents) -> Iterator[PlacedMistake]:
    """A charge that a discount lists is one of the plans' it is for: `charge` or `plan/charge`.

    Without any such plan the reference to the plan, or the discount, is the mistake; so is the
    key of a plan whose file is called otherwise.
    """
    if incomplete_keys(documents, "rate-plan") or _are_misnamed(documents.rate_plans):
        return
    keys = known_keys(documents, "rate-plan")
    for document in documents.discounts:
        plans = _plans_of(documents, document.entity)
        if plans and keys.issuperset(document.entity.rate_plans):
            known = _charge_names(plans)
            found = _check_list("charge", document.entity.charges, known, "/charges")
            yield from placed(document, found)


def check_measured_agent_type(documents: Documents) -> Iterator[PlacedMistake]:
    """A usage charge's meter measures the agent type of the plan's product, or none.

    Where one of the two agent types does not exist, that reference is the mistake.
    """
    known = known_keys(documents, "agent-type")
    meters = {document.entity.key: document.entity for document in documents.meters}
    products = {document.entity.key: document.entity for document in documents.products}
    for document in documents.rate_plans:
        product = products.get(document.entity.product)
        agent_type = product.agent_type if product else None
        for pointer, charge in usage_charges(document.entity):
            meter = meters.get(charge.meter)
            measures = meter.measures if meter else None
            if measures and {agent_type, measures.agent_type} <= known:
                found = _check_measured(charge.meter, measures, agent_type, pointer)
                yield from placed(document, found)


def _are_misnamed(plans: Iterable[Document[RatePlan]]) -> bool:
    """Whether the file of some plan is not called as its key says."""
    return any(plan.name is not None and plan.name.key != plan.entity.key for plan in plans)


def known_keys(documents: Documents, kind: str) -> set[str]:
    """Every key of a kind, from the documents and from the names of files."""
    named = {name.key for name in documents.named if name.kind == kind}
    return named | {
        getattr(document.entity, "key", "")
        for document in documents.all
        if document.name is not None and document.name.kind == kind
    }


def incomplete_keys(documents: Documents, kind: str) -> set[str]:
    """The keys of a kind whose files could not be read, or not wholly."""
    return {name.key for name in documents.incomplete if name.kind == kind}


def usage_charges(plan: RatePlan) -> Iterator[tuple[str, UsageCharge]]:
    """The usage charges of a plan, each with its pointer."""
    for index, charge in enumerate(plan.charges):
        if isinstance(charge, UsageCharge):
            yield escape_pointer("charges", index), charge


def discount_references(plan: RatePlan) -> Iterator[tuple[str, str]]:
    """The discounts that a plan and its charges list, each with its pointer."""
    for index, key in enumerate(plan.discounts):
        yield escape_pointer("discounts", index), key
    for position, charge in enumerate(plan.charges):
        for index, key in enumerate(charge.discounts):
            yield escape_pointer("charges", position, "discounts", index), key


def _check_list(
    kind: str, keys: Iterable[str], known: Iterable[str], pointer: str
) -> Iterator[Mistake]:
    for index, key in enumerate(keys):
        yield from check_key(kind, key, known, pointer + escape_pointer(index))


def check_key(kind: str, key: str, known: Iterable[str], pointer: str) -> Iterator[Mistake]:
    """A key that names something names one that is known; the hint offers the nearest."""
    if key not in known:
        options = sorted(known)
        hint = did_you_mean(key, options) or _offer(options)
        yield Mistake("unknown-reference", f'there is no {kind} "{key}"', pointer, hint)


def _offer(options: list[str]) -> str:
    """The first few keys there are, for a reference that is like none of them."""
    if not options:
        return "there are none yet"
    more = ", ..." if len(options) > 5 else ""  # noqa: PLR2004 - what fits on a line
    return "there are " + ", ".join(f'"{key}"' for key in options[:5]) + more


def _plans_of(documents: Documents, discount: Discount) -> list[RatePlan]:
    """The plans that a discount is for: those it lists, else those of the products it lists."""
    plans = [document.entity for document in documents.rate_plans]
    if discount.rate_plans:
        return [plan for plan in plans if plan.key in discount.rate_plans]
    if discount.products:
        return [plan for plan in plans if plan.product in discount.products]
    return plans


def _charge_names(plans: Iterable[RatePlan]) -> set[str]:
    """Every way to name a charge of these plans."""
    pairs = {(plan.key, charge.key) for plan in plans for charge in plan.charges}
    return {charge for _, charge in pairs} | {f"{plan}/{charge}" for plan, charge in pairs}


def _check_measured(
    meter: str, measures: Measures, agent_type: str | None, pointer: str
) -> Iterator[Mistake]:
    if measures.agent_type != agent_type:
        yield Mistake(
            "wrong-agent-type",
            f'meter "{meter}" measures the agent type "{measures.agent_type}", but the '
            f'product is for "{agent_type}"',
            f"{pointer}/meter",
            'use a meter of the product\'s agent type, or one without "measures"',
        )
