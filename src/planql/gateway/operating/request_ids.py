"""Names of requests: the caller's own, or a fresh one."""

import os
import re
from typing import Final

_SANE: Final = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
"""Nothing that could end a line or a header, or fill a log."""


def request_id(given: bytes | None) -> str:
    """What a caller sent as `X-Request-Id`, if that is sane; else 16 random hexadecimal digits."""
    if given is not None and _SANE.fullmatch(given):
        return given.decode("ascii")
    return os.urandom(8).hex()
