"""Whether a request is let in: how large its variables are, what it costs, who pays.

Everything here is decided before the work that it bounds.
"""

import ipaddress
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

import msgspec

from planql.gateway.buckets import Buckets, Empty, Rate
from planql.gateway.calls import Call
from planql.gateway.documents import RequestError, over_limit
from planql.gateway.limits import Excess, Limits
from planql.gateway.prepared_operations import PreparedOperation
from planql.gateway.principals import Anonymous, Customer
from planql.gateway.refusals import TooManyRequests
from planql.gateway.variable_sizes import variable_sizes

Extension = Mapping[str, int]
"""What `extensions.cost` of an answer says."""

_NESTED: Final = frozenset({dict, list})
_PREFIX: Final = 64
"""Of an IPv6 network: whoever has one address of it has them all."""
_ADDRESSES: Final = 4_096
"""Whose names are remembered; those of whom nothing was heard for longest are worked out again."""


class Payer(msgspec.Struct, frozen=True):
    """Who pays for a request.

    Attributes:
        name: Of the bucket.
        rate: Its size; None: nothing is counted.
        most: Units of the dearest operation that is executed.
    """

    name: str
    rate: Rate | None
    most: int


class Admission:
    """Lets requests in, or not.

    Args:
        limits: How large a request may be.
        buckets: What everyone has left; None on a server that does not tell callers apart.
    """

    def __init__(self, limits: Limits, buckets: Buckets | None = None) -> None:
        self._limits = limits
        self._buckets = buckets
        rates = (limits.rate, limits.trusted_rate) if buckets is not None else (None, None)
        self._others, self._trusted = ((each, limits.most_cost(each)) for each in rates)
        self._at = lru_cache(maxsize=_ADDRESSES)(self._nobody_at)

    def payer(self, call: Call) -> Payer:
        """Who pays for a request: a principal, or an address that says nothing of who it is."""
        match call.principal:
            case Anonymous():
                return self._at(call.address)
            case Customer(key=key):
                return Payer(f"customer {key}", *self._others)
            case trusted:
                return Payer(f"{trusted.role} {trusted.name}", *self._trusted)

    def _nobody_at(self, address: str) -> Payer:
        return Payer(f"anonymous {_network(address)}", *self._others)

    def pay_reading(self, payer: Payer, text: str) -> None:
        """Take what it costs to parse and validate a document that was not seen before.

        What is longer than anything that is read costs no more than that, and nothing more than a
        full bucket holds: no wait would be long enough.

        Raises:
            Refusal: 429.
        """
        limits = self._limits
        units = min(len(text), limits.document_characters) // limits.characters_per_unit
        self._take(payer, min(units, payer.most), {})

    def admit(
        self,
        payer: Payer,
        operation: PreparedOperation,
        variables: Mapping[str, object],
    ) -> Extension:
        """Take what an operation costs; the result is what its answer says about that.

        Raises:
            RequestError: it is larger than what is executed.
            Refusal: 429, the bucket does not hold enough.
        """
        self._measure(variables)
        cost = operation.cost(variables)
        if cost.units > payer.most or cost.days > self._limits.days:
            _refuse(self._limits.exceeded_by_cost(cost, payer.rate))
        return self._take(payer, cost.units, {"requested": cost.units, "limit": payer.most})

    def _measure(self, variables: Mapping[str, object]) -> None:
        """Refuse variables that are too large; of words and numbers, only how many there are."""
        limits = self._limits
        is_flat = _NESTED.isdisjoint(map(type, variables.values()))
        if not is_flat or len(variables) > limits.input_values:
            sizes = variable_sizes(variables, limits.input_depth, limits.input_values)
            _refuse(limits.exceeded_by_variables(sizes))

    def _take(self, payer: Payer, units: int, known: Extension) -> Extension:
        rate = payer.rate
        if rate is None or self._buckets is None:
            return known
        size = {"capacity": rate.capacity, "restoreRate": rate.restored}
        try:
            available = self._buckets.take(payer.name, units, rate)
        except Empty as empty:
            cost = {**known, "available": empty.available, **size}
            raise TooManyRequests(empty.wait_seconds, cost) from None
        return {**known, "available": available, **size}


def _refuse(found: Iterable[Excess]) -> None:
    errors = [over_limit(each) for each in found]
    if errors:
        raise RequestError(errors)


def _network(address: str) -> str:
    """An address; instead of one by IPv6 the network that a household or a company has."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is None:
        return str(ipaddress.ip_network((found, _PREFIX), strict=False))
    return address
