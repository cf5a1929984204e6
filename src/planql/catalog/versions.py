"""Which version of a rate plan is in force on a day, and why.

::

    v1 2026-01-01        v2 2026-03-01         v3 2026-06-01 (draft)
    |--------- v1 --------)[--------- v2 ------------------------------->

Owns: the choice among the versions of one plan, with its reason.
Does not own: looking plans up (`planql.catalog.snapshot`), or what subscribers pinned.

Source: RULES 10.1 (docs/rules/versions.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from planql.catalog.rate_plans import RatePlan
from planql.errors import UnknownReference


@dataclass(frozen=True, slots=True)
class VersionChoice:
    """The version in force on a day.

    Attributes:
        plan: The version.
        as_of: The local day that was asked about.
        reason: Why this version and no other, in a sentence.
    """

    plan: RatePlan
    as_of: date
    reason: str


def version_in_force(key: str, versions: Iterable[RatePlan], as_of: date) -> VersionChoice:
    """The newest published version that is in force on the local day `as_of`.

    A version is in force from its `effective_from` on, that day included. Drafts and archived
    versions are passed over: neither takes new subscriptions.

    Args:
        key: Key of the plan, for messages.
        versions: The versions of one plan, in any order.
        as_of: The day.

    Raises:
        UnknownReference: `no-version-in-force`, with the reason of every version.
    """
    newest_first = sorted(versions, key=lambda plan: plan.version, reverse=True)
    started = [plan for plan in newest_first if _refusal(plan, as_of) is None]
    if not started:
        reasons = _reasons(newest_first, as_of) or "it has no versions"
        raise UnknownReference(
            "no-version-in-force",
            f'no version of rate plan "{key}" is in force on {as_of}: {reasons}',
            hint="name a version, or a later day",
        )
    chosen = started[0]
    reason = f"version {chosen.version} is the newest published version in force on {as_of}, "
    reason += f"since {chosen.effective_from}"
    passed_over = _reasons(newest_first[: newest_first.index(chosen)], as_of)
    return VersionChoice(chosen, as_of, "; ".join(filter(None, [reason, passed_over])))


def _reasons(plans: Sequence[RatePlan], as_of: date) -> str:
    """Why each of these versions was passed over, newest first."""
    return "; ".join(f"version {plan.version} {_refusal(plan, as_of)}" for plan in plans)


def _refusal(plan: RatePlan, as_of: date) -> str | None:
    """Why a version is not in force for new subscriptions on `as_of`; None when it is."""
    if plan.status == "draft":
        return "is a draft"
    if plan.status == "archived":
        return "is archived"
    return f"starts on {plan.effective_from}" if plan.effective_from > as_of else None
