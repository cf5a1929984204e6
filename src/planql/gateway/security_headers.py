"""What every answer says to browsers, whatever it answers."""

from typing import Final

SECURITY_HEADERS: Final = {
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
    b"cross-origin-resource-policy": b"same-origin",
    b"referrer-policy": b"no-referrer",
    b"x-content-type-options": b"nosniff",
    b"cache-control": b"no-store",
}
"""Nothing is guessed, framed, loaded or kept; a page that needs more says so itself."""
