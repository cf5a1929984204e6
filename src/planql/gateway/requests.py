"""From an HTTP request to a GraphQL request, or to a refusal.

Source: GraphQL over HTTP, "Request".
"""

from collections.abc import Mapping
from functools import lru_cache
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qsl

import msgspec

from planql.entity import JsonNumber, describe
from planql.gateway.calls import Call
from planql.gateway.codes import ErrorCode
from planql.gateway.refusals import BadParameter, Refusal, WrongMethod, bad_request

_DECODER: Final = msgspec.json.Decoder(float_hook=JsonNumber)
READING: Final = ("GET", "HEAD")
"""The methods that change nothing."""

_USUAL_CHARACTERS: Final = 100
"""Of a content type that is remembered."""
_PARAMETERS: Final = ("query", "documentId", "operationName", "variables", "extensions")


class Disconnected(Exception):
    """The client went away before its request was read."""


class GraphQLRequest(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """What is to be executed, as the parameters of a request say it.

    Attributes:
        query: Text of the document; None when it is named by its identifier.
        document_id: Identifier of a document that the server holds; None when there is a text.
        operation_name: Which of its operations; None when it has only one.
        variables: Values as they came, numbers exact.
        extensions: Of GraphQL over HTTP; nothing is read there.
    """

    query: str | None = None
    document_id: str | None = None
    operation_name: str | None = None
    variables: dict[str, Any] = {}
    extensions: dict[str, Any] = {}


_REQUESTS: Final = msgspec.json.Decoder(GraphQLRequest, float_hook=JsonNumber)


async def read_request(call: Call, body_bytes: int) -> GraphQLRequest:
    """The GraphQL request in an HTTP request of at most `body_bytes` of body.

    Raises:
        Refusal: 400, 405, 413 or 415.
        Disconnected: the client went away.
    """
    match call.method:
        case "GET":
            return _checked(_query_parameters(call.query))
        case "POST":
            if body_type(call) != "application/json":
                raise unsupported_type(call, "application/json")
            return _in_body(await read_body(call, body_bytes))
        case method:
            raise WrongMethod(method, "use POST, or GET for queries", "GET, POST")


def require_reading(call: Call, what: str) -> None:
    """Refuse a request that is to do more than read.

    Raises:
        Refusal: 405.
    """
    if call.method not in READING:
        raise WrongMethod(call.method, f"{what} are read with GET", ", ".join(READING))


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


def body_type(call: Call) -> str:
    """The media type of a body in UTF-8 that is not compressed; "" of any other."""
    headers = call.headers
    if b"content-encoding" in headers and headers[b"content-encoding"].lower() != b"identity":
        return ""
    given = headers.get(b"content-type", b"")
    # Clients send the same one again and again.
    return (_usual if len(given) <= _USUAL_CHARACTERS else _in_utf_8)(given)


def _in_utf_8(content_type: bytes) -> str:
    media_type, *parameters = content_type.decode("latin-1").lower().split(";")
    charsets = {part.partition("=")[2].strip(' "') for part in parameters if "charset=" in part}
    return media_type.strip() if charsets <= {"utf-8", "utf8"} else ""


_usual: Final = lru_cache(maxsize=256)(_in_utf_8)


def unsupported_type(call: Call, *known: str) -> Refusal:
    """The refusal of a body of another type than those that are known."""
    given = call.header(b"content-type") or "none"
    encoding = call.header(b"content-encoding") or "identity"
    names = ", ".join(known)
    return Refusal(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
        f'the content type is "{given[:200]}" (content encoding "{encoding[:50]}"); '
        f"send {'one of ' if len(known) > 1 else ''}{names} in UTF-8, not compressed",
        {"accept-post": names},
    )


async def read_body(call: Call, body_bytes: int) -> bytes:
    """The body of a request, if it is not longer than `body_bytes`, inclusive.

    Raises:
        Refusal: 413; 400, it was not read.
        Disconnected: the client went away.
    """
    announced = call.headers.get(b"content-length", b"")
    if announced.isdigit() and int(announced[:20]) > body_bytes:
        raise _too_large(body_bytes)
    parts: list[bytes] = []
    length, more = 0, True
    while more:
        message = await call.receive()
        if message["type"] == "http.disconnect":
            raise Disconnected
        parts.append(message.get("body", b""))
        length += len(parts[-1])
        more = message.get("more_body", False)
        if length > body_bytes:
            raise _too_large(body_bytes)
    if not length and b"upgrade" in call.headers:
        # The parser takes what follows such a head for another protocol.
        raise bad_request(
            "the body of a request that asks for another protocol is not read; send it as HTTP/1.1 "
            'without "Upgrade"'
        )
    return b"".join(parts)


def _too_large(body_bytes: int) -> Refusal:
    return Refusal(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        ErrorCode.PAYLOAD_TOO_LARGE,
        f"the body is longer than the {body_bytes} bytes that are read",
    )


def _in_body(body: bytes) -> GraphQLRequest:
    """The request that a body holds: the usual one at once, any other member by member."""
    try:
        found = _REQUESTS.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError, ArithmeticError):
        return _checked(_parse_body(body))
    query, is_named = found.query, found.document_id is not None
    is_one = is_named if query is None else not (is_named or not query or query.isspace())
    return found if is_one and found.operation_name != "" else _checked(_parse_body(body))


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


def _checked(found: Mapping[str, object]) -> GraphQLRequest:
    """The request that the parameters make, each of its type."""
    name, variables = found.get("operationName"), found.get("variables")
    if name is not None and not isinstance(name, str):
        raise BadParameter(f'"operationName" is {describe(name)[:100]}; it must be text')
    if variables is None:
        variables = {}
    if not isinstance(variables, dict):
        raise BadParameter(f'"variables" is {describe(variables)[:100]}; it must be an object')
    extensions = found.get("extensions")
    if extensions is None:
        extensions = {}
    if not isinstance(extensions, dict):
        raise BadParameter('"extensions" must be an object')
    return GraphQLRequest(*_document(found), name or None, variables, extensions)


def _document(found: Mapping[str, object]) -> tuple[str | None, str | None]:
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
    return None, identifier
