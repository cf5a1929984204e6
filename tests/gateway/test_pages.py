"""The pages for browsers, and what stands around the endpoint."""

from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from tests.gateway.credentials import ACCESS

from planql.catalog.snapshot import Catalog
from planql.gateway.access import DEVELOPMENT, Access
from planql.gateway.application import create_application
from planql.gateway.served import CatalogHolder
from planql.gateway.settings import PROJECT, Content

HTML = {"accept": "text/html"}


async def get(
    catalog: Catalog, path: str, web: Path, host: str = "localhost", access: Access = DEVELOPMENT
) -> httpx.Response:
    """The answer to a browser, the pages built in `web`."""
    application = create_application(
        Content(CatalogHolder(catalog), web=web), replace(access, hosts=("prices.example.com",))
    )
    transport = httpx.ASGITransport(app=application)
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}") as client:
        return await client.get(path, headers=HTML)


@pytest.mark.anyio
async def test_an_unbuilt_page_says_how_to_build_it(catalog: Catalog, tmp_path: Path) -> None:
    """Without web/dist a browser is told what to run, and that the API works."""
    response = await get(catalog, "/graphql", tmp_path)
    assert response.status_code == 503
    assert "make serve" in response.text
    assert "build_web.py" in response.text


@pytest.mark.anyio
async def test_files_of_an_unbuilt_page_are_not_found(catalog: Catalog, tmp_path: Path) -> None:
    """Without web/dist there is nothing under /assets, which is no defect."""
    response = await get(catalog, "/assets/x.js", tmp_path / "nowhere")
    assert response.status_code == 404
    assert response.json()["errors"][0]["extensions"] == {"code": "NOT_FOUND"}


@pytest.mark.anyio
async def test_the_page_may_load_nothing_from_elsewhere(catalog: Catalog, tmp_path: Path) -> None:
    """The browser itself is told to ask no other host."""
    (tmp_path / "index.html").write_text("<p>GraphiQL</p>", encoding="utf-8")
    response = await get(catalog, "/graphql", tmp_path)
    assert response.text == "<p>GraphiQL</p>"
    assert "default-src 'self'" in response.headers["content-security-policy"]


@pytest.mark.anyio
async def test_the_page_says_who_is_asking(catalog: Catalog, tmp_path: Path) -> None:
    """In development mode it warns that everyone is an administrator; with keys it does not."""
    (tmp_path / "index.html").write_text("<body><!-- access --><p>GraphiQL", encoding="utf-8")
    open_page = await get(catalog, "/graphql", tmp_path)
    guarded_page = await get(catalog, "/graphql", tmp_path, access=ACCESS)
    assert "Development mode" in open_page.text
    assert "every caller is an administrator" in open_page.text
    assert guarded_page.text == "<body><p>GraphiQL"


def test_the_page_has_a_place_for_who_is_asking() -> None:
    """The source of the page holds the mark that is replaced."""
    source = PROJECT / "web" / "src" / "index.html"
    assert "<!-- access -->" in source.read_text(encoding="utf-8")


@pytest.mark.anyio
async def test_assets_are_served_from_their_folder(catalog: Catalog, tmp_path: Path) -> None:
    """What the page needs lies beside it."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "a.css").write_text("a {}", encoding="utf-8")
    response = await get(catalog, "/assets/a.css", tmp_path)
    assert response.text == "a {}"
    assert response.headers["cache-control"] == "no-cache"
    assert "script" not in response.headers["content-security-policy"]
    assert (await get(catalog, "/assets/b.css", tmp_path)).status_code == 404


@pytest.mark.anyio
async def test_the_root_leads_to_graphiql(catalog: Catalog, tmp_path: Path) -> None:
    """Whoever opens the address without a path comes to GraphiQL."""
    response = await get(catalog, "/", tmp_path)
    assert (response.status_code, response.headers["location"]) == (307, "/graphql")


@pytest.mark.anyio
async def test_a_named_host_is_answered(catalog: Catalog, tmp_path: Path) -> None:
    """A server answers under the names that it was given, and under no other."""
    assert (await get(catalog, "/operations", tmp_path, "prices.example.com")).status_code == 200
    assert (await get(catalog, "/operations", tmp_path, "example.com")).status_code == 421


@pytest.mark.anyio
@pytest.mark.parametrize("name", ["pricing", "portal"])
async def test_our_own_pages_hold_nothing_inline(
    catalog: Catalog, tmp_path: Path, name: str
) -> None:
    """The pricing page and the portal load files of this server only, and nobody keeps them."""
    (tmp_path / f"{name}.html").write_text("<body><!-- access --><main>", encoding="utf-8")
    response = await get(catalog, f"/{name}", tmp_path, access=ACCESS)
    assert (response.status_code, response.text) == (200, "<body><main>")
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert response.headers["cache-control"] == "no-store"
    assert "Development mode" in (await get(catalog, f"/{name}", tmp_path)).text


@pytest.mark.anyio
@pytest.mark.parametrize("name", ["pricing", "portal"])
async def test_our_own_pages_say_how_to_build_them(
    catalog: Catalog, tmp_path: Path, name: str
) -> None:
    """Without web/dist they are answered as GraphiQL is."""
    response = await get(catalog, f"/{name}", tmp_path)
    assert response.status_code == 503
    assert "make serve" in response.text


def test_the_sources_of_our_own_pages_hold_nothing_inline() -> None:
    """No style and no script stands in them, and only the portal says who is asking."""
    for name, marks in {"pricing": 0, "portal": 1}.items():
        source = (PROJECT / "web" / "src" / f"{name}.html").read_text(encoding="utf-8")
        assert source.count("<!-- access -->") == marks
        assert "style=" not in source
        assert "<style" not in source
        assert source.count("<script ") == source.count('<script src="/assets/') == 1
