"""Names of requests: the caller's own, or a fresh one."""

import re
from random import Random
from typing import Final

_SANE: Final = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
"""Nothing that could end a line or a header, or fill a log."""
_NUMBERS: Final = Random()  # noqa: S311 - whoever guesses the name of a request has nothing of it


def request_id(given: bytes | None) -> str:
    """What a caller sent as `X-Request-Id`, if that is sane; else 16 random hexadecimal digits."""
    if given is not None and _SANE.fullmatch(given):
        return given.decode("ascii")
    return f"{_NUMBERS.getrandbits(64):016x}"
