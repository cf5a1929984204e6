"""Charges for tests, from the JSON of their models."""

from typing import Any

from pydantic import TypeAdapter

from planql.catalog.rate_plans import UsageCharge
from planql.charge_models import ChargeModel, Curve, Packages
from planql.entity import read_entity

Doc = dict[str, Any]

MODEL: TypeAdapter[ChargeModel] = TypeAdapter(ChargeModel)


def usage_charge(model: Doc, **members: object) -> UsageCharge:
    """A metered charge with `model`."""
    charge = {"key": "charge", "name": "Charge", "type": "usage", "meter": "meter"}
    return read_entity(UsageCharge, {**charge, "model": model, **members})


def prepared_model(model: Doc) -> Curve | Packages:
    """A charge model at the static scales."""
    return MODEL.validate_python(model).prepared()


def tiered(kind: str, *rows: tuple[str | None, str | None, str | None]) -> Doc:
    """A model with tiers, each of `up_to`, price of a unit (or percentage), flat amount."""
    price = "percentage" if kind == "graduated_percentage" else "unit_amount"
    tiers = [{"up_to": up_to, price: unit, "flat_amount": flat} for up_to, unit, flat in rows]
    given = [
        {name: value for name, value in tier.items() if value or name == "up_to"} for tier in tiers
    ]
    return {"type": kind, "tiers": given}
