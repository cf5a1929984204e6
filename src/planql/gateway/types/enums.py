"""The schema's enumerations; each value is what the catalog's files write."""

from enum import Enum

import strawberry
from strawberry import enum_value


@strawberry.enum(description="Whether a version of a rate plan can be subscribed to.")
class RatePlanStatus(Enum):
    """`status` of a rate plan."""

    DRAFT = enum_value("draft", description="Not final: it may still change.")
    PUBLISHED = enum_value("published", description="Final: it never changes again.")
    ARCHIVED = enum_value(
        "archived", description="Takes no new subscriptions; those that have it keep it."
    )


@strawberry.enum(description="When a charge is billed.")
class ChargeType(Enum):
    """`type` of a charge."""

    ONE_TIME = enum_value(
        "one_time", description="Once, when a subscription first enters a plan that has it."
    )
    RECURRING = enum_value("recurring", description="Every period, for the period.")
    USAGE = enum_value("usage", description="After each period, for what a meter measured in it.")


@strawberry.enum(description="Whether a recurring charge is billed before or after its period.")
class Timing(Enum):
    """`timing` of a recurring charge."""

    IN_ADVANCE = enum_value("in_advance", description="At the period's start.")
    IN_ARREARS = enum_value("in_arrears", description="At the period's end.")


@strawberry.enum(description="How a quantity becomes an amount.")
class ChargeModelType(Enum):
    """`type` of a charge model."""

    FLAT = enum_value("flat", description="One amount, whatever the quantity.")
    PER_UNIT = enum_value("per_unit", description="Every unit at one price.")
    GRADUATED = enum_value(
        "graduated", description="Each unit at the price of the tier that it falls in."
    )
    VOLUME = enum_value(
        "volume", description="All units at the price of the tier that holds the quantity."
    )
    PACKAGE = enum_value("package", description="A price per package of units.")
    STAIRSTEP = enum_value(
        "stairstep", description="The flat amount of the tier that holds the quantity."
    )
    PERCENTAGE = enum_value(
        "percentage", description="A percentage of the amounts measured, with parts per event."
    )
    GRADUATED_PERCENTAGE = enum_value(
        "graduated_percentage", description="A percentage per tier of the amounts measured."
    )


@strawberry.enum(description="Which number of packages is billed for a part of a package.")
class PackageRounding(Enum):
    """`rounding` of a package model."""

    UP = enum_value("up", description="A package that is begun counts.")
    DOWN = enum_value("down", description="Only a full package counts.")


@strawberry.enum(
    description="When included units, cap and minimum shrink with the part of a period."
)
class ProrateAllowances(Enum):
    """`prorate_allowances` of a plan or a charge."""

    CHANGES = enum_value("changes", description="Where a change of the charge splits a period.")
    ALWAYS = enum_value("always", description="In first and last parts of a period, too.")
    NEVER = enum_value("never", description="Never: every part has them in full.")


@strawberry.enum(description="How a part of a billing period is charged.")
class ProrationBasis(Enum):
    """`basis` of a plan's proration."""

    DAY = enum_value("day", description="By whole local days.")
    SECOND = enum_value("second", description="By seconds.")
    NONE = enum_value("none", description="Not at all: changes act from the next period.")


@strawberry.enum(description="What a billing cycle counts.")
class IntervalUnit(Enum):
    """`interval` of a billing cycle."""

    DAY = enum_value("day", description="Local days.")
    WEEK = enum_value("week", description="Weeks.")
    MONTH = enum_value("month", description="Calendar months.")
    YEAR = enum_value("year", description="Calendar years.")


@strawberry.enum(description="How a meter turns events into a quantity.")
class AggregationType(Enum):
    """`type` of an aggregation."""

    COUNT = enum_value("count", description="How many events there are.")
    SUM = enum_value("sum", description="The sum of a property.")
    MAX = enum_value("max", description="The greatest value of a property.")
    MIN = enum_value("min", description="The least value of a property.")
    AVG = enum_value("avg", description="The mean of a property.")
    LATEST = enum_value("latest", description="The value in the latest event.")
    UNIQUE_COUNT = enum_value(
        "unique_count", description="How many different values are present at the period's end."
    )
    TIME_WEIGHTED_SUM = enum_value(
        "time_weighted_sum", description="A running total, weighted by the time it stood."
    )


@strawberry.enum(description="How a measured quantity is rounded.")
class RoundingMode(Enum):
    """`mode` of a meter's rounding."""

    UP = enum_value("up", description="To the greater number.")
    DOWN = enum_value("down", description="To the lesser number.")
    HALF_UP = enum_value("half_up", description="To the nearest number, half away from zero.")


