"""The corner shop's catalog, and a customer of it."""

import pytest
from tests.billing.revising import told
from tests.stores.corner_shop import write_catalog

from planql.billing.histories import History
from planql.catalog.snapshot import Catalog


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The corner shop's catalog."""
    return write_catalog(tmp_path_factory.mktemp("catalog"))


@pytest.fixture
def history(catalog: Catalog) -> History:
    """A customer of Basic since 1 April, when the first month was invoiced."""
    return told(catalog)
