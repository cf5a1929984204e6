"""The three questions that are asked, and what each request asks anew."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, cycle
from typing import Final

import orjson
from benchmarks.gateway.shop import plan_keys

_PRICES: Final = """
fragment Prices on RatePlan {
  key version status name currency effectiveFrom
  billingCycle { interval intervalCount }
  charges {
    key name type
    model {
      type
      ... on GraduatedModel {
        flatAmountAtZero
        tiers { upTo unitAmount { amount currency } flatAmount { amount currency } }
      }
    }
  }
}
"""
CATALOG: Final = f"""query Catalog($asOf: DateTime) {{
  catalog(asOf: $asOf) {{
    name digest
    products {{ key name description features ratePlans {{ ...Prices }} }}
  }}
}}
{_PRICES}"""
PRODUCT: Final = f"""query Product($key: String!) {{
  ratePlan(key: $key, version: 1) {{
    ... on ChosenRatePlan {{
      reason
      ratePlan {{ product {{ key name description features }} ...Prices }}
    }}
  }}
}}
{_PRICES}"""
RATE: Final = """query Rate($plan: String!, $quantity: Decimal!) {
  rate(
    charge: { catalog: { ratePlan: $plan, charge: "tokens", version: 1 } }
    quantity: $quantity
  ) {
    ... on RatedCharge {
      quantity
      amount { amount currency }
      total { amount currency }
      steps { kind tier quantity unitAmount { amount } flatAmount { amount } amount { amount } }
    }
  }
}
"""
"""Everything a person needs to believe the total."""

DATA: Final = """{
  catalog {
    name digest
    products {
      key name description features
      ratePlans {
        key version status name currency effectiveFrom
        billingCycle { interval intervalCount }
        charges {
          __typename key name type
          model {
            __typename type
            ... on GraduatedModel {
              flatAmountAtZero
              tiers { upTo unitAmount { amount currency } flatAmount { amount currency } }
            }
          }
        }
      }
    }
  }
}
"""
"""What mercurius is given: all that is asked for, and the types of its objects."""


@dataclass(frozen=True)
class Question:
    """A question, and how its requests differ.

    Attributes:
        name: What it is called.
        document: The same for every request.
        variables: The next request's.
        requests: How many are sent in a round.
    """

    name: str
    document: str
    variables: Callable[[], Iterator[dict[str, object]]]
    requests: int

    def bodies(self) -> Iterator[bytes]:
        """The bodies of requests, without end."""
        for variables in self.variables():
            yield orjson.dumps({"query": self.document, "variables": variables})


def _same() -> Iterator[dict[str, object]]:
    return cycle([{}])


def _each_second() -> Iterator[dict[str, object]]:
    """A variable that no selection of a product depends on, so that only fragments are found."""
    for number in count():
        minute, second = divmod(number % 3600, 60)
        yield {"asOf": f"2026-{1 + number // 3600:02}-01T00:{minute:02}:{second:02}Z"}


def _each_plan() -> Iterator[dict[str, object]]:
    return ({"key": key} for key in cycle(plan_keys()))


def _each_quantity() -> Iterator[dict[str, object]]:
    keys = plan_keys()
    for number in count():
        yield {"plan": keys[number % len(keys)], "quantity": f"{number * 7919 % 1_000_000}.25"}


QUESTIONS: Final = (
    Question("catalog", CATALOG, _same, 400),
    Question("catalog, never the same", CATALOG, _each_second, 400),
    Question("product", PRODUCT, _each_plan, 5_000),
    Question("rate", RATE, _each_quantity, 5_000),
)
