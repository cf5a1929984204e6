"""The closed list of `extensions.code`: every top-level error carries one of these.

Mistakes that a caller must show to a person are not among them: those are typed members of a
query's result.
"""

from enum import StrEnum


class ErrorCode(StrEnum):
    """What kind of top-level error it is; clients switch on it, so a name never changes."""

    BAD_REQUEST = "BAD_REQUEST"
    """The HTTP request is no GraphQL request: not JSON, no `query`, a member of a wrong type."""
    NOT_FOUND = "NOT_FOUND"
    """There is nothing at this address."""
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    """The method is not one of those in `Allow`, or GET was used for more than a query."""
    NOT_ACCEPTABLE = "NOT_ACCEPTABLE"
    """`Accept` names no media type that can be answered with."""
    PAYLOAD_TOO_LARGE = "PAYLOAD_TOO_LARGE"
    """The body is longer than the server reads."""
    UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"
    """The body is not `application/json` in UTF-8."""
    HOST_NOT_ALLOWED = "HOST_NOT_ALLOWED"
    """The Host header names a host that this server does not answer for."""
    UNAUTHENTICATED = "UNAUTHENTICATED"
    """The key or the token is not good, or one is needed; `WWW-Authenticate` says more."""
    FORBIDDEN = "FORBIDDEN"
    """Whoever asks is known, and may not do this."""
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
    """The operation is larger than the server executes; `extensions.limit` says in what."""
    RATE_LIMITED = "RATE_LIMITED"
    """Whoever asks has used up what they may ask for at once; `Retry-After` says until when."""
    DOCUMENT_NOT_FOUND = "DOCUMENT_NOT_FOUND"
    """`documentId` names a document that the server does not hold."""
    DOCUMENT_NOT_TRUSTED = "DOCUMENT_NOT_TRUSTED"
    """The server executes only the documents that it holds, and this is none of them."""
    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    """The document is not GraphQL."""
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    """The document does not fit the schema."""
    OPERATION_RESOLUTION_FAILURE = "OPERATION_RESOLUTION_FAILURE"
    """`operationName` names no operation of the document, or one of several must be named."""
    BAD_USER_INPUT = "BAD_USER_INPUT"
    """A variable or an argument has a value that its type refuses."""
    NO_STORE = "NO_STORE"
    """The server was started without a database."""
    STORE_UNREACHABLE = "STORE_UNREACHABLE"
    """The database does not answer; the same request may be answered in a moment."""
    INTERNAL_SERVER_ERROR = "INTERNAL_SERVER_ERROR"
    """A defect of planql; `extensions.requestId` finds it in the log."""
