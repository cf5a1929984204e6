"""What the demo's customers do all day: each habit makes one kind of usage event.

The events are those that the meters of the example catalog count, with all the properties that
its filters, groups and aggregations read, and some that they leave out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from planql.demo.dice import Dice

Data = Mapping[str, object]

_COUNTRIES: Final = ("SE", "SE", "SE", "NO", "DK")
_MODELS: Final = ("quill-small", "quill-small", "quill-large", "own-model")
_INDUSTRIES: Final = ("mills", "dairy", "optics", "timber", "labs", "freight", "press")


@dataclass(frozen=True, slots=True)
class Habit:
    """A kind of usage.

    Attributes:
        event: Type of the events.
        data: Their data, from dice and the number of days since the customer came.
        every_days: How many days lie between two days on which it happens.
        is_steady: Whether it happens as often on every such day, at set times.
    """

    event: str
    data: Callable[[Dice, int], Data]
    every_days: int = 1
    is_steady: bool = False


def _ticket(dice: Dice, _day: int) -> Data:
    outcome = "resolved" if dice.happens(82) else dice.pick(("handed-over", "spam"))
    return {"outcome": outcome, "channel": dice.pick(("chat", "chat", "e-mail", "help-centre"))}


def _rating(dice: Dice, _day: int) -> Data:
    return {"rating": dice.pick((5, 5, 5, 4, 4, 3)), "channel": dice.pick(("chat", "e-mail"))}


def _service_hour(dice: Dice, _day: int) -> Data:
    lost = dice.roll(0, 60) if dice.happens(3) else dice.roll(0, 5)
    return {"availability": {"percent": 100 - Decimal(lost) / 100}}


def _call(dice: Dice, _day: int) -> Data:
    tenths = dice.roll(1, 90)
    answered = dice.happens(93)
    minutes = Decimal(tenths) / 10 if answered else Decimal(0)
    country = dice.pick(_COUNTRIES)
    return {
        "answered": answered,
        "seconds": tenths * 6 if answered else 0,
        "minutes": minutes,
        "country": country,
    }


def _line_load(dice: Dice, _day: int) -> Data:
    return {"open_calls": dice.roll(8, 26) if dice.happens(2) else dice.roll(0, 6)}


def _meeting(dice: Dice, _day: int) -> Data:
    status = dice.pick(("held", "held", "held", "held", "cancelled", "no_show"))
    return {"qualified": dice.happens(85), "status": status}


def _research(dice: Dice, _day: int) -> Data:
    domain = f"{dice.pick(_INDUSTRIES)}-{dice.roll(1, 400)}.example"
    return {"company": {"domain": domain, "employees": dice.roll(10, 2000)}}


def _mailbox(dice: Dice, day: int) -> Data:
    number = day // 14
    operation = "remove" if number % 3 == 2 else "add"  # noqa: PLR2004 - every third one
    address = f"outreach-{number - (operation == 'remove')}@mail.example"
    return {"address": address, "operation": operation, "size_mb": dice.roll(1, 900)}


def _model_call(dice: Dice, _day: int) -> Data:
    prompt, completion = dice.roll(2_000, 90_000), dice.roll(200, 30_000)
    model = dice.pick(_MODELS)
    return {
        "model": model,
        "pool": "dedicated" if model == "own-model" else "shared",
        "usage": {
            "prompt_kilotokens": Decimal(prompt) / 1000,
            "completion_kilotokens": Decimal(completion) / 1000,
            "tokens": prompt + completion,
        },
    }


def _tool_run(dice: Dice, _day: int) -> Data:
    environment = dice.pick(("live", "live", "live", "live", "test"))
    return {"status": "ok" if dice.happens(94) else "failed", "environment": environment}


def _workspace(dice: Dice, day: int) -> Data:
    return {"live_agents": 2 + day // 60 + dice.roll(0, 1)}


def _knowledge(dice: Dice, day: int) -> Data:
    return {"gigabytes": dice.roll(60, 120) if day == 0 else dice.roll(-4, 12)}


def _payment(currency: str, low: int, high: int) -> Callable[[Dice, int], Data]:
    digits = 0 if currency == "JPY" else 2

    def payment(dice: Dice, _day: int) -> Data:
        amount = Decimal(dice.roll(low, high)) / 10**digits
        return {"amount": amount, "currency": currency, "days_overdue": dice.roll(12, 140)}

    return payment


HABITS: Final[Mapping[str, Habit]] = MappingProxyType(
    {
        "tickets": Habit("ticket.closed", _ticket),
        "ratings": Habit("ticket.rated", _rating),
        "service-hours": Habit("service.hour", _service_hour, is_steady=True),
        "calls": Habit("call.ended", _call),
        "line-load": Habit("line.load", _line_load),
        "meetings": Habit("meeting.booked", _meeting),
        "research": Habit("company.researched", _research),
        "mailboxes": Habit("mailbox.changed", _mailbox, every_days=14, is_steady=True),
        "models": Habit("model.called", _model_call),
        "tools": Habit("tool.run", _tool_run),
        "workspaces": Habit("workspace.counted", _workspace, is_steady=True),
        "knowledge": Habit("knowledge.changed", _knowledge, every_days=7, is_steady=True),
        "payments-usd": Habit("payment.recovered", _payment("USD", 2_000, 90_000)),
        "payments-eur": Habit("payment.recovered", _payment("EUR", 5_000, 90_000)),
        "payments-jpy": Habit("payment.recovered", _payment("JPY", 5_000, 600_000)),
    }
)
"""By the names that `companies.json` uses."""
