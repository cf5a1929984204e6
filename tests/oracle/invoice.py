"""`invoice -` again: every subscription walked, the occasions of one day put on one invoice."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from tests.oracle.account import Step
from tests.oracle.contract import day_of, moment
from tests.oracle.discounts import Ledger
from tests.oracle.lines import Line, Records
from tests.oracle.numerals import Doc, RefusedError, number, plain
from tests.oracle.walk import Walker

ZERO = Fraction(0)


def invoices(story: Doc) -> Doc:
    """Answer one line of `invoice -`."""
    try:
        return {"invoices": _invoices(story)}
    except RefusedError as refused:
        return {"error": {"code": "invalid_input", "message": str(refused), "pointer": ""}}


def _steps(story: Doc, zone: ZoneInfo, as_of: datetime) -> list[tuple[Doc, Step]]:
    catalog = story["catalog"]
    known = [event for event in story.get("usage", []) if moment(event["time"]) <= as_of]
    records = Records(known, story.get("usage_totals", []), catalog.get("meters", []), zone)
    found = []
    for sub in story["subscriptions"]:
        walker = Walker(story, sub, records, as_of, Ledger(catalog))
        walker.run()
        found += [(sub, step) for step in walker.steps]
    return found


def _invoices(story: Doc) -> list[Doc]:
    zone = ZoneInfo(story["customer"].get("time_zone", "UTC"))
    as_of = moment(story["as_of"])
    bills: dict[tuple[date, str], list[tuple[Doc, Line, str]]] = {}
    for sub, step in _steps(story, zone, as_of):
        currency = step.state.plan["currency"]
        key = (day_of(step.instant, zone), currency)
        bills.setdefault(key, []).extend((sub, line, step.state.basis) for line in step.lines)
    balances = {
        currency: number(amount)
        for currency, amount in story["customer"].get("balances", {}).items()
    }
    return [
        _invoice(on, currency, bills[on, currency], balances, zone)
        for on, currency in sorted(bills)
        if bills[on, currency]
    ]


def _invoice(
    on: date,
    currency: str,
    billed: Sequence[tuple[Doc, Line, str]],
    balances: dict[str, Fraction],
    zone: ZoneInfo,
) -> Doc:
    subtotal = sum((line.amount for _, line, _ in billed), ZERO)
    total = sum((line.net for _, line, _ in billed), ZERO)
    before = balances.get(currency, ZERO)
    applied = max(min(before, total), ZERO)
    balances[currency] = before - applied + max(-total, ZERO)
    return {
        "issued_on": on.isoformat(),
        "currency": currency,
        "lines": [_line(sub, line, basis, zone) for sub, line, basis in billed],
        "subtotal": plain(subtotal),
        "discount_total": plain(subtotal - total),
        "total": plain(total),
        "balance_applied": plain(applied),
        "amount_due": plain(max(total, ZERO) - applied),
        "balance": plain(balances[currency]),
    }


def _line(sub: Doc, line: Line, basis: str, zone: ZoneInfo) -> Doc:
    return {
        "subscription": sub["key"],
        "charge": line.charge,
        "kind": line.kind,
        "period": {
            "start": _bound(line.start, basis, zone),
            "end": _bound(line.end, basis, zone),
        },
        "amount": plain(line.amount),
        "discounts": [{"discount": key, "amount": plain(cut)} for key, _, cut in line.discounts],
    }


def _bound(point: datetime, basis: str, zone: ZoneInfo) -> str:
    if basis == "second":
        return point.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return day_of(point, zone).isoformat()
