"""Price curves as charts: where `planql simulate --curve` meets the drawing library."""

from planql.charts.curves import CurveChart, curve_chart
from planql.charts.sheets import ImageFormat
from planql.simulation.priced_curves import PricedCurves


def curve_image(answer: PricedCurves, form: ImageFormat) -> bytes:
    """The answer as an image, with crossings and break-even marked.

    Raises:
        InvalidInput: there are too many curves.
    """
    chart = CurveChart(
        title=answer.title,
        unit=answer.unit,
        curves=answer.curves,
        costs=() if answer.cost is None else (answer.cost,),
        comparisons=(*answer.between, *answer.break_even),
    )
    return curve_chart(chart, form)
