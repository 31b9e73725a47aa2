"""Which model? Several of them fitted to the same customers, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np

from .. import _columns, _loyalty
from .._columns import Table
from .._errors import notice
from ._cnbd import StagesModel
from ._model import Model, Progress, history, thread_count, unit_number
from ._transactions import TransactionModel
from .bgcnbd import BetaGeoCNBDModel
from .bgnbd import BetaGeoModel
from .ggomnbd import GammaGompertzModel
from .mbgcnbd import ModifiedBetaGeoCNBDModel
from .mbgnbd import ModifiedBetaGeoModel
from .model_file import _store
from .nbd import NBDModel
from .pnbd import ParetoNBDModel

__all__ = ["Candidate", "compare_models", "model_assumption"]

Candidate: TypeAlias = str | type[TransactionModel] | TransactionModel
"""A model to compare: its name in files, its class, or an instance, which is then fitted."""

_DEFAULT = (NBDModel, ParetoNBDModel, GammaGompertzModel, BetaGeoModel, ModifiedBetaGeoModel)
_REGULAR = (BetaGeoCNBDModel, ModifiedBetaGeoCNBDModel)  # by default where there are gaps
_NUMBERS = 19  # of a candidate, see btyd_model_choice.i
_BLAME = {"x": "frequency", "t_x": "recency", "weight": "weights", "bought": "test_frequency", "kinds": "models"}


def _instance(model: object) -> TransactionModel:
    """A candidate as an object."""
    if isinstance(model, str):
        named = {_loyalty.model_name(cls._kind): cls for cls in Model._classes.values()}
        model = named.get(model, model)
    if isinstance(model, type) and issubclass(model, TransactionModel):
        return model()
    if not isinstance(model, TransactionModel):
        raise _columns.bad("models", f"must be models of purchases, their classes or names, not {model!r}")
    if model.penalty > 0.0:
        raise _columns.bad("models", "must be without a penalty: criteria compare likelihoods at their largest")
    if isinstance(model, StagesModel) and model.k is not None:
        raise _columns.bad("models", "must be without a given k: the likelihood chooses it")
    return model


def model_assumption(model: Candidate | type[Model] | Model) -> str:
    """What a model, its class, or the model of this name in files takes for granted about customers."""
    kinds = {_loyalty.model_name(kind): kind for kind in Model._classes}
    kind = kinds.get(model, 0) if isinstance(model, str) else getattr(model, "_kind", 0)
    text = _loyalty.model_assumption(kind)
    if text is None:
        raise _columns.bad("model", f"must be a model of this library, its class or name, not {model!r}")
    return text


def _rows(
    data: object, holdout: object, columns: dict[str, Any], test: dict[str, Any], weights: object
) -> tuple[Table, bool]:  # fmt: skip
    """The customers, and whether there is a holdout."""
    scored = not (holdout is None or holdout is False) or any(value is not None for value in test.values())
    if not scored:
        return history(data, columns, weights), False
    usual = {"test_frequency": "test_frequency", "future_t": "test_T"}
    if holdout is None or isinstance(holdout, bool):
        if data is not None:
            test = {name: usual[name] if value is None else value for name, value in test.items()}
    else:
        other = _columns.table(holdout)
        test = {name: other.native(usual[name]) if value is None else value for name, value in test.items()}
    return history(data, {**columns, **test}, weights), True


def _remark(model: TransactionModel, status: str, argument: str | None, message: str | None) -> str:
    """The notice or the error of a fit, in words."""
    if status == "OK":
        return ""
    if status.startswith("NOTICE"):
        return model._remarks.get(status, message or "")
    return f"{_BLAME.get(argument, argument)}: {message}" if argument else message or ""


def compare_models(
    data: Any = None, models: Candidate | Iterable[Candidate] | None = None, holdout: Any = None, *,
    frequency: Any = None, recency: Any = None, T: Any = None, litt: Any = None, weights: Any = None,
    test_frequency: Any = None, future_t: Any = None, threads: int | None = None, progress: Progress | None = None,
) -> Any:  # fmt: skip
    """Fit several models to the same customers and compare them, also by how well they forecast a holdout.

    Args:
        data: the customers, a table with ``frequency``, ``recency`` and ``T``.
        models: names such as ``"bgnbd"``, classes, or instances, which are left fitted. By default NBD, Pareto/NBD,
            GGom/NBD, BG/NBD and MBG/NBD, and where there is ``litt`` BG/CNBD-k and MBG/CNBD-k, whose k the likelihood
            chooses.
        holdout: ``True`` when ``data`` has what was bought afterwards in ``test_frequency`` and ``test_T``, as
            :func:`loyalty.rfm_train_test_split` makes it; or a table of the same customers with these columns.
        frequency, recency, T, litt: columns, or names of columns of ``data``. ``litt``, the sums of the logarithms of
            gaps, is needed by BG/CNBD-k and MBG/CNBD-k alone; :func:`loyalty.rfm_summary` makes it with ``litt=True``.
        weights: how many customers each row stands for; not with a holdout.
        test_frequency, future_t: purchases in the holdout and its length, columns or their names.
        threads: all cores by default.
        progress: called during the fits with the evaluations so far and a log-likelihood; ``False`` cancels.

    Returns:
        A table of the kind that came in, a row for each model in the order of ``models``: ``model``, ``status``,
        ``parameters`` (how many), ``log_likelihood``, ``aic``, ``bic``, ``aic_weight``; with a holdout ``actual``,
        ``expected``, ``bias``, ``mae``, ``rmse`` and ``log_score``; ``contains``, the largest of the other models that
        this one contains, with ``statistic`` and ``p_value`` of the likelihood-ratio test against it; ``best_by``, the
        criteria by which it is the best; ``notice``, what there is to say about its fit; and ``assumption``. A model
        that cannot be fitted has NaN, and its error in ``notice``.

    Raises:
        LoyaltyError: a bad row; or no model can be fitted.
    """
    if models is None:
        gaps = litt is not None or (data is not None and "litt" in _columns.table(data))
        models = (*_DEFAULT, *_REGULAR) if gaps else _DEFAULT
    alone = isinstance(models, (str, type, Model))
    chosen = [_instance(model) for model in ([models] if alone else models)]  # type: ignore[union-attr]
    for model in chosen:
        unit_number(model.time_unit)
    columns = {"frequency": frequency, "recency": recency, "T": T}
    gaps = litt is not None or any(isinstance(model, StagesModel) for model in chosen)
    if gaps:
        columns["litt"] = litt
    table, scored = _rows(data, holdout, columns, {"test_frequency": test_frequency, "future_t": future_t}, weights)
    kinds = np.array([model._kind for model in chosen], dtype=np.int64)
    rows = np.empty((len(chosen), _loyalty.model_row()))
    numbers = np.empty((len(chosen), _NUMBERS))

    def optional(name: str, there: bool) -> Any:
        return table.float64(name) if there else None

    with _columns.blame(_BLAME):
        status, _fitted, *found = _loyalty.model_compare(
            kinds, table.float64("frequency"), table.float64("recency"), table.float64("T"),
            optional("litt", gaps), optional("weights", weights is not None), optional("future_t", scored),
            optional("test_frequency", scored),
            thread_count(threads), 0, progress, rows.ravel(), numbers.ravel(),
        )  # fmt: skip
    best, texts = dict(zip(("aic", "bic", "log_score"), found[:3], strict=True)), found[3:]
    names = [_loyalty.model_name(model._kind) for model in chosen]
    statuses = [_loyalty.status_name(int(code)) for code in numbers[:, 0]]
    remarks = [_remark(*of) for of in zip(chosen, statuses, texts[::2], texts[1::2], strict=True)]
    for i, model in enumerate(chosen):
        if not statuses[i].startswith("ERR"):
            model.covariates_ = None  # of an earlier fit
            model._given = 0
            _store(model, rows[i], 0.0)
            model._backend = table.backend
        if _loyalty.status_name(int(numbers[i, 13])).startswith("ERR"):
            remarks[i] = "the log-likelihood is below that of a model which this one contains: not at its optimum"
    failed = [name for name, of in zip(names, statuses, strict=True) if of.startswith("ERR") or of == status]
    notice(status, f"{', '.join(failed)} could not be fitted or may not be at the optimum; see the column notice")
    contained = numbers[:, 12].astype(np.int64)
    values: dict[str, Any] = {
        "model": np.array(names), "status": np.array(statuses), "parameters": numbers[:, 3].astype(np.int64),
        "log_likelihood": rows[:, 4].copy(),
        **{name: numbers[:, at].copy() for name, at in (("aic", 1), ("bic", 2), ("aic_weight", 4))},
    }  # fmt: skip
    if scored:
        measures = (("actual", 5), ("expected", 6), ("bias", 7), ("mae", 9), ("rmse", 10), ("log_score", 11))
        values |= {name: numbers[:, at].copy() for name, at in measures}
    values |= {
        "contains": np.array([names[place] if place >= 0 else "" for place in contained]),
        "statistic": numbers[:, 14].copy(), "p_value": numbers[:, 15].copy(),
        "best_by": np.array([", ".join(by for by, place in best.items() if place == i) for i in range(len(chosen))]),
        "notice": np.array(remarks), "assumption": np.array([model_assumption(name) for name in names]),
    }  # fmt: skip
    return table.new_frame(values)
