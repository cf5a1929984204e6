"""Operations: a query of a document, compiled once for every way in which its directives go."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode
from graphql.execution.values import VariableValues

from planql.gateway.compiled.compiler import compile_question
from planql.gateway.compiled.kept import Kept
from planql.gateway.compiled.parts import written_in_parts
from planql.gateway.compiled.programs import Program
from planql.gateway.compiled.questions import question_of
from planql.gateway.compiled.runs import run
from planql.gateway.compiled.variables import Variables

_MOST_PROGRAMS: Final = 16
"""Programs of one operation that are remembered."""


class Asked(NamedTuple):
    """A program and the variables that it is asked with."""

    program: Program
    variables: VariableValues

    @property
    def is_pure(self) -> bool:
        """Whether the answer depends on nothing but the snapshot and the variables."""
        return self.program.is_pure

    @property
    def values(self) -> str:
        """The values of the variables, as text that is different for different values."""
        return repr(self.variables.coerced)

    async def answer(self, context: object, kept: Kept | None = None) -> tuple[bytes, ...]:
        """The JSON of the answer's `data`, in parts.

        Args:
            context: What resolvers are told of the request.
            kept: What is kept of answers from the snapshot that the context has.

        Raises:
            Exception: any; then graphql-core must execute the operation, and says what is wrong.
        """
        if kept is None or not self.is_pure:
            return written_in_parts(await run(self.program, self.variables, context, kept))
        key = (self.program.whole, self.values)
        known = kept.answer(key)
        if known is None:
            known = written_in_parts(await run(self.program, self.variables, context, kept))
            kept.keep(key, known)
        return known


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
        variables = self._variables.coerced(given)
        return Asked(self._program(variables), variables)

    def _program(self, variables: VariableValues) -> Program:
        """The program for the way in which `variables` decide the directives."""
        switches = tuple(map(variables.coerced.get, self._question.switches))
        found = self._programs.get(switches)
        if found is None:
            found = compile_question(self._question, variables)
            if len(self._programs) >= _MOST_PROGRAMS:
                self._programs.clear()
            self._programs[switches] = found
        return found
