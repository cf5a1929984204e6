"""Documents, parsed, measured and validated once each and kept for the next request.

Owns: what happens to a document's text before it is executed, and the bounded cache.
Does not own: executing operations.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
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
from planql.gateway.compiled.shortcuts import Shortcuts
from planql.gateway.costing import Costing
from planql.gateway.document_ids import document_id
from planql.gateway.limits import HINTS, Excess, Limits
from planql.gateway.measures import measure

_MESSAGE_CHARACTERS: Final = 1_000
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
    """A valid document, its identifier, and what its operations cost."""

    document: DocumentNode
    costing: Costing
    identifier: str
    shortcuts: Shortcuts = field(default_factory=Shortcuts)

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation `name`; the only one, when `name` is None.

        Raises:
            RequestError: there is no such operation, or there are several to choose from.
        """
        operations = [
            node for node in self.document.definitions if isinstance(node, OperationDefinitionNode)
        ]
        named = [node for node in operations if name is None or _name(node) == name]
        if len(named) == 1:
            return named[0]
        known = ", ".join(f'"{_name(node)}"' for node in operations)
        asked = f'there is no operation "{name}"' if name else '"operationName" must name one'
        message = f"{asked}; the document has {known or 'none'}"
        raise RequestError(
            [formatted(GraphQLError(message), ErrorCode.OPERATION_RESOLUTION_FAILURE)]
        )


def _name(operation: OperationDefinitionNode) -> str:
    return operation.name.value if operation.name else ""


class Documents:
    """The documents of one schema, least recently used first; bounded by their text's length."""

    def __init__(self, schema: GraphQLSchema, limits: Limits) -> None:
        self._schema = schema
        self._limits = limits
        self._known: OrderedDict[str, Prepared | RequestError] = OrderedDict()
        self._characters = 0

    def knows(self, text: str) -> bool:
        """Whether a document was judged before, and is still kept."""
        return text in self._known

    def prepare(self, text: str) -> Prepared:
        """The document `text` stands for, ready to be executed.

        Raises:
            RequestError: it is too large, no GraphQL, or does not fit the schema.
        """
        found = self._known.get(text)
        if found is None:
            found = self._judge(text)
            self._keep(text, found)
        else:
            self._known.move_to_end(text)
        if isinstance(found, RequestError):
            raise found.with_traceback(None)
        return found

    def _keep(self, text: str, found: Prepared | RequestError) -> None:
        """Keep what was found, unless its text is too long to be read: that pushes nothing out."""
        if len(text) > self._limits.document_characters:
            return
        self._known[text] = found
        self._characters += len(text)
        while self._characters > self._limits.cached_characters:
            oldest, _ = self._known.popitem(last=False)
            self._characters -= len(oldest)

    def _judge(self, text: str) -> Prepared | RequestError:
        try:
            document = self._parse(text)
        except GraphQLSyntaxError as error:
            return RequestError([_syntax_error(error)])
        too_large = [over_limit(each) for each in self._limits.exceeded(measure(document))]
        invalid = too_large or [
            formatted(error, ErrorCode.GRAPHQL_VALIDATION_FAILED)
            for error in validate(
                self._schema, document, _RULES, max_errors=self._limits.validation_errors
            )
        ]
        return (
            RequestError(invalid)
            if invalid
            else Prepared(document, Costing(self._schema, document), document_id(text))
        )

    def _parse(self, text: str) -> DocumentNode:
        return parse(
            text,
            max_lexical_tokens=self._limits.tokens,
            max_comments=self._limits.tokens,
            max_source_length=self._limits.document_characters,
        )


def _syntax_error(error: GraphQLSyntaxError) -> GraphQLFormattedError:
    """A syntax error; the parser's own limits say that they made it stop."""
    if error.message.endswith("Parsing aborted."):
        hint = HINTS["document"]
        return formatted(error, ErrorCode.LIMIT_EXCEEDED, limit="document", hint=hint)
    return formatted(error, ErrorCode.GRAPHQL_PARSE_FAILED)
