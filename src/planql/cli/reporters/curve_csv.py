"""Price curves for spreadsheets: one line per curve and quantity."""

import csv
from io import StringIO
from typing import Final

from planql.money import plain
from planql.simulation.priced_curves import PricedCurves

COLUMNS: Final = ("curve", "quantity", "currency", "amount", "below", "above", "unit_price")
"""Names of the columns; the price of a unit of nothing is empty."""


def curves_csv(answer: PricedCurves) -> str:
    """The answer as CSV with a heading; numbers are plain decimal text, exact and not rounded."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    quantities = answer.quantities
    for curve in (*answer.curves, *([answer.cost] if answer.cost else [])):
        for point in map(curve.at, quantities):
            amounts = map(plain, (point.amount, point.below, point.above))
            unit_price = "" if point.unit_price is None else plain(point.unit_price)
            writer.writerow(
                (curve.name, plain(point.quantity), curve.currency, *amounts, unit_price)
            )
    return text.getvalue()
