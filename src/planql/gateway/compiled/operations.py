"""Operations: a query of a document, compiled once for every way in which its directives go."""

from collections.abc import Mapping
from typing import Final

import msgspec
from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode

from planql.gateway.compiled.compiler import compile_question
from planql.gateway.compiled.kept import Kept
from planql.gateway.compiled.parts import written_in_parts
from planql.gateway.compiled.programs import Program
from planql.gateway.compiled.questions import question_of
from planql.gateway.compiled.runs import arrived, request_of
from planql.gateway.compiled.variables import Values, Variables

_MOST_PROGRAMS: Final = 16
"""Programs of one operation that are remembered."""


class Asked(msgspec.Struct, frozen=True):
    """A program and the values of the variables that it is asked with."""

    program: Program
    values: Values

    async def answer(self, context: object, kept: Kept | None = None) -> tuple[bytes, ...] | None:
        """The JSON of the answer's `data`, in parts; None when graphql-core must answer.

        Args:
            context: What resolvers are told of the request.
            kept: What is kept of answers from the snapshot that the context has.
        """
        program, values = self.program, self.values
        keeping = kept if program.is_pure else None
        try:
            if keeping is not None:
                key = (program.whole, repr(values))
                known = keeping.answer(key)
                if known is not None:
                    return known
            request = request_of(program, values, context, kept)
            came = await arrived(program.coming, request) if program.coming else ()
            found = written_in_parts(program.complete(came, request))
        except Exception:  # noqa: BLE001 - whatever it is, graphql-core meets it again, and says where
            return None
        if keeping is not None:
            keeping.keep(key, found)
        return found


class Operation:
    """A query of a document.

    Raises:
        NotCompilable: graphql-core must execute it.
    """

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode
    ) -> None:
        self._question = question_of(schema, document, operation)
        self._variables = Variables(schema, operation)
        self._programs: dict[tuple[object, ...], Program] = {}

    def asked(self, given: Mapping[str, object]) -> Asked:
        """The operation as it is asked with the variables `given`.

        Raises:
            NotCompilable: graphql-core must execute it.
            Surprise: graphql-core must say what is wrong with a variable.
        """
        values = self._variables.values(given)
        switches = tuple(map(values.get, self._question.switches))
        return Asked(self._programs.get(switches) or self._compiled(switches, values), values)

    def _compiled(self, switches: tuple[object, ...], values: Values) -> Program:
        """The program for the way in which the values of `switches` decide the directives."""
        found = compile_question(self._question, values.with_sources())
        if len(self._programs) >= _MOST_PROGRAMS:
            self._programs.clear()
        self._programs[switches] = found
        return found
