"""The figures that the sources print, through the HTTP API."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

Ask = Callable[..., dict[str, Any]]

RATE = """
query Rate($charge: ChargeInput!, $quantity: Decimal!) {
  rate(charge: $charge, quantity: $quantity) {
    ... on RatedCharge {
      total { amount currency formatted }
      steps { kind tier quantity unitAmount { amount } amount { amount } }
    }
    ... on UserError { code message }
  }
}
"""

PREVIEW = """
query Preview($story: StoryInput!) {
  previewInvoice(story: $story) {
    ... on InvoicePreview {
      invoices { issuedOn lines { kind charge amount { amount } } total { amount } }
    }
    ... on UserError { code message }
  }
}
"""


def draft(model: dict[str, Any], **more: object) -> dict[str, Any]:
    """A draft of a usage charge in dollars."""
    return {"draft": {"currency": "USD", "model": model, **more}}


def of_catalog(plan: str, charge: str) -> dict[str, Any]:
    """Version 1 of a plan of the example catalog."""
    return {"catalog": {"ratePlan": plan, "version": 1, "charge": charge}}


@pytest.mark.parametrize(
    ("charge", "quantity", "total"),
    [
        # Valmi: 100 x 50 and 500 x 50
        (draft({"perUnit": {"unitAmount": "50"}}), "100", "5000"),
        (draft({"perUnit": {"unitAmount": "50"}}), "500", "25000"),
        (of_catalog("sales-outcome", "meetings"), "100", "5000"),
        (of_catalog("sales-outcome", "meetings"), "500", "25000"),
        # Polar: 1000 x 0.10 and 1000 x 0.18
        (draft({"perUnit": {"unitAmount": "0.10"}}), "1000", "100"),
        (draft({"perUnit": {"unitAmount": "0.18"}}), "1000", "180"),
        (of_catalog("studio-payg", "prompt-tokens"), "1000", "100"),
        (of_catalog("studio-payg", "completion-tokens"), "1000", "180"),
        # Polar: 8000 x 0.01 = 80, capped at 50
        (draft({"perUnit": {"unitAmount": "0.01"}}, cap="50"), "8000", "50"),
        (of_catalog("studio-payg", "tool-runs"), "8000", "50"),
    ],
)
def test_a_charge_comes_to_the_published_figure(
    ask: Ask, charge: dict[str, Any], quantity: str, total: str
) -> None:
    """A draft and the charge of the catalog come to what the source prints."""
    rated = ask(RATE, {"charge": charge, "quantity": quantity})["rate"]
    assert Decimal(rated["total"]["amount"]) == Decimal(total)
    assert rated["total"]["currency"] == "USD"


def test_a_graduated_charge_goes_through_three_tiers(ask: Ask) -> None:
    """1200 units: 100 x 0.10 + 900 x 0.08 + 200 x 0.05 = 10 + 72 + 10 = 92."""
    tiers = [
        {"upTo": "100", "unitAmount": "0.10"},
        {"upTo": "1000", "unitAmount": "0.08"},
        {"unitAmount": "0.05"},
    ]
    charge = draft({"graduated": {"tiers": tiers}})
    rated = ask(RATE, {"charge": charge, "quantity": "1200"})["rate"]
    steps = [(step["tier"], step["quantity"], step["amount"]["amount"]) for step in rated["steps"]]
    assert steps == [(1, "100", "10"), (2, "900", "72"), (3, "200", "10")]
    assert rated["total"]["formatted"] == "$92.00"


def test_an_upgrade_half_way_costs_half_of_each(ask: Ask) -> None:
    """From $100 to $200 on 16 April: 100 - 50 + 100 = 150, of which 50 + 100 (Valmi)."""
    change = {"at": "2026-04-16T00:00:00Z", "ratePlan": "support-team", "version": 2}
    subscription = {
        "ratePlan": "support-starter",
        "version": 1,
        "startedAt": "2026-04-01T00:00:00Z",
        "changes": [{"terms": change}],
    }
    story = {"customer": {}, "subscriptions": [subscription], "asOf": "2026-04-30T00:00:00Z"}
    invoices = ask(PREVIEW, {"story": story})["previewInvoice"]["invoices"]
    lines = [
        (invoice["issuedOn"], line["kind"], line["amount"]["amount"])
        for invoice in invoices
        for line in invoice["lines"]
        if line["charge"] == "platform"
    ]
    assert lines == [
        ("2026-04-01", "CHARGE", "100"),
        ("2026-04-16", "CREDIT", "-50"),
        ("2026-04-16", "CHARGE", "100"),
    ]


def test_a_capped_meter_bills_the_cap(ask: Ask) -> None:
    """8000 runs x 0.01 = 80, capped at 50, on the invoice of the month (Polar)."""
    subscription = {"ratePlan": "studio-payg", "version": 1, "startedAt": "2026-06-01T00:00:00Z"}
    story = {
        "customer": {},
        "subscriptions": [subscription],
        "usageTotals": [{"meter": "tool-runs", "date": "2026-06-10", "quantity": "8000"}],
        "asOf": "2026-07-01T00:00:00Z",
    }
    [invoice] = ask(PREVIEW, {"story": story})["previewInvoice"]["invoices"]
    assert invoice["total"]["amount"] == "50"
