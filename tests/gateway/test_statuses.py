"""The statuses of two editions of GraphQL over HTTP."""

from collections.abc import Iterator

import httpx
import pytest
from tests.servers.gateway import running

from planql.catalog.snapshot import Catalog
from planql.gateway.application import create_application
from planql.gateway.negotiation import MediaType
from planql.gateway.served import CatalogHolder
from planql.gateway.settings import Content, Rules
from planql.gateway.statuses import Statuses

NEW = "application/graphql-response+json"
OLD = "application/json"


@pytest.fixture(scope="module")
def newer(catalog: Catalog) -> Iterator[httpx.Client]:
    """A client of a server that follows the edition of September 2026."""
    application = create_application(
        Content(CatalogHolder(catalog)), rules=Rules(statuses=Statuses.SEPTEMBER_2026)
    )
    with running(application) as address, httpx.Client(base_url=address) as found:
        yield found


CASES = [
    # request, then the statuses: audited, newer, and for the older media type
    ({"query": "{ __typename }"}, (200, 200, 200)),
    ({"query": "{"}, (400, 400, 200)),
    ({"query": "{ nothing }"}, (400, 422, 200)),
    ({"query": "{a{a{a{a{a{a{a{a{a{a{a{a{a}}}}}}}}}}}}}"}, (400, 422, 200)),
    ({"query": "query A { __typename } query B { __typename }"}, (400, 422, 200)),
    (
        {"query": "query($a: Int!) { __typename @skip(if: false) a: __type(name: $a) {name} }"},
        (400, 422, 200),
    ),
    ({"query": "query($a: String!) { __type(name: $a) { name } }"}, (400, 422, 200)),
    ({"documentId": f"sha256:{'0' * 64}"}, (400, 422, 200)),
    ({"query": 7}, (400, 422, 400)),
    ({"qeury": "{ __typename }"}, (400, 422, 400)),
    ({"query": "{ __typename }", "variables": [7]}, (400, 422, 400)),
    ([], (400, 400, 400)),
]


@pytest.mark.parametrize(("request_", "statuses"), CASES)
def test_each_edition_has_its_statuses(
    client: httpx.Client, newer: httpx.Client, request_: object, statuses: tuple[int, int, int]
) -> None:
    """The newer one tells what cannot be read from what cannot be executed; JSON is as before."""

    def status(server: httpx.Client, accept: str) -> int:
        headers = {"accept": accept}
        response = server.post("/graphql", json=request_, headers=headers)
        assert response.headers["content-type"].startswith(accept)
        return response.status_code

    assert (status(client, NEW), status(newer, NEW), status(client, OLD)) == statuses
    assert status(newer, OLD) == status(client, OLD)


@pytest.mark.parametrize(
    ("edition", "media_type", "status"),
    [
        (Statuses.AUDITS, MediaType.GRAPHQL, 200),
        (Statuses.SEPTEMBER_2026, MediaType.GRAPHQL, 294),
        (Statuses.SEPTEMBER_2026, MediaType.JSON, 200),
    ],
)
def test_data_beside_errors_is_a_partial_success(
    edition: Statuses, media_type: MediaType, status: int
) -> None:
    """Only the newer edition has a status for it, and only in the newer media type."""
    assert edition.with_errors(media_type) == status
