"""The catalog that is served: one immutable snapshot, held so that it can be swapped whole.

Everything that is worked out from a snapshot is kept inside `Served`, so it goes with it.
"""

from planql.catalog.snapshot import Catalog


class Served:
    """One snapshot, and what was worked out from it."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog


class CatalogHolder:
    """Holds what is served now; a request keeps what it began with."""

    def __init__(self, catalog: Catalog) -> None:
        self._served = Served(catalog)

    @property
    def served(self) -> Served:
        """What is served now."""
        return self._served

    def swap(self, catalog: Catalog) -> None:
        """Serve `catalog` from the next request on."""
        self._served = Served(catalog)
