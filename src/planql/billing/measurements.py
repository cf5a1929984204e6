"""How the usage of a piece was measured and rated, for whoever asks it again day by day."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from planql.billing.proration import Piece
from planql.billing.terms import UsageOffer
from planql.rating.prepared import PreparedCharge


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a line of usage was rated with; the lines of all groups share it.

    Attributes:
        piece: What was measured.
        allowance: What included units, cap and minimum are multiplied by.
        free_units: Units of discounts, before `allowance`.
        known_at: Usage known then is in it.
    """

    piece: Piece[UsageOffer]
    allowance: Fraction
    free_units: Fraction
    known_at: datetime

    @property
    def prepared(self) -> PreparedCharge:
        """The charge, made ready to rate with these."""
        return self.piece.held.prepared_for(self.allowance, self.free_units)
