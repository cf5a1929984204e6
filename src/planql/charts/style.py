"""How charts look: size, fonts, colours."""

from collections.abc import Mapping
from typing import Any, Final

PALETTE: Final = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442")
"""Colours that stay apart for people who see few colours (Okabe and Ito), most distinct first."""
INK: Final = "#1F2933"
"""Text, and the line that matters most."""
MUTED: Final = "#616E7C"
"""Text beside the chart, and what is compared against."""
FAINT: Final = "#CBD2D9"
"""Grid and frame."""
OTHERS_COLOUR: Final = "#7B5EA7"
"""Area of all charges without a colour of their own."""
COST: Final = "#8D99A6"
"""Area of costs."""

DOTS_PER_INCH: Final = 144
"""Of a PNG."""
WIDTH: Final = 1920 / DOTS_PER_INCH
"""Inches: a slide is 16 : 9, and 1920 x 1080 dots."""
HEIGHT: Final = 1080 / DOTS_PER_INCH
"""Inches of a chart with one row of panels."""

SETTINGS: Final[Mapping[Any, Any]] = {
    "font.family": ["DejaVu Sans"],
    "font.size": 13,
    "text.color": INK,
    "text.parse_math": False,  # a dollar sign is a dollar sign
    "axes.edgecolor": FAINT,
    "axes.labelcolor": MUTED,
    "axes.titlesize": 14,
    "axes.titlelocation": "left",
    "axes.titlepad": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": FAINT,
    "grid.linewidth": 0.8,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "xtick.labelcolor": MUTED,
    "ytick.labelcolor": MUTED,
    "legend.frameon": False,
    "figure.constrained_layout.use": True,
    "figure.constrained_layout.w_pad": 0.15,
    "figure.constrained_layout.h_pad": 0.12,
    "figure.titlesize": 19,
    "figure.titleweight": "bold",
    "svg.fonttype": "path",  # the same on every machine
    "svg.hashsalt": "planql",
}
"""Settings of matplotlib while a chart is drawn: names that matplotlib knows, and their values."""
