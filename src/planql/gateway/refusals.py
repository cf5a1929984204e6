"""What a request is refused with, before or instead of being executed."""

from collections.abc import Mapping
from http import HTTPStatus

from graphql import GraphQLFormattedError

from planql.gateway.codes import ErrorCode


class Refusal(Exception):
    """A request that is no well-formed GraphQL request; answered with `status`.

    Attributes:
        status: The HTTP status, whatever the media type of the answer.
        code: Which kind of refusal, from the closed list.
        message: What is wrong and what was expected.
        headers: Further headers of the answer, such as `allow`.
        extensions: What the answer says besides its errors.
    """

    def __init__(
        self,
        status: HTTPStatus,
        code: ErrorCode,
        message: str,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})
        self.extensions: Mapping[str, object] = {}

    @property
    def errors(self) -> list[GraphQLFormattedError]:
        """The refusal as the `errors` of a GraphQL answer."""
        return [{"message": self.message, "extensions": {"code": self.code.value}}]


class BadParameter(Refusal):
    """A GraphQL request with a parameter that is missing or of a wrong type."""

    def __init__(self, message: str) -> None:
        super().__init__(HTTPStatus.BAD_REQUEST, ErrorCode.BAD_REQUEST, message)


class TooManyRequests(Refusal):
    """A request that costs more than whoever asks has left.

    Args:
        wait_seconds: After which it will be let in.
        cost: What `extensions.cost` says.
    """

    def __init__(self, wait_seconds: int, cost: Mapping[str, int]) -> None:
        super().__init__(
            HTTPStatus.TOO_MANY_REQUESTS,
            ErrorCode.RATE_LIMITED,
            f"that is too much at once; there will be enough left in {wait_seconds} s",
            {"retry-after": str(wait_seconds)},
        )
        self.extensions = {"cost": cost}


class WrongMethod(Refusal):
    """A request with a method that means nothing at its address.

    Args:
        method: What was sent.
        advice: What to send in its place.
        allow: The methods that will do, as the header says it.
    """

    def __init__(self, method: str, advice: str, allow: str) -> None:
        message = f'the method is "{method}"; {advice}'
        code = ErrorCode.METHOD_NOT_ALLOWED
        super().__init__(HTTPStatus.METHOD_NOT_ALLOWED, code, message, {"allow": allow})


def bad_request(message: str) -> Refusal:
    """The refusal of a request that is no GraphQL request."""
    return Refusal(HTTPStatus.BAD_REQUEST, ErrorCode.BAD_REQUEST, message)


def not_found() -> Refusal:
    """The refusal of an address under which there is nothing."""
    message = "there is nothing at this address; the API is at /graphql"
    return Refusal(HTTPStatus.NOT_FOUND, ErrorCode.NOT_FOUND, message)


def unauthenticated(message: str, error: str = "invalid_token") -> Refusal:
    """The refusal of someone who is not who they say, or does not say who they are.

    Args:
        message: Why: a fixed text without quotes or secrets, for it goes into a header.
        error: RFC 6750's name for it; "" when nothing was shown at all.
    """
    reason = f', error="{error}", error_description="{message}"' if error else ""
    return Refusal(
        HTTPStatus.UNAUTHORIZED,
        ErrorCode.UNAUTHENTICATED,
        message,
        {"www-authenticate": f'Bearer realm="planql"{reason}'},
    )


def forbidden(message: str) -> Refusal:
    """The refusal of someone who is known, and may not do this."""
    return Refusal(HTTPStatus.FORBIDDEN, ErrorCode.FORBIDDEN, message)
