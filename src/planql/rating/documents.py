"""The JSON of rated charges, lines and steps.

Owns: member names and the plain notation of numbers; members that say nothing are left out of a
step.
Does not own: computing any of it.

Source: INTERFACES, `rate -` (docs/rules/rating.md).
"""

from fractions import Fraction

from planql.metering.measured import RejectedEvent
from planql.money import plain
from planql.rating.lines import RatedLine, Step
from planql.rating.totals import RatedCharge

Document = dict[str, object]


def rated_document(rated: RatedCharge, *, grouped: bool) -> Document:
    """A rated charge as `rate -` answers it.

    Args:
        rated: What the charge comes to.
        grouped: Whether the charge splits its usage: each line then holds its own steps, and the
            steps at the top are those that act on all of them.
    """
    rating = rated.rating
    lines_steps = () if grouped else rating.lines[0].steps
    notes = [line.note for line in rating.lines if line.note]
    return {
        "quantity": _plain(rating.quantity),
        "amount": plain(rating.amount),
        "unrounded_amount": plain(rating.unrounded_amount),
        "steps": [step_document(step) for step in (*lines_steps, *rated.closing_steps)],
        "discount": plain(rated.discount),
        "top_up": plain(rated.top_up),
        "total": plain(rated.total),
        "rejected_events": [rejected_document(event) for event in rating.rejected_events],
        **({"lines": _line_documents(rating.lines)} if grouped else {}),
        **({"note": notes[0]} if notes and not grouped else {}),
    }


def _line_documents(lines: tuple[RatedLine, ...]) -> list[Document]:
    """The lines of a charge with groups; without usage and anything due there is none."""
    return [line_document(line) for line in lines if line.group or line.amount]


def line_document(line: RatedLine) -> Document:
    """A line of one group."""
    return {
        "group": dict(line.group),
        "quantity": _plain(line.quantity),
        "amount": plain(line.amount),
        "unrounded_amount": plain(line.unrounded_amount),
        "steps": [step_document(step) for step in line.steps],
        **({"note": line.note} if line.note else {}),
    }


def step_document(step: Step) -> Document:
    """A step; the members that its kind does not have are left out."""
    members: Document = {
        "kind": step.kind,
        "tier": step.tier,
        "event": step.event,
        "discount": step.discount,
        "quantity": _plain(step.quantity),
        "unit_amount": _plain(step.unit_amount),
        "percentage": _plain(step.percentage),
        "flat_amount": _plain(step.flat_amount),
        "amount": plain(step.amount),
    }
    return {name: value for name, value in members.items() if value is not None}


def rejected_document(event: RejectedEvent) -> Document:
    """An event that does not count."""
    return {"id": event.id, "path": event.path, "reason": event.reason}


def _plain(number: Fraction | None) -> str | None:
    return None if number is None else plain(number)
