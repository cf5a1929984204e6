"""The charge models of a snapshot as the schema shows them, each worked out once.

Most models of a commit are those of the commit before it: their views are taken over.
"""

from planql import charge_models as models
from planql.gateway.types.charge_models import ChargeModel, charge_model

Known = dict[tuple[int, str], tuple[models.ChargeModel, ChargeModel]]


class ModelViews:
    """The models of one snapshot, and for its making those of an earlier one.

    Attributes:
        known: Model and view, by the model's identity and the currency of its amounts.
    """

    def __init__(self, earlier: "ModelViews | None" = None) -> None:
        self.known: Known = {}
        self._earlier: Known = earlier.known if earlier else {}

    def of(self, model: models.ChargeModel, currency: str) -> ChargeModel:
        """A model as the schema shows it."""
        # Models are the same when they are the same object: comparing them would cost more than
        # it saves. Each is held, so that its identity stays its own.
        name = id(model), currency
        found = self.known.get(name) or self._earlier.get(name)
        if found is None:
            found = model, charge_model(model, currency)
        self.known[name] = found
        return found[1]

    def is_made(self) -> None:
        """Let go of what only the earlier snapshot had."""
        self._earlier = {}
