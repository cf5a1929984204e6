"""The enumerations of simulations and curves; each value is what `planql simulate` prints."""

from enum import Enum

import strawberry
from strawberry import enum_value


@strawberry.enum(description="Where revenue stands.")
class Recognition(Enum):
    """`planql.simulation.results.Recognition`."""

    ACCRUAL = enum_value("accrual", description="On the days that it is for.")
    BILLED = enum_value("billed", description="On the day of its invoice.")


@strawberry.enum(description="What a row of a simulation is for.")
class SimulatedRowKind(Enum):
    """`planql.simulation.rows.RowKind`."""

    ONE_TIME = enum_value("one_time", description="A charge that is billed once.")
    RECURRING = enum_value("recurring", description="A charge of every period.")
    USAGE = enum_value("usage", description="A charge for what a meter measured.")
    MINIMUM_COMMITMENT = enum_value(
        "minimum_commitment", description="What was missing to the plan's least amount."
    )
    ADJUSTMENT = enum_value("adjustment", description="A credit or debit given by hand.")
    UNBILLED_USAGE = enum_value(
        "unbilled_usage", description="The cost of usage that no charge bills."
    )
    SUBSCRIPTION_DAYS = enum_value(
        "subscription_days", description="The cost of days of a subscription."
    )


@strawberry.enum(description="How the first of two curves relates to the other.")
class CurveOrder(Enum):
    """`planql.simulation.crossings.Order`."""

    LOWER = enum_value("lower", description="It is lower.")
    EQUAL = enum_value("equal", description="Both are the same.")
    HIGHER = enum_value("higher", description="It is higher.")


@strawberry.enum(description="How two curves meet.")
class CurveCrossingKind(Enum):
    """`planql.simulation.crossings.CrossingKind`."""

    CROSSING = enum_value(
        "crossing", description="They are equal at one quantity, and change places there."
    )
    TOUCH = enum_value(
        "touch",
        description="They are equal at one quantity, and keep their places, or the range ends.",
    )
    EQUAL = enum_value("equal", description="They are equal over a range.")
    JUMP = enum_value(
        "jump", description="They change places without being equal anywhere, for one jumps."
    )
