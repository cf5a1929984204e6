"""The guardrails of a catalog, held against what a change does.

::

    beyond the limit, published, and the change brought it there or made it worse   failed
    beyond the limit, but a draft, or no worse than before; a limit that is loosened  warned
    within the limit                                                                passed
    no figure                                                                       unknown

Owns: the records, and the worst verdict of many.
Does not own: judging prices (`planql.impact.guardrail_increases`) and margins
(`planql.impact.guardrail_margins`).

Exactly at the limit is within it. The limits are those of the head.

Source: RULES 10.3 (docs/rules/versions.md, docs/pull-requests.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Literal

GuardrailName = Literal["max_increase_percentage", "min_margin_percentage"]


class Verdict(StrEnum):
    """What becomes of a guardrail, the worst first."""

    FAILED = "failed"
    """A published version goes beyond the limit, or further beyond it."""
    WARNED = "warned"
    """It is beyond the limit, but this change did not make it worse, or only a draft does it."""
    UNKNOWN = "unknown"
    """There is no figure to be held against the limit."""
    PASSED = "passed"
    """Within the limit."""

    @property
    def rank(self) -> int:
        """Place in the order, from 0, the worst."""
        return list(Verdict).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """One number held against a limit.

    Attributes:
        verdict: On this number.
        plan: Key of the rate plan.
        version: Of it, in the head.
        subject: What was held against the limit: a price in the words of pricing, or the key of a
            scenario.
        charge: Key of the charge that the price belongs to; "" for none.
        value: The increase, or the margin after the change, in percent; None where there is none:
            a price that was 0, a cost without revenue, an unknown cost.
        before: The margin before the change, in percent; None of increases, and where unknown.
        because: What leads to the verdict, in a few words.
        path: The file.
        line: From 1.
    """

    verdict: Verdict
    plan: str
    version: int
    subject: str
    charge: str
    value: Fraction | None
    before: Fraction | None
    because: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Guardrail:
    """A limit of the catalog, and everything that was held against it.

    Attributes:
        name: As in `catalog.json`.
        limit: In percent; None where the catalog sets none.
        limit_before: The limit of the base, in percent.
        findings: The worst first; empty where nothing had to be held against it.
    """

    name: GuardrailName
    limit: Fraction | None
    limit_before: Fraction | None
    findings: tuple[Finding, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The worst verdict on anything; a change that loosens the limit is warned of."""
        least = Verdict.WARNED if self.is_loosened else Verdict.PASSED
        verdicts = [least, *(finding.verdict for finding in self.findings)]
        return min(verdicts, key=lambda verdict: verdict.rank)

    @property
    def is_loosened(self) -> bool:
        """Whether the change itself takes the limit away, or moves it to let more through."""
        if self.limit_before is None:
            return False
        if self.limit is None:
            return True
        is_most = self.name == "max_increase_percentage"
        return self.limit > self.limit_before if is_most else self.limit < self.limit_before

    @property
    def worst(self) -> Finding | None:
        """The finding that decides; None where there was nothing to judge."""
        return self.findings[0] if self.findings else None


def judged(
    name: GuardrailName,
    limit: Decimal | None,
    limit_before: Decimal | None,
    findings: Iterable[Finding],
) -> Guardrail:
    """A guardrail with its findings sorted: by verdict, then by how far beyond the limit."""
    sign = -1 if name == "max_increase_percentage" else 1

    def by_severity(finding: Finding) -> tuple[int, bool, Fraction]:
        value = finding.value
        return finding.verdict.rank, value is not None, sign * (value or Fraction(0))

    ordered = tuple(sorted(findings, key=by_severity))
    return Guardrail(name, exact(limit), exact(limit_before), ordered)


def exact(limit: Decimal | None) -> Fraction | None:
    """A limit as it is computed with."""
    return None if limit is None else Fraction(limit)
