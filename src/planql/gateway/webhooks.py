"""`POST /webhooks/git`: someone pushed, so look at the branch now.

The request must be signed with the shared secret, as GitHub, Gitea and Forgejo do it:
`X-Hub-Signature-256: sha256=<HMAC-SHA-256 of the body, hexadecimal>`. It is a trigger and nothing
else: nothing of the body is read, what is served is what the branch says, and the same request sent
again only makes the server look again.
"""

import hmac
import re
from http import HTTPStatus
from typing import Final

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from planql.errors import InvalidInput
from planql.gateway.answers import Answer
from planql.gateway.codes import ErrorCode
from planql.gateway.endpoint import refused
from planql.gateway.limits import Limits
from planql.gateway.refusals import Refusal
from planql.gateway.requests import Disconnected, read_body
from planql.gateway.watching import Watcher

_SIGNATURE: Final = re.compile(r"sha256=([0-9a-f]{64})")
_LEAST_BYTES: Final = 16


class Webhook:
    """The ASGI callable that takes webhooks.

    Args:
        watcher: What is told to look.
        secret: What requests are signed with.
        limits: How long a body may be.
    """

    def __init__(self, watcher: Watcher, secret: bytes, limits: Limits) -> None:
        self._watcher = watcher
        self._secret = secret
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            await self._check(scope, receive)
        except Refusal as refusal:
            return await refused(refusal).send(send)
        except Disconnected:
            return None
        self._watcher.look_soon()
        return await Answer(HTTPStatus.ACCEPTED, b'{"status":"accepted"}').send(send)

    async def _check(self, scope: Scope, receive: Receive) -> None:
        """Refuse what is not signed.

        Raises:
            Refusal: 405, 413 or 401.
        """
        if scope["method"] != "POST":
            raise Refusal(
                HTTPStatus.METHOD_NOT_ALLOWED,
                ErrorCode.METHOD_NOT_ALLOWED,
                f'the method is "{scope["method"]}"; webhooks are sent with POST',
                {"allow": "POST"},
            )
        headers = Headers(scope=scope)
        announced = headers.get("content-length", "")
        body = await read_body(receive, announced, self._limits.webhook_bytes)
        given = headers.getlist("x-hub-signature-256")
        found = _SIGNATURE.fullmatch(given[0]) if len(given) == 1 else None
        expected = hmac.digest(self._secret, body, "sha256")
        if found is None or not hmac.compare_digest(bytes.fromhex(found[1]), expected):
            raise Refusal(
                HTTPStatus.UNAUTHORIZED,
                ErrorCode.UNAUTHENTICATED,
                "X-Hub-Signature-256 is not sha256= and the HMAC of the body with the secret",
            )


def webhook_secret(text: str) -> bytes:
    """The secret that webhooks are signed with.

    Raises:
        InvalidInput: `webhook-secret`, it is too short to be one; the message does not repeat it.
    """
    secret = text.strip().encode()
    if len(secret) < _LEAST_BYTES:
        raise InvalidInput(
            "webhook-secret",
            f"the secret of webhooks has {len(secret)} bytes; it must have {_LEAST_BYTES} or more",
            hint="make one with: openssl rand -hex 32",
        )
    return secret
