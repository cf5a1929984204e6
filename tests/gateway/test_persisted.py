"""Documents that a request names by their SHA-256, and servers that execute no others."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.servers.gateway import running

from planql.catalog.snapshot import Catalog
from planql.gateway.application import create_application
from planql.gateway.document_ids import document_id
from planql.gateway.operations import load_operations
from planql.gateway.persisted import persisted
from planql.gateway.served import CatalogHolder
from planql.gateway.settings import Content, Rules

OPERATIONS = Path(__file__).resolve().parents[2] / "operations"
HEADERS = {"accept": "application/graphql-response+json"}


def identifier(name: str) -> str:
    """The identifier of an example, of the bytes of its file."""
    return f"sha256:{hashlib.sha256((OPERATIONS / name).read_bytes()).hexdigest()}"


PRICING_PAGE = identifier("01-pricing-page.graphql")
RECORD = identifier("19-record-usage.graphql")


@pytest.fixture(scope="module")
def trusting(catalog: Catalog) -> Iterator[httpx.Client]:
    """A client of a server that executes only the examples."""
    operations = load_operations(OPERATIONS)
    application = create_application(
        Content(CatalogHolder(catalog), operations=operations),
        rules=Rules(documents=persisted(operations, is_exclusive=True)),
    )
    with running(application) as address, httpx.Client(base_url=address, headers=HEADERS) as found:
        yield found


def test_the_identifier_is_that_of_the_specification() -> None:
    """The two documents of the appendix have the identifiers that it gives them."""
    text = "query ($id: ID!) {\n  user(id: $id) {\n    name\n  }\n}"
    digest = "7dba4bd717b41f10434822356a93c32b1fb4907b983e854300ad839f84cdcd6e"
    assert document_id(text) == f"sha256:{digest}"
    digest = "71f7dc5758652baac68e4a10c50be732b741c892ade2883a99358f52b555286b"
    assert document_id("query($id:ID!){user(id:$id){name}}") == f"sha256:{digest}"


def test_an_example_is_named_by_its_hash(client: httpx.Client) -> None:
    """By POST and by GET the document of that name is executed."""
    query = (OPERATIONS / "01-pricing-page.graphql").read_text(encoding="utf-8")
    expected = client.post("/graphql", json={"query": query}).json()
    assert "errors" not in expected
    parameters = {"documentId": PRICING_PAGE}
    assert client.post("/graphql", json=parameters).json() == expected
    assert client.get("/graphql", params=parameters).json() == expected


def test_variables_come_with_the_identifier(client: httpx.Client) -> None:
    """Everything else of the request is as with a text."""
    name = identifier("03-rate-a-charge.graphql")
    variables = (OPERATIONS / "03-rate-a-charge.json").read_text(encoding="utf-8")
    answer = client.get("/graphql", params={"documentId": name, "variables": variables}).json()
    assert "errors" not in answer


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        ({"documentId": f"sha256:{'0' * 64}"}, 400, "DOCUMENT_NOT_FOUND"),
        ({"documentId": "sha256:0"}, 400, "BAD_REQUEST"),
        ({"documentId": PRICING_PAGE.upper()}, 400, "BAD_REQUEST"),
        ({"documentId": "md5:d41d8cd98f00b204e9800998ecf8427e"}, 400, "BAD_REQUEST"),
        ({"documentId": f"{PRICING_PAGE}\n"}, 400, "BAD_REQUEST"),
        ({"documentId": 7}, 400, "BAD_REQUEST"),
        ({"documentId": PRICING_PAGE, "query": "{ __typename }"}, 400, "BAD_REQUEST"),
        ({"documentId": None}, 400, "BAD_REQUEST"),
    ],
)
def test_other_names_are_refused(
    client: httpx.Client, request_: dict[str, object], status: int, code: str
) -> None:
    """One document is named, by 64 digits in small letters that the server knows."""
    response = client.post("/graphql", json=request_, headers=HEADERS)
    assert response.status_code == status
    [error] = response.json()["errors"]
    assert error["extensions"] == {"code": code}


def test_an_unknown_name_is_answered_to_older_clients(client: httpx.Client) -> None:
    """A well-formed request is answered with 200 in the older media type, as always."""
    response = client.post("/graphql", json={"documentId": f"sha256:{'1' * 64}"})
    assert response.status_code == 200
    assert set(response.json()) == {"errors"}


def test_get_changes_nothing_by_name_either(client: httpx.Client) -> None:
    """A mutation that is named is a mutation."""
    response = client.get("/graphql", params={"documentId": RECORD})
    assert (response.status_code, response.headers["allow"]) == (405, "POST")


def test_a_trusting_server_executes_what_it_holds(trusting: httpx.Client) -> None:
    """By its name, or by its very text."""
    query = (OPERATIONS / "01-pricing-page.graphql").read_bytes().decode()
    by_name = trusting.post("/graphql", json={"documentId": PRICING_PAGE})
    by_text = trusting.post("/graphql", json={"query": query})
    assert by_name.status_code == by_text.status_code == 200
    assert by_name.json() == by_text.json()


@pytest.mark.parametrize("query", ["{ __typename }", "{ __schema { types { name } } }", "nonsense"])
def test_a_trusting_server_executes_nothing_else(trusting: httpx.Client, query: str) -> None:
    """Whatever it is, it is not even parsed."""
    response = trusting.post("/graphql", json={"query": query})
    assert response.status_code == 400
    [error] = response.json()["errors"]
    assert error["extensions"] == {"code": "DOCUMENT_NOT_TRUSTED"}


def test_a_file_is_named_by_its_bytes(tmp_path: Path) -> None:
    """Whatever ends its lines: what `sha256sum` prints is the name."""
    path = tmp_path / "windows.graphql"
    path.write_bytes(b"# Windows\r\n{ __typename }\r\n")
    [operation] = load_operations(tmp_path)
    assert operation.title == "Windows"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert list(persisted([operation]).texts) == [f"sha256:{digest}"]


def test_the_documentation_names_a_document_that_is_held() -> None:
    """The identifier in docs/limits.md is that of the pricing page."""
    text = (OPERATIONS.parent / "docs" / "limits.md").read_text(encoding="utf-8")
    assert f'"{PRICING_PAGE}"' in text
