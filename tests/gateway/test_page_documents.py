"""What the pages for browsers ask: documents that whoever opens the page may execute."""

from pathlib import Path

import pytest
from graphql import FragmentDefinitionNode, OperationDefinitionNode, parse, validate
from tests.browser.conftest import missing

from planql.cli.documents import PAGES
from planql.gateway.costing import Costing
from planql.gateway.limits import Limits
from planql.gateway.measures import measure
from planql.gateway.principals import Role
from planql.gateway.schema import executable_schema

SOURCES = Path(__file__).resolve().parents[2] / "web" / "documents"
READERS = {
    "change": Role.CUSTOMER,
    "estimate": Role.ANONYMOUS,
    "estimate-events": Role.ANONYMOUS,
    "invoice": Role.CUSTOMER,
    "invoices": Role.CUSTOMER,
    "portal": Role.CUSTOMER,
    "pricing": Role.ANONYMOUS,
}
"""The documents, and who sends them."""


def test_every_document_has_a_reader() -> None:
    """The table above names them all."""
    assert {path.stem for path in SOURCES.glob("*.graphql")} == set(READERS)


@pytest.mark.parametrize(
    "path", sorted((SOURCES / "fragments").iterdir()), ids=lambda path: path.stem
)
def test_a_file_of_a_fragment_is_named_like_it(path: Path) -> None:
    """So it is found by its name when documents are put together."""
    [fragment] = parse(path.read_text(encoding="utf-8")).definitions
    assert isinstance(fragment, FragmentDefinitionNode)
    assert fragment.name.value == path.stem


@pytest.mark.parametrize(("name", "role"), READERS.items())
def test_a_document_is_valid_and_within_the_limits(name: str, role: Role) -> None:
    """As it is sent, its reader may ask all of it, and ten times in a second."""
    if not PAGES.exists():
        missing("web/dist is not built: run scripts/build_web.py")
    document = parse((PAGES / f"{name}.graphql").read_text(encoding="utf-8"))
    schema = executable_schema(role)
    assert validate(schema, document) == []
    assert not list(Limits().exceeded(measure(document)))
    [operation] = [
        node for node in document.definitions if isinstance(node, OperationDefinitionNode)
    ]
    cost = Costing(schema, document).cost(operation, {"first": 6})
    assert cost.units * 10 <= Limits().cost_capacity
