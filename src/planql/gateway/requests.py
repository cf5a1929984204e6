"""From an HTTP request to a GraphQL request, or to a refusal.

Source: GraphQL over HTTP, "Request".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qsl

import msgspec
from starlette.datastructures import Headers
from starlette.types import Receive, Scope

from planql.entity import JsonNumber, describe
from planql.gateway.codes import ErrorCode
from planql.gateway.refusals import BadParameter, Refusal, bad_request

_DECODER: Final = msgspec.json.Decoder(float_hook=JsonNumber)
_PARAMETERS: Final = ("query", "documentId", "operationName", "variables", "extensions")


class Disconnected(Exception):
    """The client went away before its request was read."""


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """What is to be executed.

    Attributes:
        query: Text of the document; "" when it is named by its identifier.
        document_id: Identifier of a document that the server holds; None when there is a text.
        operation_name: Which of its operations; None when it has only one.
        variables: Values as they came, numbers exact.
        is_get: Whether only a query may be executed.
        if_none_match: The tags of answers that the client has, as its header names them; of GET.
    """

    query: str
    document_id: str | None = None
    operation_name: str | None = None
    variables: Mapping[str, object] = field(default_factory=dict)
    is_get: bool = False
    if_none_match: str = ""


async def read_request(scope: Scope, receive: Receive, body_bytes: int) -> GraphQLRequest:
    """The GraphQL request in an HTTP request of at most `body_bytes` of body.

    Raises:
        Refusal: 400, 405, 413 or 415.
        Disconnected: the client went away.
    """
    match scope["method"]:
        case "GET":
            found = _checked(_query_parameters(scope["query_string"]), is_get=True)
            tags = ",".join(Headers(scope=scope).getlist("if-none-match"))
            return replace(found, if_none_match=tags)
        case "POST":
            headers = Headers(scope=scope)
            _check_content_type(headers)
            body = await read_body(receive, headers.get("content-length", ""), body_bytes)
            return _checked(_parse_body(body))
        case method:
            raise Refusal(
                HTTPStatus.METHOD_NOT_ALLOWED,
                ErrorCode.METHOD_NOT_ALLOWED,
                f'the method is "{method}"; use POST, or GET for queries',
                {"allow": "GET, POST"},
            )


def _query_parameters(query_string: bytes) -> dict[str, object]:
    try:
        pairs = parse_qsl(
            query_string.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=50
        )
    except ValueError:
        raise bad_request("the query string cannot be read as UTF-8 parameters") from None
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found and name in _PARAMETERS:
            raise bad_request(f'the parameter "{name}" stands more than once')
        is_json = name in {"variables", "extensions"} and value
        found[name] = _parse_json(value.encode(), f'the parameter "{name}"') if is_json else value
    return {name: value for name, value in found.items() if value != ""}


def _check_content_type(headers: Headers) -> None:
    media_type, *parameters = headers.get("content-type", "").lower().split(";")
    charsets = {part.partition("=")[2].strip(' "') for part in parameters if "charset=" in part}
    encoding = headers.get("content-encoding", "identity").lower()
    is_json = media_type.strip() == "application/json" and charsets <= {"utf-8", "utf8"}
    if not is_json or encoding != "identity":
        given = headers.get("content-type", "none")
        raise Refusal(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            ErrorCode.UNSUPPORTED_MEDIA_TYPE,
            f'the content type is "{given[:200]}" (content encoding "{encoding[:50]}"); '
            "send application/json in UTF-8, not compressed",
            {"accept-post": "application/json"},
        )


async def read_body(receive: Receive, announced: str, body_bytes: int) -> bytes:
    """The body of a request, if it is not longer than `body_bytes`.

    Args:
        receive: Where its parts come from.
        announced: The header `content-length`; "" without one.
        body_bytes: The greatest length, inclusive.

    Raises:
        Refusal: 413.
        Disconnected: the client went away.
    """
    if announced.isdigit() and int(announced[:20]) > body_bytes:
        raise _too_large(body_bytes)
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Disconnected
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > body_bytes:
            raise _too_large(body_bytes)
    return bytes(body)


def _too_large(body_bytes: int) -> Refusal:
    return Refusal(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        ErrorCode.PAYLOAD_TOO_LARGE,
        f"the body is longer than the {body_bytes} bytes that are read",
    )


def _parse_body(body: bytes) -> dict[str, object]:
    if not body.strip():
        raise bad_request('the body is empty; send {"query": "..."}')
    value = _parse_json(body, "the body")
    if isinstance(value, list):
        raise bad_request("the body is a list; operations are sent one by one")
    if not isinstance(value, dict):
        raise bad_request(f'the body is {describe(value)[:100]}; send {{"query": "..."}}')
    return value


def _parse_json(text: bytes, what: str) -> object:
    """The JSON value `text` stands for, numbers exact; every way to be wrong is a refusal."""
    try:
        value: object = _DECODER.decode(text)
    except RecursionError:
        raise bad_request(f"{what} is nested too deeply") from None
    except (msgspec.DecodeError, UnicodeDecodeError, ArithmeticError) as error:
        raise bad_request(f"{what} is not JSON in UTF-8: {error}") from None
    return value


def _checked(found: Mapping[str, object], *, is_get: bool = False) -> GraphQLRequest:
    """The request that the parameters make, each of its type."""
    name = found.get("operationName")
    variables = found.get("variables")
    if not isinstance(name, str | None):
        raise BadParameter(f'"operationName" is {describe(name)[:100]}; it must be text')
    if not isinstance(variables, dict | None):
        raise BadParameter(f'"variables" is {describe(variables)[:100]}; it must be an object')
    if not isinstance(found.get("extensions"), dict | None):
        raise BadParameter('"extensions" must be an object')
    return GraphQLRequest(*_document(found), name or None, variables or {}, is_get)


def _document(found: Mapping[str, object]) -> tuple[str, str | None]:
    """The text of the document, or its identifier."""
    query, identifier = found.get("query"), found.get("documentId")
    if identifier is None:
        if not isinstance(query, str) or not query.strip():
            raise BadParameter(f'"query" is {describe(query)[:100]}; it must be a document\'s text')
        return query, None
    if not isinstance(identifier, str):
        raise BadParameter(f'"documentId" is {describe(identifier)[:100]}; it must be text')
    if query is not None:
        raise BadParameter('there are "query" and "documentId"; send one of them')
    return "", identifier
