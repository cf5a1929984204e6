"""Laws count for no coverage: what is run is reached by cases, which say why, and not by chance.

Measuring them would take longer than the laws themselves.
"""

from pathlib import Path

import pytest

LAWS = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every law, among all tests that were collected."""
    for item in items:
        if item.path.is_relative_to(LAWS):
            item.add_marker(pytest.mark.no_cover)