@strawberry.enum(description="How a condition compares a property with its value.")
class FilterOperator(Enum):
    """`operator` of a condition."""

    EQ = enum_value("eq", description="Equal.")
    NE = enum_value("ne", description="Present, and not equal.")
    GT = enum_value("gt", description="A greater number.")
    GTE = enum_value("gte", description="A greater or an equal number.")
    LT = enum_value("lt", description="A lesser number.")
    LTE = enum_value("lte", description="A lesser or an equal number.")
    IN = enum_value("in", description="Equal to one of a list.")
    NOT_IN = enum_value("not_in", description="Present, and equal to none of a list.")
    CONTAINS = enum_value("contains", description="Holds a text.")
    EXISTS = enum_value("exists", description="Present, whatever its value.")


@strawberry.enum(description="What a discount reduces.")
class DiscountScope(Enum):
    """`scope` of a discount."""

    INVOICE = enum_value("invoice", description="The whole invoice, metered lines included.")
    RATE_PLAN = enum_value("rate_plan", description="The lines of a rate plan.")
    CHARGES = enum_value("charges", description="The lines of the charges listed.")


@strawberry.enum(description="For how long a discount acts.")
class DurationType(Enum):
    """`type` of a discount's duration."""

    ONCE = enum_value("once", description="In one billing period.")
    REPEATING = enum_value("repeating", description="In a number of billing periods.")
    FOREVER = enum_value("forever", description="Without end.")


@strawberry.enum(description="What a step of a line stands for.")
class StepKind(Enum):
    """`kind` of a step."""

    INCLUDED_UNITS = enum_value("included_units", description="Units that cost nothing.")
    FLAT = enum_value("flat", description="A flat amount.")
    UNIT = enum_value("unit", description="Units at one price.")
    TIER = enum_value("tier", description="Units in a tier, at its price.")
    PACKAGE = enum_value("package", description="Packages at one price.")
    PERCENTAGE = enum_value("percentage", description="A percentage of an amount.")
    EVENT = enum_value("event", description="What one event costs.")
    PRORATION = enum_value("proration", description="The part of a period that is charged.")
    ROUNDING = enum_value("rounding", description="Rounding to the digits of the currency.")
    CAP = enum_value("cap", description="What is over the greatest amount.")
    DISCOUNT = enum_value("discount", description="What a discount takes.")
    MINIMUM = enum_value("minimum", description="What is missing to the least amount.")
    ALREADY_BILLED = enum_value(
        "already_billed", description="What earlier invoices billed of the same usage."
    )


@strawberry.enum(description="What made a version of a rate plan the one in an answer.")
class VersionReason(Enum):
    """Why a version was chosen."""

    REQUESTED = enum_value("requested", description="It was asked for by its number.")
    IN_FORCE = enum_value(
        "in_force", description="It is the newest published version in force on the day."
    )


@strawberry.enum(description="Where billing periods are counted from.")
class AnchorName(Enum):
    """`anchor` of a subscription, by name."""

    SUBSCRIPTION = enum_value("subscription", description="The start, or the end of the trial.")
    CALENDAR = enum_value("calendar", description="Mondays, first days of months and years.")


@strawberry.enum(description="What a change does to the count of billing periods.")
class AnchorMode(Enum):
    """`anchor` of a change."""

    KEEP = enum_value("keep", description="Periods go on as they were.")
    RESET = enum_value("reset", description="A new period begins at the change.")


@strawberry.enum(description="When something takes effect.")
class EffectiveTime(Enum):
    """`effective` of a change, `cancel` of a cancellation."""

    NOW = enum_value("now", description="At once.")
    PERIOD_END = enum_value("period_end", description="At the end of the running period.")


@strawberry.enum(description="When the lines of a change are invoiced.")
class InvoiceTime(Enum):
    """`invoice` of a change."""

    NOW = enum_value("now", description="At once.")
    NEXT = enum_value("next", description="With the next invoice.")


@strawberry.enum(description="What a line of an invoice is.")
class LineKind(Enum):
    """`kind` of a line."""

    CHARGE = enum_value("charge", description="A charge of the plan.")
    CREDIT = enum_value("credit", description="What is given back of a charge.")
    MINIMUM = enum_value("minimum", description="What was missing to a least amount.")
    ADJUSTMENT = enum_value("adjustment", description="A credit or debit given by hand.")
    LATE_USAGE = enum_value("late_usage", description="Usage that came after its invoice.")


@strawberry.enum(description="What a part of a period is counted in.")
class PortionUnit(Enum):
    """`unit` of a line's fraction."""

    DAY = enum_value("day", description="Whole local days.")
    SECOND = enum_value("second", description="Seconds.")
