"""`rate -` again, slowly: one charge, one quantity or its events, its discounts."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from tests.oracle import models
from tests.oracle.metering import Event, Measurement, instant, measure, seconds
from tests.oracle.models import Priced, needs_events
from tests.oracle.numerals import (
    Doc,
    RefusedError,
    money,
    number,
    plain,
    price,
    round_money,
    share,
)

ZERO = Fraction(0)


def error(message: str) -> Doc:
    """Return the answer to a document that the rules refuse."""
    return {"error": {"code": "invalid_input", "message": message, "pointer": ""}}


def rate(document: Doc) -> Doc:
    """Answer one line of `rate -`."""
    try:
        return _rate(document)
    except RefusedError as refused:
        return error(str(refused))


def check_charge(charge: Doc, currency: str) -> None:
    """Refuse a charge whose numbers break the rules."""
    models.check(charge["model"])
    for name in ("cap", "minimum"):
        if name in charge:
            money(charge[name], currency)
    if "included_units" in charge:
        price(charge["included_units"])


def declared_quantity(charge: Doc, given: object) -> Fraction:
    """Return a recurring or one-time quantity: 1, or the declared one inside its bounds."""
    declared = charge.get("quantity")
    if given is None:
        if declared:
            raise RefusedError(f"{declared['name']} is missing")
        return Fraction(1)
    quantity = number(given)
    if declared and "minimum" in declared and quantity < number(declared["minimum"]):
        raise RefusedError(f"{declared['name']} out of bounds: {given}")
    if declared and "maximum" in declared and quantity > number(declared["maximum"]):
        raise RefusedError(f"{declared['name']} out of bounds: {given}")
    return quantity


def price_groups(
    charge: Doc, currency: str, measured: Measurement, included: Fraction
) -> tuple[list[Priced], list[Fraction]]:
    """Return each group's price, unrounded, and each group's rounded line before the cap."""
    priced = [
        models.amount_of(charge["model"], group.quantity, group.events, included)
        for group in measured.groups
    ]
    if not measured.groups:
        priced = [models.amount_of(charge["model"], None, (), included)]
    return priced, [round_money(one.amount, currency) for one in priced]


def capped(rounded: Sequence[Fraction], cap: Fraction | None, currency: str) -> list[Fraction]:
    """Return the lines lowered to the cap, shared over them by largest remainder."""
    total = sum(rounded, ZERO)
    if cap is None or total <= cap:
        return list(rounded)
    return share(cap, rounded, currency)


def free_units(discounts: Sequence[Doc]) -> Fraction:
    """Return the units that discounts add to the included ones."""
    return sum((number(d["units"]) for d in discounts if d["type"] == "free_units"), ZERO)


def units_included(charge: Doc, free: Fraction) -> Fraction:
    """Return the units that cost nothing; beside included events alone free ones cover nothing."""
    own = number(charge.get("included_units", "0"))
    alone = "included_events" in charge["model"] and not own
    return ZERO if alone else own + free


def in_order(discounts: Sequence[Doc]) -> list[Doc]:
    """Return percentages first, then fixed amounts, each as listed."""
    return [d for d in discounts if d["type"] == "percentage"] + [
        d for d in discounts if d["type"] == "fixed_amount"
    ]


def discount_of(discounts: Sequence[Doc], amount: Fraction, currency: str) -> Fraction:
    """Return what all discounts of one charge take off, each rounded before the next."""
    left = amount
    for discount in in_order(discounts):
        if discount["type"] == "percentage":
            cut = round_money(left * number(discount["percentage"]) / 100, currency)
        else:
            if currency not in discount["amounts"]:
                raise RefusedError(f"{discount['key']} has no amount in {currency}")
            cut = money(discount["amounts"][currency], currency)
        left -= min(cut, left)
    return amount - left


def _span(document: Doc) -> tuple[datetime, datetime]:
    period = document["period"]
    return instant(period["start"]), instant(period["end"])


def _measured(document: Doc) -> Measurement:
    span = _span(document)
    full: Doc = document.get("full_period") or document["period"]
    length = seconds(instant(full["start"]), instant(full["end"]))
    return measure(document["charge"], document["meter"], document["events"], span, full=length)


def _whole_quantity(document: Doc, measured: Measurement) -> Fraction | None:
    if not document["charge"].get("group_by"):
        return measured.groups[0].quantity
    if document["meter"]["aggregation"]["type"] not in ("count", "sum"):
        return None
    return sum((group.quantity or ZERO for group in measured.groups), ZERO)


def _rate(document: Doc) -> Doc:
    charge, currency = document["charge"], document["currency"]
    discounts = document.get("discounts", [])
    check_charge(charge, currency)
    included = units_included(charge, free_units(discounts))
    answer: Doc = {}
    if "events" in document:
        measured = _measured(document)
        quantity = _whole_quantity(document, measured)
        priced, rounded = price_groups(charge, currency, measured, included)
        answer["rejected_events"] = sorted(measured.rejected)
    else:
        quantity = _bare_quantity(document)
        events: tuple[Event, ...] = ()
        priced = [models.amount_of(charge["model"], quantity, events, included)]
        rounded = [round_money(one.amount, currency) for one in priced]
    cap = money(charge["cap"], currency) if "cap" in charge else None
    lines = capped(rounded, cap, currency)
    if charge.get("group_by") and "events" in document:
        answer["lines"] = _group_lines(measured, priced, lines)
    return answer | _totals(document, quantity, priced, lines)


def _bare_quantity(document: Doc) -> Fraction:
    charge = document["charge"]
    if needs_events(charge["model"]):
        raise RefusedError("parts per event need events")
    if charge["type"] == "usage":
        if "quantity" not in document:
            raise RefusedError("a usage charge needs a quantity or events")
        return number(document["quantity"])
    return declared_quantity(charge, document.get("quantity"))


def _group_lines(
    measured: Measurement, priced: Sequence[Priced], lines: Sequence[Fraction]
) -> list[Doc]:
    answers = []
    for place, one in enumerate(priced):
        group = measured.groups[place] if measured.groups else None
        quantity = group.quantity if group else None
        answers.append(
            {
                "group": dict(group.key) if group else {},
                "quantity": None if quantity is None else plain(quantity),
                "amount": plain(lines[place]),
                "unrounded_amount": plain(one.amount),
                "steps": _steps(one),
            }
        )
    return answers


def _steps(priced: Priced) -> list[Doc]:
    return [
        {"tier": s.tier, "quantity": plain(s.quantity), "amount": plain(s.amount)}
        for s in priced.steps
    ]


def _totals(
    document: Doc, quantity: Fraction | None, priced: Sequence[Priced], lines: Sequence[Fraction]
) -> Doc:
    charge, currency = document["charge"], document["currency"]
    amount = sum(lines, ZERO)
    discount = discount_of(document.get("discounts", []), amount, currency)
    minimum = money(charge["minimum"], currency) if "minimum" in charge else ZERO
    top_up = max(minimum - (amount - discount), ZERO)
    grouped = bool(charge.get("group_by")) and "events" in document
    return {
        "quantity": None if quantity is None else plain(quantity),
        "amount": plain(amount),
        "unrounded_amount": plain(sum((one.amount for one in priced), ZERO)),
        "steps": [] if grouped else _steps(priced[0]),
        "discount": plain(discount),
        "top_up": plain(top_up),
        "total": plain(amount - discount + top_up),
    }
