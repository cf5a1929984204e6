"""Documents, parsed, measured and validated once each and kept for the next request.

Owns: what happens to a document's text before it is executed, and the bounded cache.
Does not own: executing operations.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLFormattedError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from planql.gateway.codes import ErrorCode
from planql.gateway.costing import Costing
from planql.gateway.document_ids import document_id
from planql.gateway.limits import HINTS, Excess, Limits
from planql.gateway.measures import measure
from planql.gateway.prepared_operations import PreparedOperation

_MESSAGE_CHARACTERS: Final = 1_000
_BESIDES: Final = 80
"""Characters that a document counts besides its text: even a short one takes that much memory."""
_RULES: Final = (*specified_rules, OneOfInputValidationRule)


class RequestError(Exception):
    """A well-formed request that cannot be executed: its document or variables are wrong.

    Attributes:
        errors: The answer's `errors`; an answer to such a request has no `data`.
    """

    def __init__(self, errors: Sequence[GraphQLFormattedError]) -> None:
        super().__init__(errors[0]["message"])
        self.errors = list(errors)

    @property
    def code(self) -> object:
        """Which kind of mistake the first error is, from the closed list."""
        return self.errors[0].get("extensions", {}).get("code")


def formatted(error: GraphQLError, code: ErrorCode, **extensions: object) -> GraphQLFormattedError:
    """`error` as the answer shows it, with its code; its message repeats no long text."""
    found = error.formatted
    if len(found["message"]) > _MESSAGE_CHARACTERS:
        found["message"] = f"{found['message'][:_MESSAGE_CHARACTERS]}..."
    found["extensions"] = {"code": code.value, **extensions}
    return found


def over_limit(excess: Excess) -> GraphQLFormattedError:
    """The error of a request that is larger than the server executes."""
    error = GraphQLError(excess.message)
    return formatted(error, ErrorCode.LIMIT_EXCEEDED, limit=excess.limit, hint=excess.hint)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A valid document.

    Attributes:
        document: As it was parsed.
        identifier: After its text.
        operations: By name.
        only: The operation of a document that has one.
    """

    document: DocumentNode
    identifier: str
    operations: Mapping[str, PreparedOperation]
    only: PreparedOperation | None

    def operation(self, name: str | None) -> PreparedOperation:
        """The operation `name`; the only one, when `name` is None.

        Raises:
            RequestError: there is no such operation, or there are several to choose from.
        """
        found = self.only if name is None else self.operations.get(name)
        if found is None:
            raise _unknown(name, self.operations)
        return found


def _unknown(name: str | None, known: Iterable[str]) -> RequestError:
    """The error of a request for an operation that the document does not have."""
    names = ", ".join(f'"{each}"' for each in known)
    asked = f'there is no operation "{name}"' if name else '"operationName" must name one'
    error = GraphQLError(f"{asked}; the document has {names or 'none'}")
    return RequestError([formatted(error, ErrorCode.OPERATION_RESOLUTION_FAILURE)])


Judgement = Prepared | Sequence[GraphQLFormattedError]
"""Of a document: it is valid, or what is wrong with it."""


class Documents:
    """The documents of one schema, least recently used first; bounded by their text's length.

    A compiled document takes about 150 bytes of memory for each character of its text, and 12 kB
    besides.
    """

    def __init__(self, schema: GraphQLSchema, limits: Limits) -> None:
        self._schema = schema
        self._limits = limits
        self._known: OrderedDict[str, Judgement] = OrderedDict()
        self._characters = 0

    def known(self, text: str) -> Prepared | None:
        """The document `text` stands for; None when it was not judged before, or is not kept.

        Raises:
            RequestError: it was found wrong.
        """
        found = self._known.get(text)
        if found is None:
            return None
        self._known.move_to_end(text)
        return _valid(found)

    def prepare(self, text: str) -> Prepared:
        """The document `text` stands for, ready to be executed.

        Raises:
            RequestError: it is too large, no GraphQL, or does not fit the schema.
        """
        found = self.known(text)
        if found is not None:
            return found
        judged = self._judge(text)
        self._keep(text, judged)
        return _valid(judged)

    def _keep(self, text: str, found: Judgement) -> None:
        """Keep what was found, unless its text is too long to be read: that pushes nothing out."""
        if len(text) > self._limits.document_characters:
            return
        self._known[text] = found
        self._characters += len(text) + _BESIDES
        while self._characters > self._limits.cached_characters:
            oldest, _ = self._known.popitem(last=False)
            self._characters -= len(oldest) + _BESIDES

    def _judge(self, text: str) -> Judgement:
        try:
            document = self._parse(text)
        except GraphQLSyntaxError as error:
            return [_syntax_error(error)]
        too_large = [over_limit(each) for each in self._limits.exceeded(measure(document))]
        invalid = too_large or [
            formatted(error, ErrorCode.GRAPHQL_VALIDATION_FAILED)
            for error in validate(
                self._schema, document, _RULES, max_errors=self._limits.validation_errors
            )
        ]
        return invalid or self._prepared(document, text)

    def _prepared(self, document: DocumentNode, text: str) -> Prepared:
        costing = Costing(self._schema, document)
        operations = [
            PreparedOperation(self._schema, document, node, costing)
            for node in document.definitions
            if isinstance(node, OperationDefinitionNode)
        ]
        named = {each.name: each for each in operations}
        only = operations[0] if len(operations) == 1 else None
        return Prepared(document, document_id(text), named, only)

    def _parse(self, text: str) -> DocumentNode:
        return parse(
            text,
            max_lexical_tokens=self._limits.tokens,
            max_comments=self._limits.tokens,
            max_source_length=self._limits.document_characters,
        )


def _valid(judged: Judgement) -> Prepared:
    """The document, if it was found valid.

    Raises:
        RequestError: it was found wrong. What is kept of that are the errors: an exception would
            keep the request that it was raised for.
    """
    if not isinstance(judged, Prepared):
        raise RequestError(judged)
    return judged


def _syntax_error(error: GraphQLSyntaxError) -> GraphQLFormattedError:
    """A syntax error; the parser's own limits say that they made it stop."""
    if error.message.endswith("Parsing aborted."):
        hint = HINTS["document"]
        return formatted(error, ErrorCode.LIMIT_EXCEEDED, limit="document", hint=hint)
    return formatted(error, ErrorCode.GRAPHQL_PARSE_FAILED)
