"""What a subscription holds at a moment: plan, version, quantities, overrides, discounts."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from tests.oracle.numerals import PLAIN, Doc, RefusedError, plain
from tests.oracle.periods import Cycle, cycle_of
from tests.oracle.rate import check_charge, declared_quantity

Content = dict[str, Any]


def moment(text: str) -> datetime:
    """Return an instant in UTC."""
    parsed = datetime.fromisoformat(text)
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).astimezone(UTC)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the instant, in UTC, that opens a local day."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def day_of(instant: datetime, zone: ZoneInfo) -> date:
    """Return the local day of an instant."""
    return instant.astimezone(zone).date()


@dataclass(frozen=True)
class State:
    """Everything that a change may alter."""

    plan: Doc
    quantities: Doc
    overrides: tuple[Doc, ...] = ()
    discounts: tuple[str, ...] = ()
    paused: bool = False

    @property
    def cycle(self) -> Cycle:
        """Return the plan's billing cycle."""
        return cycle_of(self.plan["billing_cycle"])

    @property
    def basis(self) -> str:
        """Return the plan's proration basis."""
        basis: str = self.plan.get("proration", {}).get("basis", "day")
        return basis


def find_plan(catalog: Doc, key: str, version: object, on: date) -> Doc:
    """Return the version asked for, or the newest published one in force on a day."""
    versions = [plan for plan in catalog["rate_plans"] if plan["key"] == key]
    if version is not None:
        chosen = [plan for plan in versions if plan.get("version") == version]
    else:
        chosen = [
            plan
            for plan in sorted(versions, key=lambda plan: int(plan["version"]))
            if plan["status"] == "published" and date.fromisoformat(plan["effective_from"]) <= on
        ]
    if not chosen:
        raise RefusedError(f"no version of {key} in force on {on}")
    found: Doc = chosen[-1]
    for charge in found["charges"]:
        check_charge(charge, found["currency"])
    return found


def redeemed(catalog: Doc, listed: list[Any]) -> tuple[str, ...]:
    """Return the keys of redeemed discounts; one that the catalog lacks is refused."""
    keys = tuple(item if isinstance(item, str) else item["discount"] for item in listed)
    for key in keys:
        find_discount(catalog, key)
    return keys


def find_discount(catalog: Doc, key: str) -> Doc:
    """Return a discount of the catalog."""
    for discount in catalog.get("discounts", []):
        if discount["key"] == key:
            found: Doc = discount
            return found
    raise RefusedError(f"no discount {key}")


def changed(state: State, change: Doc, catalog: Doc, on: date) -> State:
    """Return the state after one change takes effect."""
    if "rate_plan" in change or "version" in change:
        key: str = change.get("rate_plan") or state.plan["key"]
        state = replace(state, plan=find_plan(catalog, key, change.get("version"), on))
    if "quantities" in change:
        state = replace(state, quantities={**state.quantities, **change["quantities"]})
    if "discounts" in change:
        state = replace(state, discounts=redeemed(catalog, change["discounts"]))
    if "overrides" in change:
        state = replace(state, overrides=tuple(change["overrides"]))
    if change.get("pause"):
        state = replace(state, paused=True)
    if change.get("resume"):
        state = replace(state, paused=False)
    return state


@dataclass(frozen=True)
class Holding:
    """One charge as the subscription has it: its terms, quantity and plan."""

    charge: Content
    quantity: str | None
    plan: Doc = field(compare=False)

    @property
    def key(self) -> str:
        """Return the key of the charge."""
        key: str = self.charge["key"]
        return key

    @property
    def cycle(self) -> Cycle:
        """Return the cycle on which the charge is billed."""
        return cycle_of(self.charge.get("billing_cycle", self.plan["billing_cycle"]))

    @property
    def policy(self) -> str:
        """Return when allowances shrink."""
        own: str | None = self.charge.get("prorate_allowances")
        plans: str | None = self.plan.get("prorate_allowances")
        return own or plans or "changes"

    @property
    def advance(self) -> bool:
        """Return whether the charge is billed at the start of its period."""
        arrears: bool = self.charge.get("timing") == "in_arrears"
        return self.charge["type"] == "recurring" and not arrears


def by_value(value: Any) -> Any:  # noqa: ANN401, any JSON
    """Return JSON with every decimal string in its shortest form, so that equal means equal."""
    if isinstance(value, dict):
        return {name: by_value(member) for name, member in value.items()}
    if isinstance(value, list):
        return [by_value(member) for member in value]
    return plain(Fraction(value)) if isinstance(value, str) and PLAIN.fullmatch(value) else value


def holdings(state: State) -> dict[str, Holding]:
    """Return every charge of the plan with its override and quantity, by key."""
    found = {}
    for charge in state.plan["charges"]:
        terms = {"timing": "in_advance"} if charge["type"] == "recurring" else {}
        terms |= {name: by_value(value) for name, value in charge.items() if name != "name"}
        for override in state.overrides:
            if override["charge"] == charge["key"]:
                terms["model"] = by_value(override["model"])
        quantity = None
        if charge["type"] != "usage":
            named = charge.get("quantity", {}).get("name")
            quantity = state.quantities.get(named) if named else None
            declared_quantity(charge, quantity)
        found[charge["key"]] = Holding(terms, quantity, state.plan)
    return found


def next_midnight(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return the midnight that ends the local day of an instant."""
    return midnight(day_of(instant, zone) + timedelta(days=1), zone)
