"""What holds for all tests."""

import pytest
from hypothesis import HealthCheck, settings
from tests.goldens import Goldens

# A slow machine is no mistake; and what passes once passes again, but for `make fresh`. Settings of
# a law say how many examples it wants and leave these alone: they would win over a seed.
unhurried = [HealthCheck.too_slow]
settings.register_profile("fresh", deadline=None, database=None, suppress_health_check=unhurried)
settings.register_profile("gate", settings.get_profile("fresh"), derandomize=True)
settings.load_profile("gate")

LONGEST = "test_image.py"
"""It installs everything twice, mostly waiting for the network."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """An option for those who change how something is laid out."""
    parser.addoption(
        "--write-goldens", action="store_true", help="write the comments and charts of cases anew"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: item.path.name != LONGEST)


@pytest.fixture
def goldens(request: pytest.FixtureRequest) -> Goldens:
    """The comments and charts that are kept as files."""
    return Goldens(are_written=bool(request.config.getoption("--write-goldens")))
