"""Which HTTP status says what became of a GraphQL request.

Two editions of GraphQL over HTTP differ in three places, all of them for answers of the type
`application/graphql-response+json`::

                                          audits    september-2026
    a parameter of the wrong type         400       422
    not valid, not to be executed         400       422
    data, and errors beside it            200       294

Source: GraphQL over HTTP, "Status Codes": the draft that npm's `graphql-http` audits, and the
edition of September 2026.
"""

from enum import StrEnum
from http import HTTPStatus
from typing import Final

from planql.gateway.codes import ErrorCode
from planql.gateway.documents import RequestError
from planql.gateway.negotiation import MediaType
from planql.gateway.refusals import BadParameter, Refusal

PARTIAL_SUCCESS: Final = 294
"""No status that HTTP itself knows."""


class Statuses(StrEnum):
    """An edition of GraphQL over HTTP."""

    AUDITS = "audits"
    SEPTEMBER_2026 = "september-2026"

    def with_errors(self, media_type: MediaType) -> int:
        """The status of an answer with `data` and errors beside it; without errors it is 200."""
        return PARTIAL_SUCCESS if self._is_newer(media_type) else HTTPStatus.OK

    def not_executed(self, media_type: MediaType, error: RequestError) -> int:
        """The status of an answer to a well-formed request that cannot be executed.

        A client of the older media type takes any other status than 200 for a broken server.
        """
        if media_type is MediaType.JSON:
            return HTTPStatus.OK
        is_newer = self._is_newer(media_type) and error.code != ErrorCode.GRAPHQL_PARSE_FAILED
        return HTTPStatus.UNPROCESSABLE_ENTITY if is_newer else HTTPStatus.BAD_REQUEST

    def refused(self, media_type: MediaType, refusal: Refusal) -> int:
        """The status of a refusal."""
        is_newer = self._is_newer(media_type) and isinstance(refusal, BadParameter)
        return HTTPStatus.UNPROCESSABLE_ENTITY if is_newer else refusal.status

    def _is_newer(self, media_type: MediaType) -> bool:
        return self is Statuses.SEPTEMBER_2026 and media_type is MediaType.GRAPHQL
