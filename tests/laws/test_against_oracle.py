"""Laws: planql's line commands say what an independent, slow evaluation of the rules says."""

from hypothesis import HealthCheck, given, settings
from tests.laws.strategies.rating import period_documents, rate_documents
from tests.laws.strategies.stories import stories
from tests.oracle.compare import difference
from tests.oracle.numerals import Doc

moderate = settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
)


@moderate
@given(rate_documents)
def test_rates_as_the_oracle_does(document: Doc) -> None:
    """A charge rated from a quantity or from events costs what the rules say, step by step."""
    assert difference("rate", document) is None


@moderate
@given(period_documents())
def test_periods_are_those_of_the_oracle(document: Doc) -> None:
    """Periods of every cycle, anchor and zone begin and end where the rules say."""
    assert difference("periods", document) is None


@moderate
@given(stories())
def test_invoices_are_those_of_the_oracle(story: Doc) -> None:
    """Every invoice of a random story has the lines, discounts and totals the rules say."""
    assert difference("invoice", story) is None
