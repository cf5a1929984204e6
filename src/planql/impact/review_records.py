"""The records of a review: what a reviewer of a change of prices is told.

Owns: the records.
Does not own: filling them (`planql.impact.review`), any figure (`planql.impact.results`).

Source: RULES 10 (docs/pull-requests.md).
"""

import hmac
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from planql.catalog.diff import CatalogDiff
from planql.catalog.frozen_warnings import MOVED_INVOICES
from planql.catalog.migrations import Migration
from planql.impact.figures import Difference
from planql.impact.guardrails import Guardrail
from planql.impact.results import Impact, Move, Movement, PlanPair
from planql.problems import Problem
from planql.simulation.totals import Totals

_ALIAS_DIGITS: Final = 10


class Standing(StrEnum):
    """What becomes of a change, the worst first."""

    UNREADABLE = "unreadable"
    """A side could not be read at all."""
    INVALID = "invalid"
    """The catalog has errors; breaking changes of published versions are among them."""
    FAILED = "failed"
    """A guardrail failed."""
    WARNED = "warned"
    """A guardrail warns, or a setting moves the invoices of plans that are billed."""
    PASSED = "passed"
    """Prices change, within the guardrails."""
    UNCHANGED = "unchanged"
    """No price changes, and no cost."""
    INCOMPARABLE = "incomparable"
    """The base has errors, so that nothing can be compared with it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A touched plan under one scenario, or with its real customers in one currency.

    Attributes:
        plan: The two versions that are compared.
        scenario: Key of the scenario; "" for real customers.
        customers: How many are in it: those that the scenario stands for, or real ones.
        before: The average month of all of them with the prices of the base; None where unknown.
        after: The same with the prices of the head.
        unknown: Why a side is not there, or why both cannot be compared; "" where they can.
        notes: What a reader should know.
        versions: Those that real customers are on, ascending; empty for a scenario, whose version
            before is the plan's.
    """

    plan: PlanPair
    scenario: str
    customers: int
    before: Totals | None
    after: Totals | None
    unknown: str = ""
    notes: tuple[str, ...] = ()
    versions: tuple[int, ...] = ()

    @property
    def difference(self) -> Difference | None:
        """After less before; None where they cannot be compared."""
        if self.before is None or self.after is None or self.unknown:
            return None
        return Difference(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Mover:
    """A customer who would pay more or less than most.

    Attributes:
        name: The key, or the alias in public.
        per_month: The average month.
        move: When a migration of the head moves the customer; None for never.
    """

    name: str
    per_month: Difference
    move: Move | None


@dataclass(frozen=True, slots=True)
class Movers:
    """The largest changes of real customers in one currency.

    Attributes:
        movement: Of all customers in the currency.
        up: Those who would pay more, the largest rise first.
        down: Those who would pay less, the largest fall first.
    """

    movement: Movement
    up: tuple[Mover, ...]
    down: tuple[Mover, ...]


@dataclass(frozen=True, slots=True)
class Audience:
    """Who reads a review.

    Attributes:
        is_public: Whether costs, margins and customers are none of their business. Costs must not
            be in the catalogs then (`planql.impact.review.without_costs`).
        salt: Makes the aliases of customers impossible to guess.
    """

    is_public: bool = False
    salt: bytes = b""

    def name(self, customer: str) -> str:
        """What a customer is called: the key, or in public ten digits made with the salt."""
        if not self.is_public:
            return customer
        return hmac.new(self.salt, customer.encode(), "sha256").hexdigest()[:_ALIAS_DIGITS]


@dataclass(frozen=True, slots=True)
class Review:
    """What a reviewer is told about a change.

    Attributes:
        standing: What becomes of the change.
        is_public: Whether costs, margins and names of customers are left out.
        problems: The errors, where there are some; else the warnings in files that changed.
        other_warnings: How many warnings there are in files that did not change.
        diff: What changed; None where it is not known.
        impact: What it does to money; None where it is not known, or where nothing changed.
        guardrails: What was held against the limits of the catalog.
        rows: Plans under scenarios, then plans with their real customers.
        moves: The migrations of the head that lead to a version that is compared.
        movers: By currency; empty without real customers.
    """

    standing: Standing
    is_public: bool = False
    problems: tuple[Problem, ...] = ()
    other_warnings: int = 0
    diff: CatalogDiff | None = None
    impact: Impact | None = None
    guardrails: tuple[Guardrail, ...] = ()
    rows: tuple[Row, ...] = ()
    moves: tuple[Migration, ...] = ()
    movers: tuple[Movers, ...] = ()

    @property
    def moves_invoices(self) -> bool:
        """Whether a setting changes by which the invoices of every plan move."""
        return any(problem.code == MOVED_INVOICES for problem in self.problems)

    @property
    def loosens_guardrails(self) -> bool:
        """Whether the change takes a limit away, or moves it to let more through."""
        return any(guardrail.is_loosened for guardrail in self.guardrails)
