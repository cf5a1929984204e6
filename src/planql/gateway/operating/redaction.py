"""Secrets that find their way into a line of the log, taken out again.

Nothing logs a secret on purpose. But callers put keys where they do not belong (a path, an
operation's name), and the message of an exception quotes what it was given. So every line is
searched for what looks like one, and for those of the server that look like nothing in particular.
"""

import re
from collections.abc import Iterable
from typing import Final

_SECRETS: Final = re.compile(
    r"planql_(?:server|admin)_[A-Za-z0-9_.~+/=-]+"  # an API key
    r"|eyJ[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*){1,4}"  # a token
    r"|(?<=://)[^\s/@\"']+:[^\s/@\"']+(?=@)"  # name and password in an address
    r"|(?i:(?<=bearer )|(?<=basic ))[A-Za-z0-9._~+/=-]{8,}"
)
REDACTED: Final = "[redacted]"


def redacted(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without what looks like a key, a token or a password, and without `secrets`."""
    for secret in secrets:
        text = text.replace(secret, REDACTED)
    return _SECRETS.sub(REDACTED, text)
