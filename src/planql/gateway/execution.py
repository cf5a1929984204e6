"""Executing an operation, and what an answer may say about its errors.

A mistake of the caller is told as it is. A defect of planql is not: the answer says that there
was one and under which request id the log tells the rest.
"""

from collections.abc import Iterable, Sequence
from http import HTTPStatus

import msgspec
import orjson
from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLFormattedError,
    GraphQLSchema,
    execute,
)

from planql.errors import DatabaseUnreachable, PlanqlError
from planql.gateway.answers import Answer, errors_body
from planql.gateway.codes import ErrorCode
from planql.gateway.compiled.operations import Asked
from planql.gateway.context import Context
from planql.gateway.documents import Prepared, RequestError, formatted
from planql.gateway.negotiation import MediaType
from planql.gateway.operating.observing import log_defect
from planql.gateway.requests import GraphQLRequest
from planql.gateway.types.catalog_problems import MOST_PROBLEMS
from planql.problems import Problem
from planql.sources import InvalidCatalog


class Executed(msgspec.Struct, frozen=True):
    """What came of an operation.

    Attributes:
        data: As JSON, in parts.
        errors: Those that the answer tells of.
    """

    data: tuple[bytes, ...]
    errors: Sequence[GraphQLFormattedError] = ()


async def execute_request(
    schema: GraphQLSchema,
    prepared: Prepared,
    request: GraphQLRequest,
    context: Context,
    asked: Asked | None = None,
) -> Executed:
    """What answers `request`.

    Args:
        schema: What the document is valid for.
        prepared: The document.
        request: Which of its operations is asked for, and with what.
        context: What resolvers are told.
        asked: The operation as it was compiled; None when graphql-core must execute it.

    Raises:
        RequestError: the variables do not fit the operation; nothing was executed.
    """
    data = await asked.answer(context, context.served.kept) if asked else None
    if data is not None:
        return Executed(data)
    result = execute(
        schema,
        prepared.document,
        variable_values=dict(request.variables),
        operation_name=request.operation_name,
        context_value=context,
    )
    finished = result if isinstance(result, ExecutionResult) else await result
    errors = finished.errors or []
    if finished.data is None and errors and all(error.path is None for error in errors):
        raise RequestError([formatted(error, ErrorCode.BAD_USER_INPUT) for error in errors])
    return Executed((orjson.dumps(finished.data),), told(errors, context.note.request_id))


def codes_of(errors: Iterable[GraphQLFormattedError]) -> tuple[str, ...]:
    """The codes of errors, each once."""
    found = (each.get("extensions", {}).get("code") for each in errors)
    return tuple(dict.fromkeys(str(code) for code in found))


def told(errors: Sequence[GraphQLError], request_id: str) -> list[GraphQLFormattedError]:
    """What the caller is told about `errors`; defects are logged and masked."""
    return [_told(error, request_id) for error in errors]


def _told(error: GraphQLError, request_id: str) -> GraphQLFormattedError:
    match error.original_error:
        case None | GraphQLError():
            return formatted(error, ErrorCode.BAD_USER_INPUT)
        case InvalidCatalog(code=code, message=message, problems=problems):
            mistake = GraphQLError(message, error.nodes, path=error.path)
            listed = [_problem(each) for each in problems[:MOST_PROBLEMS]]
            code_of = ErrorCode.BAD_USER_INPUT
            return formatted(mistake, code_of, reason=code, problems=listed)
        case DatabaseUnreachable(message=message):
            failure = GraphQLError(message, error.nodes, path=error.path)
            return formatted(failure, ErrorCode.STORE_UNREACHABLE)
        case PlanqlError(code=code, message=message):
            mistake = GraphQLError(message, error.nodes, path=error.path)
            return formatted(mistake, ErrorCode.BAD_USER_INPUT, reason=code)
        case defect:
            return masked(defect, request_id, error)


def _problem(problem: Problem) -> dict[str, object]:
    """A problem in a catalog, with the members of the schema's `CatalogProblem`."""
    place = problem.place
    return {
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint or None,
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "pointer": place.pointer,
    }


def masked(
    defect: BaseException, request_id: str, located: GraphQLError | None = None
) -> GraphQLFormattedError:
    """Log `defect` and say no more than where the log tells of it."""
    log_defect(defect, request_id)
    message = f"planql made a mistake; its log tells more under request {request_id}"
    nodes, path = (located.nodes, located.path) if located else (None, None)
    hidden = GraphQLError(message, nodes, path=path)
    return formatted(hidden, ErrorCode.INTERNAL_SERVER_ERROR, requestId=request_id)


def broken(defect: Exception, request_id: str, media_type: MediaType = MediaType.JSON) -> Answer:
    """The answer to a request that met a defect, which is logged."""
    errors = [masked(defect, request_id)]
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return Answer(status, (errors_body(errors),), media_type, codes=codes_of(errors))
