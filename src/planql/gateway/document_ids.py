"""Identifiers of documents: `sha256:` and the SHA-256 of their text."""

from hashlib import sha256


def document_id(text: str) -> str:
    """The identifier of a document."""
    return f"sha256:{sha256(text.encode()).hexdigest()}"
