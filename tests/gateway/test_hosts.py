"""Names of hosts: a server answers under its own, however often and in whatever way it is asked."""

import pytest
from tests.gateway.calling import a_call

from planql.gateway.hosts import Hosts
from planql.gateway.refusals import Refusal


def test_own_names_are_answered_with_any_port() -> None:
    """In any case; also when more spellings came than are remembered, and each of them again."""
    hosts = Hosts(["Prices.example.com"])
    for _ in range(2):
        for port in range(1000):
            for name in ("prices.example.com", "PRICES.example.com", "[::1]"):
                hosts.check(a_call(headers={"host": f"{name}:{port}"}))


@pytest.mark.parametrize(
    "host",
    ["", "example.com", "prices.example.com.evil.com", "prices.example.com:", "a, localhost"],
)
def test_other_names_are_refused_each_time(host: str) -> None:
    """What was refused is not remembered as good, whatever was asked before."""
    hosts = Hosts(["prices.example.com"])
    hosts.check(a_call(headers={"host": "prices.example.com"}))
    for _ in range(2):
        with pytest.raises(Refusal, match="does not answer for the host"):
            hosts.check(a_call(headers={"host": host}))
