"""The fitted models as model.json, which C, Python and Lua read to the last bit."""

from __future__ import annotations

from loyalty.btyd import to_json

from .numbers import Numbers


def model_json(numbers: Numbers) -> str:
    """The model of purchases and, where there is one, the model of spend, both fitted on the whole log."""
    models = [numbers.fit.model, *([numbers.spend.model] if numbers.spend else [])]
    return str(to_json(*models))
