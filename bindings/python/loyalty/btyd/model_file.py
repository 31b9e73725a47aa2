"""Fitted models as small JSON files that C, Python and Lua read back to the last bit."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .. import _columns, _loyalty
from .._columns import FloatArray
from .._errors import LoyaltyError
from ._model import UNIT_NAMES, Model, unit_number

__all__ = ["from_json", "load_model", "load_models", "save_models", "to_json"]

_HEAD = 6
_MOST = 8  # parameters


def _row(model: Model) -> FloatArray:
    """A model as the numbers that the extension takes; see btyd_model_file.i."""
    return _plain_row(model, model._fitted(), model.covariance_)


def _plain_row(model: Model, values: Sequence[float], covariance: FloatArray) -> FloatArray:
    """The same with the parameters and their covariance given."""
    n = len(values)
    row = np.full(_loyalty.model_row(), np.nan)
    known = bool(np.isfinite(covariance).any())
    row[:_HEAD] = (
        model._kind, unit_number(model.time_unit), _status_number(model.status_), known, model.log_likelihood_,
        model.n_customers_,
    )  # fmt: skip
    row[_HEAD : _HEAD + n] = values
    row[_HEAD + _MOST : _HEAD + _MOST + n * n] = covariance.ravel()
    return row


def _status_number(name: str) -> int:
    return next((number for number in range(100) if _loyalty.status_name(number) == name), -1)


def _store(model: Model, row: FloatArray, penalty: float) -> None:
    """Let a model keep what its row says."""
    n = len(model._names)
    covariance = row[_HEAD + _MOST : _HEAD + _MOST + n * n] if row[3] != 0.0 else None
    model._keep(
        row[_HEAD : _HEAD + n].tolist(), status=_loyalty.status_name(int(row[2])), log_likelihood=float(row[4]),
        covariance=covariance, customers=float(row[5]), penalty=penalty,
    )  # fmt: skip


def _model(row: FloatArray, penalty: float) -> Model:
    model = Model._classes[int(row[0])](time_unit=UNIT_NAMES[int(row[1])])
    _store(model, row, penalty)
    return model


def to_json(*models: Model) -> str:
    """The text of a model file that holds these models."""
    for model in models:
        if not isinstance(model, Model):
            raise _columns.bad("models", f"must be models of this library, not {type(model).__name__}")
    if any(model.covariates_ is not None for model in models):
        from . import _covariates

        if len(models) > 1:
            raise _columns.bad("models", "a model with covariates needs a file of its own")
        return _covariates.to_json(models[0])
    rows = np.concatenate([_row(model) for model in models]) if models else np.empty(0)
    penalties = np.array([model.penalty_ for model in models], dtype=np.float64)
    return _loyalty.model_write_penalized(rows, penalties).decode("ascii")


def from_json(text: str | bytes) -> list[Any]:
    """The models of a model file's text."""
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else bytes(text)
    try:
        count, size = _loyalty.model_count(data), _loyalty.model_row()
    except LoyaltyError as error:
        if error.code != "ERR_VERSION":
            raise
        from . import _covariates

        return [_covariates.from_json(data)]
    rows, penalties = np.empty(count * size), np.empty(count)
    _loyalty.model_read_penalized(data, rows, penalties)
    return [_model(row, penalty) for row, penalty in zip(rows.reshape(count, size), penalties.tolist(), strict=True)]


def save_models(path: str | os.PathLike[str], *models: Model) -> None:
    """Write these models as one file. It appears whole or not at all."""
    target = Path(path)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    text = to_json(*models)
    try:
        part.write_text(text, encoding="ascii")
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def load_models(path: str | os.PathLike[str]) -> list[Any]:
    """The models of a file, in their order. An error in the file names the path and the byte."""
    try:
        return from_json(Path(path).read_bytes())
    except LoyaltyError as error:
        if error.argument == "text":  # the file is at fault: say which, and where
            at = "" if error.index is None else f", byte {error.index}"
            error.argument, error.index, error.detail = "path", None, f"{os.fspath(path)!s}{at}: {error.detail}"
        raise


def load_model(path: str | os.PathLike[str], model: str | None = None) -> Any:
    """The model of a file. When the file holds several, ``model`` says which, by its name in the file, such as
    ``"bgnbd"`` or ``"gamma_gamma"``."""
    names = sorted(_loyalty.model_name(kind) for kind in Model._classes)
    if model is not None and model not in names:
        raise _columns.bad("model", f"must be one of {', '.join(map(repr, names))}, or None, not {model!r}")
    models = load_models(path)
    if model is not None:
        models = [m for m in models if _loyalty.model_name(m._kind) == model]
    if len(models) != 1:
        kind = "" if model is None else f" {model}"
        held = f"{os.fspath(path)!s} must hold one{kind} model to be read, but holds {len(models)}"
        raise _columns.bad("path", held)
    return models[0]
