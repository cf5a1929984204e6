"""A headless browser of this machine, and the API over the example catalog."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.types import ASGIApp
from tests.gateway.credentials import ACCESS, NOW
from tests.servers.demo import demo_copy
from tests.servers.gateway import running

from planql.catalog.snapshot import Catalog
from planql.gateway.access import DEVELOPMENT, Access
from planql.gateway.api_keys import new_api_key, parse_api_keys
from planql.gateway.application import create_application
from planql.gateway.limits import Limits
from planql.gateway.operations import load_operations
from planql.gateway.persisted import PersistedDocuments, persisted
from planql.gateway.principals import Role
from planql.gateway.served import CatalogHolder
from planql.gateway.settings import PROJECT, Content, Rules, utc_now
from planql.sources import load
from planql.stores.database import Database

ARTEFACTS = PROJECT / "artefacts"
_LIMITS = Limits(cost_capacity=10_000_000)
"""Many tests are one customer, who does in seconds what nobody does in a minute."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def missing(reason: str) -> None:
    """Skip the test and say why; on a CI machine, where nothing may be missing, fail."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser installed on this machine.

    Its driver keeps an event loop running in this thread, so it must be gone before tests of
    other modules run loops of their own.
    """
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        missing("no Chromium is installed on this machine")
    # Without --no-sandbox Chromium refuses to start as root, as CI machines run it.
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


def example_catalog() -> Catalog:
    """The example catalog."""
    loaded = load(PROJECT / "catalog")
    assert loaded.catalog is not None
    return loaded.catalog


def application(
    access: Access,
    database: Database | None = None,
    documents: PersistedDocuments | None = None,
) -> ASGIApp:
    """The API over the example catalog, its pages built; with a database its clock stands."""
    if not (PROJECT / "web" / "dist" / "portal.html").exists():
        missing("web/dist is not built: run scripts/build_web.py")
    operations = load_operations(PROJECT / "operations")
    return create_application(
        Content(
            CatalogHolder(example_catalog()),
            operations=operations,
            database=database,
            clock=utc_now if database is None else lambda: NOW,
        ),
        access,
        Rules(limits=_LIMITS, documents=documents or persisted(operations)),
    )


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the API listens in development mode."""
    with running(application(DEVELOPMENT)) as found:
        yield found


@pytest.fixture(scope="session")
def guarded_address() -> Iterator[str]:
    """Where an API listens that asks who calls."""
    access = Access(parse_api_keys(new_api_key(Role.ADMIN, "ops").line))
    with running(application(access)) as found:
        yield found


@pytest.fixture(scope="session")
def guarded_customers_address() -> Iterator[str]:
    """Where an API listens that takes tokens of customers, and has no database."""
    application_ = create_application(
        Content(CatalogHolder(example_catalog()), clock=lambda: NOW), ACCESS
    )
    with running(application_) as found:
        yield found


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database with the demo's year of customers in it, up to `NOW`."""
    opened = demo_copy(example_catalog(), tmp_path_factory)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def demo_address(demo: Database) -> Iterator[str]:
    """Where an API listens that asks who calls, with the demo's customers on a day in June."""
    with running(application(ACCESS, demo)) as found:
        yield found


@pytest.fixture(scope="session")
def development_address(demo: Database) -> Iterator[str]:
    """Where it listens in development mode."""
    with running(application(DEVELOPMENT, demo)) as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page without a history, of the size of a laptop's screen."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def artefacts() -> Path:
    """Where screenshots are kept."""
    ARTEFACTS.mkdir(exist_ok=True)
    return ARTEFACTS
