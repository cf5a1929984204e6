"""Persisted documents: a request names a document that the server holds, by its SHA-256.

The identifier of a document is `sha256:` and the SHA-256 of its text in UTF-8, in lower-case
hexadecimal digits: what `sha256sum` says of its file.

Source: GraphQL over HTTP, appendix "Persisted Documents".
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from graphql import GraphQLError

from planql.gateway.codes import ErrorCode
from planql.gateway.document_ids import document_id
from planql.gateway.documents import RequestError, formatted
from planql.gateway.operations import Operation
from planql.gateway.refusals import BadParameter
from planql.gateway.requests import GraphQLRequest

_IDENTIFIER: Final = re.compile(r"sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class PersistedDocuments:
    """The documents that a server holds.

    Attributes:
        texts: By identifier.
        is_exclusive: Whether no other document is executed.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    is_exclusive: bool = False

    def text(self, request: GraphQLRequest) -> str:
        """The document that a request wants to have executed.

        Raises:
            Refusal: 400, what it names is no identifier.
            RequestError: the server does not hold it, or executes no other.
        """
        named = request.document_id
        if named is None:
            text = request.query or ""
            return self._trusted(text) if self.is_exclusive else text
        if not _IDENTIFIER.fullmatch(named):
            raise BadParameter(
                f'"documentId" is "{named[:100]}"; it must be sha256: and 64 '
                "hexadecimal digits in small letters"
            )
        if named not in self.texts:
            message = f'there is no document "{named}"'
            raise RequestError([formatted(GraphQLError(message), ErrorCode.DOCUMENT_NOT_FOUND)])
        return self.texts[named]

    def _trusted(self, text: str) -> str:
        """`text`, if it is that of a document which the server holds."""
        if document_id(text) not in self.texts:
            message = "this server executes only the documents that it holds"
            raise RequestError([formatted(GraphQLError(message), ErrorCode.DOCUMENT_NOT_TRUSTED)])
        return text


NO_DOCUMENTS: Final = PersistedDocuments()
"""Of a server that holds none."""


def persisted(operations: Iterable[Operation], *, is_exclusive: bool = False) -> PersistedDocuments:
    """The documents of operations."""
    texts = {document_id(each.document): each.document for each in operations}
    return PersistedDocuments(texts, is_exclusive)
