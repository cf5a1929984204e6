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

from planql.errors import InvalidInput
from planql.gateway.answers import Answer
from planql.gateway.calls import Call
from planql.gateway.codes import ErrorCode
from planql.gateway.refusals import Refusal, WrongMethod
from planql.gateway.requests import read_body
from planql.gateway.watching import Watcher

_SIGNATURE: Final = re.compile(r"sha256=([0-9a-f]{64})")
_LEAST_BYTES: Final = 16


class Webhook:
    """Takes webhooks.

    Args:
        watcher: What is told to look.
        secret: What requests are signed with.
        body_bytes: How long a body may be.
    """

    def __init__(self, watcher: Watcher, secret: bytes, body_bytes: int) -> None:
        self._watcher = watcher
        self._secret = secret
        self._body_bytes = body_bytes

    async def answer(self, call: Call) -> Answer:
        """The answer to one request.

        Raises:
            Refusal: 405, 413 or 401.
            Disconnected: the client went away.
        """
        if call.method != "POST":
            raise WrongMethod(call.method, "webhooks are sent with POST", "POST")
        body = await read_body(call, self._body_bytes)
        found = _SIGNATURE.fullmatch(call.header(b"x-hub-signature-256"))
        expected = hmac.digest(self._secret, body, "sha256")
        if found is None or not hmac.compare_digest(bytes.fromhex(found[1]), expected):
            raise Refusal(
                HTTPStatus.UNAUTHORIZED,
                ErrorCode.UNAUTHENTICATED,
                "X-Hub-Signature-256 is not sha256= and the HMAC of the body with the secret",
            )
        self._watcher.look_soon()
        return Answer(HTTPStatus.ACCEPTED, (b'{"status":"accepted"}',))


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
