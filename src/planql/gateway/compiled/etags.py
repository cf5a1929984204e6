"""Strong entity tags: what an answer depends on, in a few characters.

Two requests have the same tag only if their answers are the same bytes, so a client that shows the
tag of what it has need not be sent it again, and nothing need be executed to know that.

Source: RFC 9110 8.8.3 and 13.1.2.
"""

import re
from hashlib import blake2b
from importlib.metadata import version
from typing import Final

_TAGS: Final = re.compile(r'(?:W/)?("[^"]*")')
_BYTES: Final = 16
_RELEASE: Final = version("planql")
"""Another release may answer the same question in other words."""


def strong_etag(*parts: str | None) -> str:
    """The tag of what is made from `parts`; different parts give different tags."""
    digest = blake2b(digest_size=_BYTES)
    for part in (_RELEASE, *parts):
        text = (part or "").encode()
        digest.update(len(text).to_bytes(8))
        digest.update(text)
    return f'"{digest.hexdigest()}"'


def is_among(etag: str, if_none_match: str) -> bool:
    """Whether a request's `If-None-Match` names the tag, or any with `*`."""
    return if_none_match.strip() == "*" or etag in _TAGS.findall(if_none_match)
