"""Laws: what was issued, over any sequence of billing runs, sums to what is due."""

from datetime import datetime, timedelta
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.laws.strategies.late_stories import late_stories
from tests.laws.strategies.stories import stories
from tests.oracle.numerals import Doc

from planql.billing.documents import invoice_document
from planql.billing.due import due_invoices, zone_of
from planql.billing.invoices import Invoice
from planql.billing.issuing import invoices_to_issue, outstanding
from planql.billing.reading import read_invoice
from planql.billing.stories import Story, catalog_for, usage_of
from planql.catalog.documents import Documents
from planql.catalog.snapshot import catalog_of
from planql.entity import read_entity
from planql.errors import PlanqlError
from planql.periods import local_day

moderate = settings(
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
)


class History:
    """A customer who is billed now and then."""

    def __init__(self, document: Doc) -> None:
        self.story = read_entity(Story, document)
        self.catalog = catalog_for(self.story, catalog_of(Documents(())))
        self.zone = zone_of(self.story.customer, self.catalog)
        self.usage = usage_of(self.story, self.zone)
        self.issued: list[Invoice] = []

    def due(self, as_of: datetime) -> tuple[Invoice, ...]:
        """Every invoice due at `as_of`."""
        story = self.story
        return due_invoices(
            self.catalog, story.customer, story.subscriptions, self.usage, as_of
        ).invoices

    def run(self, as_of: datetime) -> int:
        """Issue what is due, as a billing run does; the number of invoices."""
        today = local_day(as_of, self.zone)
        new = invoices_to_issue(self.due(as_of), self.issued, self.story.customer, today)
        self.issued += [each.invoice for each in new]
        return len(new)


def history(document: Doc) -> History | None:
    """The history, or None for a story that cannot be billed."""
    try:
        made = History(document)
        made.due(made.story.as_of)
    except PlanqlError:
        return None
    return made


def runs(story: Doc, hours: list[int]) -> list[datetime]:
    """Times of billing runs: around every change, some more, and the story's end."""
    end = datetime.fromisoformat(story["as_of"])
    changes = [
        datetime.fromisoformat(change["at"])
        for each in story["subscriptions"]
        for change in each.get("changes", ())
    ]
    around = {at + timedelta(hours=shift) for at in changes for shift in (-9, -1, 0, 1)}
    others = {end - timedelta(hours=each) for each in hours}
    return sorted(at for at in {*around, *others, end} if at <= end)


hours_before = st.lists(st.integers(0, 24 * 120), max_size=4)


@moderate
@given(stories() | late_stories(), hours_before)
def test_issued_lines_are_the_lines_due(document: Doc, hours: list[int]) -> None:
    """After any runs, the lines issued and not given back ask for exactly the money due."""
    account = history(document)
    if account is None:
        return
    for as_of in runs(document, hours):
        account.run(as_of)
        due = {line.id: line for each in account.due(as_of) for line in each.lines}
        held = outstanding(account.issued)
        assert {key: line.net for key, line in held.items() if line.net} == {
            key: line.net for key, line in due.items() if line.net
        }


@moderate
@given(stories(), hours_before)
def test_a_second_run_issues_nothing(document: Doc, hours: list[int]) -> None:
    """Running again at the same time finds nothing left to issue."""
    account = history(document)
    if account is None:
        return
    for as_of in runs(document, hours):
        account.run(as_of)
        assert account.run(as_of) == 0


@moderate
@given(stories(), hours_before)
def test_balances_and_amounts_due_add_up(document: Doc, hours: list[int]) -> None:
    """Over a life, per currency: credit at first + due = total of all invoices + credit left."""
    account = history(document)
    if account is None:
        return
    for as_of in runs(document, hours):
        account.run(as_of)
    for currency in {invoice.currency for invoice in account.issued}:
        invoices = [each for each in account.issued if each.currency == currency]
        opening = Fraction(account.story.customer.opening_balance(currency))
        due = sum((each.amount_due for each in invoices), Fraction(0))
        total = sum((each.total for each in invoices), Fraction(0))
        assert opening + due == total + invoices[-1].balance


@moderate
@given(stories())
def test_documents_read_back(document: Doc) -> None:
    """An invoice read back from its document prints the same document."""
    account = history(document)
    if account is None:
        return
    for invoice in account.due(account.story.as_of):
        printed = invoice_document(invoice, account.zone)
        assert invoice_document(read_invoice(printed, account.zone), account.zone) == printed
