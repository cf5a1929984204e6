"""What holds for all tests."""

import pytest
from hypothesis import settings
from tests.goldens import Goldens

# A slow machine is no mistake; and what passes once passes again.
settings.register_profile("gate", deadline=None, derandomize=True, database=None)
settings.load_profile("gate")


def pytest_addoption(parser: pytest.Parser) -> None:
    """An option for those who change how something is laid out."""
    parser.addoption(
        "--write-goldens", action="store_true", help="write the comments and charts of cases anew"
    )


@pytest.fixture
def goldens(request: pytest.FixtureRequest) -> Goldens:
    """The comments and charts that are kept as files."""
    return Goldens(are_written=bool(request.config.getoption("--write-goldens")))
