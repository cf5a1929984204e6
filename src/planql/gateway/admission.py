"""Whether a request is let in: how large its variables are, what it costs, who pays.

Everything here is decided before the work that it bounds.
"""

import ipaddress
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from graphql import OperationDefinitionNode
from starlette.types import Scope

from planql.gateway.buckets import Buckets, Empty, Rate
from planql.gateway.documents import Prepared, RequestError, over_limit
from planql.gateway.limits import Excess, Limits
from planql.gateway.principals import TRUSTED, Anonymous, Customer, Principal
from planql.gateway.refusals import TooManyRequests
from planql.gateway.variable_sizes import variable_sizes

Extension = Mapping[str, int]
"""What `extensions.cost` of an answer says."""

_PREFIX: Final = 64
"""Of an IPv6 network: whoever has one address of it has them all."""


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays for a request.

    Attributes:
        name: Of the bucket.
        rate: Its size; None: nothing is counted.
    """

    name: str
    rate: Rate | None


class Admission:
    """Lets requests in, or not.

    Args:
        limits: How large a request may be.
        buckets: What everyone has left; None on a server that does not tell callers apart.
    """

    def __init__(self, limits: Limits, buckets: Buckets | None = None) -> None:
        self._limits = limits
        self._buckets = buckets

    def payer(self, scope: Scope, principal: Principal) -> Payer:
        """Who pays for a request: a principal, or an address that says nothing of who it is."""
        is_counted = self._buckets is not None
        is_trusted = principal.role in TRUSTED
        rate = self._limits.trusted_rate if is_trusted else self._limits.rate
        return Payer(_name(scope, principal), rate if is_counted else None)

    def pay_reading(self, payer: Payer, text: str) -> None:
        """Take what it costs to parse and validate a document that was not seen before.

        Raises:
            Refusal: 429.
        """
        self._take(payer, len(text) // self._limits.characters_per_unit, {})

    def admit(
        self,
        payer: Payer,
        prepared: Prepared,
        operation: OperationDefinitionNode,
        variables: Mapping[str, object],
    ) -> Extension:
        """Take what an operation costs; the result is what its answer says about that.

        Raises:
            RequestError: it is larger than what is executed.
            Refusal: 429, the bucket does not hold enough.
        """
        limits = self._limits
        sizes = variable_sizes(variables, limits.input_depth, limits.input_values)
        _require_none(limits.exceeded_by_variables(sizes))
        cost = prepared.costing.cost(operation, variables)
        _require_none(limits.exceeded_by_cost(cost, payer.rate))
        most = limits.most_cost(payer.rate)
        return self._take(payer, cost.units, {"requested": cost.units, "limit": most})

    def _take(self, payer: Payer, units: int, known: Extension) -> Extension:
        if payer.rate is None or self._buckets is None:
            return known
        size = {"capacity": payer.rate.capacity, "restoreRate": payer.rate.restored}
        try:
            available = self._buckets.take(payer.name, units, payer.rate)
        except Empty as empty:
            cost = {**known, "available": empty.available, **size}
            raise TooManyRequests(empty.wait_seconds, cost) from None
        return {**known, "available": available, **size}


def _require_none(found: Iterable[Excess]) -> None:
    errors = [over_limit(each) for each in found]
    if errors:
        raise RequestError(errors)


def _name(scope: Scope, principal: Principal) -> str:
    """The name of a principal's bucket; of those without a name, that of their network."""
    match principal:
        case Anonymous():
            return f"{principal.role} {_network((scope.get('client') or ('', 0))[0])}"
        case Customer(key=key):
            return f"{principal.role} {key}"
        case _:
            return f"{principal.role} {principal.name}"


@lru_cache(maxsize=4_096)
def _network(address: str) -> str:
    """The address itself; of one by IPv6 the network that a household or a company has."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is None:
        return str(ipaddress.ip_network((found, _PREFIX), strict=False))
    return address
