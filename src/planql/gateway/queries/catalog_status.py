"""`catalogStatus`: what is served, and why nothing newer is."""

from planql.gateway.context import Info
from planql.gateway.types.catalog_statuses import CatalogStatus, status_view


def resolve_catalog_status(info: Info) -> CatalogStatus:
    """The status at the time of the request."""
    repository = info.context.repository
    return status_view(info.context.served, repository.watcher if repository else None)
