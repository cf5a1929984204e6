"""What `validate --base` says about a change: refused, or allowed and probably not meant."""

from typing import Final

from planql.catalog.problem_codes.base import ProblemCode

CHANGES: Final = (
    ProblemCode(
        "frozen-version",
        "A published version of a rate plan never changes in what it costs.",
        "Subscribers pinned it and invoices name it; a price that changes under them is a price "
        "that nobody agreed to. Names, descriptions, metadata and `published` to `archived` are "
        "free.",
        'support-pro/v2.json, published: "99.00", now "109.00"',
        'support-pro/v2.json: "99.00"   support-pro/v3.json: "109.00"',
        "Restore the file and write the change into the next version: `planql new version "
        "support-pro`. A migration moves subscribers to it.",
    ),
    ProblemCode(
        "deleted-version",
        "The file of a published version stays.",
        "Whoever is on it goes on being billed by it, and old invoices are explained by it.",
        "support-pro/v1.json, published, now gone",
        'support-pro/v1.json: {"status": "archived"}',
        "Restore the file. To sell the version no more, archive it.",
    ),
    ProblemCode(
        "frozen-meter",
        "A meter that a published version uses never changes in what it counts.",
        "Another event, filter, aggregation, property or rounding is another price for the same "
        "use.",
        'tokens.json, used by a published version: "sum", now "max"',
        'tokens.json: "sum"   tokens-2.json: "max", used by the next version',
        "Restore the file, add a meter with another key, and use it in the next version.",
    ),
    ProblemCode(
        "frozen-discount",
        "A discount that a published version lists never changes in what it takes off.",
        "Its type, amount, duration and scope are part of the version's price. Codes, windows and "
        "limits of redemption are free; so is an amount in one more currency.",
        'launch.json, listed by a published version: "20" percent, now "10"',
        'launch.json: "20" percent   launch-2.json: "10" percent, listed by the next version',
        "Restore the file, add a discount with another key, and list it in the next version.",
    ),
    ProblemCode(
        "reopened-version",
        "An archived version that is published again is sold again.",
        "The old price comes back for new subscriptions, which is often a slip.",
        'v1: {"status": "archived"}, now {"status": "published"}',
        'v3: {"status": "published"} with the prices of v1',
        "Leave it if it is meant, or write a new version.",
    ),
    ProblemCode(
        "past-cost",
        "What something cost on days that have come should stay.",
        "Margins of the past change with it, and nobody is told.",
        'the row from 2026-01-01: "0.0000012", now "0.0000010"',
        'one more row, from 2026-07-01: "0.0000010"',
        "Add a row for the days from which the new cost holds, or leave it if it was wrong.",
    ),
    ProblemCode(
        "price-jump",
        "A new version should raise no price by more than the catalog's guardrail.",
        "A step that customers notice is one that somebody should have meant: `guardrails` in "
        "`catalog.json` says how large a step is ordinary.",
        '{"max_increase_percentage": "15"}   v2: "100.00"   v3: "130.00"',
        '{"max_increase_percentage": "15"}   v2: "100.00"   v3: "115.00"',
        "Take a smaller step, or leave it if it is meant.",
    ),
    ProblemCode(
        "moved-invoices",
        "The time zone of the catalog, and the hours by which invoices are delayed, should stay "
        "once plans are published.",
        "They belong to every invoice of every plan. With another zone billing days begin and end "
        "at another hour for all customers who have no zone of their own, so that usage falls into "
        "other periods; with other hours invoices are issued earlier or later, and what comes "
        "after them is late usage. What was issued already is corrected on the next invoice.",
        'catalog.json: {"time_zone": "UTC"}, now {"time_zone": "Europe/Berlin"}',
        'catalog.json: {"time_zone": "UTC"}   customers: {"time_zone": "Europe/Berlin"}',
        "Restore it, and give customers a zone of their own; or leave it if it is meant, and tell "
        "customers.",
    ),
)
