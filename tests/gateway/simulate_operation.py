"""The `simulate` and `priceCurve` queries, and their answers as `planql simulate` prints them."""

from collections.abc import Callable, Mapping
from typing import Any

Doc = dict[str, Any]
Ask = Callable[..., dict[str, Any]]

MISTAKE = "... on UserError { __typename code message hint path }"
TOTALS = """
  currency revenue { amount currency } cost { amount currency } margin { amount currency }
  marginPercentage missing
"""
SIMULATE = f"""
query Simulate(
  $plans: [SimulatedPlanInput!]!, $from: Date!, $to: Date!, $usage: [SimulatedUsageInput!],
  $quantities: [DeclaredQuantityInput!], $discounts: [String!], $customers: Int,
  $recognition: Recognition! = ACCRUAL, $charges: [String!]
) {{
  simulate(
    plans: $plans, from: $from, to: $to, usage: $usage, quantities: $quantities,
    discounts: $discounts, customers: $customers, recognition: $recognition, charges: $charges
  ) {{
    ... on SimulatedRange {{
      start end recognition
      runs {{
        plan ratePlan version scenario name customers
        totals {{ {TOTALS} }}
        periods {{ start end totals {{ {TOTALS} }} }}
        rows {{
          charge name kind meter quantity currency isDraft source {{ path line version commit }}
          totals {{ {TOTALS} }}
          days {{ date quantity cumulative revenue cost margin }}
        }}
        notices {{ code message currency value limit }}
      }}
    }}
    {MISTAKE}
  }}
}}
"""
CURVE = f"""
query Curve(
  $plans: [SimulatedPlanInput!]!, $charges: [String!], $toQuantity: Decimal, $on: Date,
  $withFees: Boolean! = false, $quantities: [DeclaredQuantityInput!], $unitCost: Decimal,
  $fixedCost: Decimal
) {{
  priceCurve(
    plans: $plans, charges: $charges, toQuantity: $toQuantity, on: $on, withFees: $withFees,
    quantities: $quantities, unitCost: $unitCost, fixedCost: $fixedCost
  ) {{
    ... on PriceCurves {{
      title unit currency remarks
      curves {{ name points {{ quantity amount below above unitPrice }} }}
      cost {{ name points {{ quantity amount below above unitPrice }} }}
      comparisons {{ ...compared }}
      breakEven {{ ...compared }}
    }}
    {MISTAKE}
  }}
}}
fragment compared on CurveComparison {{
  one other
  stretches {{ start end includesStart includesEnd order }}
  crossings {{ kind start end before after }}
}}
"""
OCTOBER = {"from": "2026-10-01", "to": "2026-11-01"}


def catalog_plan(key: str, version: int | None = None, **more: object) -> Doc:
    """A plan of the catalog."""
    return {"catalog": {"ratePlan": key, "version": version, **more}}


def monthly(meter: str, total: str, **more: object) -> Doc:
    """Assumed usage of so many a month."""
    return {"meter": meter, "quantity": {"monthly": {"total": total, **more}}}


def assumed(*usage: Doc, **more: object) -> Doc:
    """A scenario that is in no catalog."""
    return {"assumed": {"usage": list(usage), **more}}


def as_printed(answer: Any) -> Any:  # noqa: ANN401 - JSON
    """An answer with the names and the enums of the command line, and money as bare numbers.

    The currency of a row is left out, for the command line has it in the row's totals only. Paths
    begin with the catalog's folder, wherever the server found it.
    """
    match answer:
        case {"amount": amount, "currency": str(_)} if len(answer) == 2:
            return amount
        case dict():
            return {_snake(name): _member(name, each) for name, each in _known(answer).items()}
        case list():
            return [as_printed(each) for each in answer]
        case _:
            return answer


def _known(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    is_row = "kind" in answer and "days" in answer
    return {name: each for name, each in answer.items() if not (is_row and name == "currency")}


def _member(name: str, value: object) -> Any:  # noqa: ANN401 - JSON
    if name == "path" and isinstance(value, str):
        return value[value.index("catalog/") :]
    is_enum = name in {"recognition", "kind", "order", "before", "after"}
    return value.lower() if is_enum and isinstance(value, str) else as_printed(value)


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
