"""The API explains a charge with the same steps as `planql rate -`."""

from pathlib import Path
from typing import Any, get_args

import pytest
from tests.gateway.conftest import Ask
from tests.rating.case_files import Case, Doc, answer, cases, differences

from planql.gateway.types import enums
from planql.rating import lines

RATE = """
query($charge: ChargeInput!, $quantity: Decimal!) {
  rate(charge: $charge, quantity: $quantity) {
    __typename
    ... on RatedCharge {
      amount { amount }
      unrounded_amount: unroundedAmount { amount }
      top_up: topUp { amount }
      total { amount }
      steps {
        kind
        tier
        quantity
        unit_amount: unitAmount { amount }
        flat_amount: flatAmount { amount }
        percentage
        amount { amount }
      }
    }
  }
}
"""
DRAFTED = {"key", "type", "meter", "model", "included_units", "cap", "minimum"}
"""Members of a charge that a draft of the API has too."""


def can_be_drafted(case: Case) -> bool:
    """Whether a case rates a bare quantity, without discounts, by a charge like a draft."""
    request = case.request
    return (
        "error" not in case.expected
        and request.keys() == {"currency", "charge", "quantity"}
        and request["charge"].keys() <= DRAFTED
    )


CASES = [case for case in cases() if can_be_drafted(case)]


def camel(name: str) -> str:
    """A member's name as GraphQL spells it."""
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


def drafted(request: Doc) -> Doc:
    """The request's charge as an input of the API."""
    charge = {camel(name): value for name, value in request["charge"].items()}
    model = dict(charge["model"])
    tag = camel(model.pop("type"))
    charge["model"] = {tag: {camel(name): _value(value) for name, value in model.items()}}
    charge["type"] = charge["type"].upper()
    return {"draft": {**charge, "currency": request["currency"]}}


def _value(value: object) -> object:
    if isinstance(value, list):
        return [{camel(name): each for name, each in item.items()} for item in value]
    return value.upper() if value in ("up", "down") else value


def flat(told: Any) -> Any:  # noqa: ANN401 - any JSON
    """An answer in the words of `rate -`: amounts without their objects, nothing that is null."""
    match told:
        case {"amount": str(amount)} if len(told) == 1:
            return amount
        case dict():
            shown = {name: flat(value) for name, value in told.items() if value is not None}
            return shown | {"kind": shown["kind"].lower()} if "kind" in shown else shown
        case list():
            return [flat(each) for each in told]
        case _:
            return told


@pytest.mark.parametrize("file", sorted({case.file for case in CASES}), ids=lambda file: file.stem)
def test_the_steps_are_those_of_rate(ask: Ask, file: Path) -> None:
    """Every case of a bare quantity has the amounts and the steps that `rate -` gives."""
    for case in [case for case in CASES if case.file == file]:
        variables = {"charge": drafted(case.request), "quantity": case.request["quantity"]}
        rated = flat(ask(RATE, variables)["rate"])
        assert rated.pop("__typename") == "RatedCharge", case.id
        assert list(differences(rated, answer(case.request))) == [], case.id
        assert len(rated["steps"]) == len(answer(case.request)["steps"])


def test_every_charge_model_is_compared() -> None:
    """The cases are of all models that rate a bare quantity, and more than a few."""
    models = {case.request["charge"]["model"]["type"] for case in CASES}
    assert (len(models), len(CASES) >= 150) == (8, True)


def test_every_kind_of_step_has_its_name_in_the_schema() -> None:
    """What the core may say of a line, the API can show."""
    assert {member.value for member in enums.StepKind} == set(get_args(lines.StepKind))
