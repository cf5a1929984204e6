"""Keys and tokens of a server that asks who calls, and callers who have them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import jwt

from planql.gateway.access import Access
from planql.gateway.api_keys import new_api_key, parse_api_keys
from planql.gateway.customer_tokens import TokenKey
from planql.gateway.limits import Limits
from planql.gateway.principals import Role

NOW = datetime(2026, 6, 15, tzinfo=UTC)
ORIGIN = "https://prices.example.com"
SECRET = b"a-secret-of-the-tests-with-more-than-32-bytes"
SERVER_KEY = new_api_key(Role.SERVER, "checkout")
ADMIN_KEY = new_api_key(Role.ADMIN, "ops")
ACCESS = Access(
    parse_api_keys(f"{SERVER_KEY.line} {ADMIN_KEY.line}"),
    TokenKey("HS256", SECRET),
    frozenset({ORIGIN}),
)
"""What the server is told."""
PATIENT = Limits(cost_capacity=1_000_000_000)
"""Of a server that no test asks too often."""

CUSTOMER = "brambleford-outfitters"
"""A customer of the demo, who uses a discount with a code."""
OTHER = "calloway-stationers"
"""Another one."""


def token(customer: str = CUSTOMER, seconds: int = 600, **claims: object) -> str:
    """A token for a customer that ends some seconds after `NOW`."""
    end = int(NOW.timestamp()) + seconds
    return jwt.encode({"sub": customer, "exp": end, **claims}, SECRET, algorithm="HS256")


def bearer(credential: str) -> dict[str, str]:
    """The header that shows a key or a token."""
    return {"authorization": f"Bearer {credential}"}


def credentials() -> dict[Role, dict[str, str]]:
    """The headers that each kind of principal sends."""
    return {
        Role.ANONYMOUS: {},
        Role.CUSTOMER: bearer(token()),
        Role.SERVER: bearer(SERVER_KEY.secret),
        Role.ADMIN: bearer(ADMIN_KEY.secret),
    }


@dataclass(frozen=True)
class Guarded:
    """A running server that asks who calls."""

    client: httpx.Client

    def answer(
        self, role: Role, query: str, variables: object = None, customer: str = CUSTOMER
    ) -> dict[str, Any]:
        """The whole answer to one kind of principal."""
        headers = bearer(token(customer)) if role is Role.CUSTOMER else credentials()[role]
        request = {"query": query, "variables": variables}
        response = self.client.post("/graphql", json=request, headers=headers)
        assert response.status_code == 200, response.text
        found: dict[str, Any] = response.json()
        return found

    def ask(
        self, role: Role, query: str, variables: object = None, customer: str = CUSTOMER
    ) -> Any:  # noqa: ANN401 - JSON
        """The only field of an answer without errors."""
        answer = self.answer(role, query, variables, customer)
        assert "errors" not in answer, answer
        [found] = answer["data"].values()
        return found
