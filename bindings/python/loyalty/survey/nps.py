"""The Net Promoter Score with its uncertainty."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal, get_args, overload

import numpy as np
from numpy.typing import NDArray

from .. import _columns, _loyalty
from .._errors import LoyaltyError
from .nps_bayes import NPSPosterior, Prior, _posterior

__all__ = ["NPS", "NPSMethod", "nps", "nps_from_counts"]

NPSMethod = Literal["adjusted_wald", "wald", "score", "bootstrap", "bayes"]
_METHODS = get_args(NPSMethod)
_CLOSED: dict[str, int] = {"adjusted_wald": 0, "wald": 1, "score": 2}
_REPLICATES = 9999


def _check_method(method: str, **options: Any) -> None:
    """Refuse an unknown method, and options of another one: a seed that nothing looks at is a mistake."""
    if method not in _METHODS:
        raise _columns.bad("method", f"must be one of {', '.join(map(repr, _METHODS))}, not {method!r}")
    for name, value in options.items():
        own = "bayes" if name == "prior" else "bootstrap"
        if value is not None and method != own:
            raise _columns.bad(name, f"is for method={own!r}, not {method!r}")


@dataclass(frozen=True, slots=True)
class NPS:
    """A Net Promoter Score with what is needed to judge it. Made by :func:`nps` and :func:`nps_from_counts`.

    Attributes:
        score: share of promoters less share of detractors, in [-1, 1]; multiply by 100 for display.
        standard_error: of the score.
        promoters, passives, detractors: respondents in each group, whatever their weight.
        missing: answers left out.
        n: answers used.
        promoter_share, detractor_share: in [0, 1]; weighted when weights were given.
        variance: of one answer in {-1, 0, 1}.
        effective_n: n, or Kish's effective number of weighted answers.
        weighted: whether weights were given.
    """

    score: float
    standard_error: float
    promoters: int
    passives: int
    detractors: int
    n: int
    missing: int = 0
    promoter_share: float = field(default=0.0, repr=False)
    detractor_share: float = field(default=0.0, repr=False)
    variance: float = field(default=0.0, repr=False)
    effective_n: float = field(default=0.0, repr=False)
    weighted: bool = field(default=False, repr=False)

    def interval(
        self,
        level: float = 0.95,
        method: NPSMethod = "adjusted_wald",
        *,
        seed: int | None = None,
        replicates: int | None = None,
        prior: Prior | None = None,
    ) -> tuple[float, float]:
        """The two-sided interval (lower, upper), within [-1, 1].

        ``"wald"`` is score ± z standard errors and too narrow for few answers. ``"adjusted_wald"`` (Rocks 2016) adds
        three answers first, .75 promoters, 1.5 passives and .75 detractors. ``"score"`` inverts the score test: for
        fewer than 30 answers or extreme scores. ``"bootstrap"`` takes percentiles of ``replicates`` resampled surveys
        (2000 or more, 9999 by default), which ``seed`` (0) decides; not for weighted scores. ``"bayes"`` is the
        equal-tailed interval of :meth:`posterior` with ``prior``.
        """
        _check_method(method, seed=seed, replicates=replicates, prior=prior)
        if method == "bayes":
            return self.posterior(prior).interval(level)
        if method == "bootstrap":
            with _columns.blame({"replications": "replicates", "result": "score"}):
                return _loyalty.nps_bootstrap_interval(
                    _fields(self), _REPLICATES if replicates is None else replicates, seed or 0, level
                )
        return _loyalty.nps_interval(
            self.promoters, self.passives, self.detractors, self.missing, self.n, self.promoter_share,
            self.detractor_share, self.score, self.variance, self.standard_error, self.effective_n, self.weighted,
            _CLOSED[method], level,
        )  # fmt: skip

    def bootstrap(self, replicates: int = _REPLICATES, *, seed: int = 0) -> _columns.FloatArray:
        """The scores of ``replicates`` resampled surveys. A longer draw of the same seed begins with a shorter one."""
        if replicates < 0:
            raise _columns.bad("replicates", "must be at least 0")
        out = _columns.empty_float64(replicates)
        with _columns.blame({"result": "score"}):
            _loyalty.nps_bootstrap(_fields(self), seed, out)
        return out

    def posterior(self, prior: Prior | None = None) -> NPSPosterior:
        """The distribution of the score of the population, given the answers. ``prior`` are the parameters of the
        Dirichlet prior, in answers: (promoters, passives, detractors), each from 0.001 to 1e9; (.75, 1.5, .75) by
        default. A weighted score counts as the equally weighted answers that have its standard error."""
        return _posterior(_fields(self), prior)


def _fields(*scores: NPS) -> _columns.FloatArray:
    """Scores as the extension takes them: the fields of loy_nps in their order, one score after the other."""
    return np.array(
        [
            (
                s.promoters, s.passives, s.detractors, s.missing, s.n, s.promoter_share, s.detractor_share, s.score,
                s.variance, s.standard_error, s.effective_n, s.weighted,
            )
            for s in scores
        ],
        dtype=np.float64,
    ).ravel()  # fmt: skip


def _nps(fields: tuple[Any, ...]) -> NPS:
    promoters, passives, detractors, missing, n, promoter_share, detractor_share, score, variance, se, ess, weighted = (
        fields
    )
    return NPS(
        score=score, standard_error=se, promoters=promoters, passives=passives, detractors=detractors, n=n,
        missing=missing, promoter_share=promoter_share, detractor_share=detractor_share, variance=variance,
        effective_n=ess, weighted=weighted,
    )  # fmt: skip


_BY_COLUMNS = (
    "score", "standard_error", "lower", "upper", "n", "promoters", "passives", "detractors", "missing",
)  # fmt: skip


def _is_bytes(scores: NDArray[Any]) -> bool:
    return scores.dtype in (np.uint8, np.int8)


def _bytes(scores: NDArray[Any]) -> memoryview:
    """Bytes need no conversion; a negative one becomes larger than any answer."""
    return np.ascontiguousarray(scores).view(np.uint8).data


def _score(
    scores: NDArray[Any], weights: NDArray[Any] | None, promoter_from: int, passive_from: int, skip_missing: bool
) -> NPS:
    with _columns.blame({"score": "scores", "weight": "weights"}):
        if weights is None and _is_bytes(scores):
            return _nps(_loyalty.nps_from_bytes(_bytes(scores), promoter_from, passive_from))
        given = None if weights is None else _columns.float64(weights, "weights")
        return _nps(
            _loyalty.nps_from_scores(
                _columns.float64(scores, "scores"), given, promoter_from, passive_from, skip_missing
            )
        )


def _codes(groups: NDArray[Any]) -> tuple[list[Any], NDArray[np.int64]]:
    """The distinct groups, sorted where they can be, and the number of each row's group. Missing ones are one group."""
    if groups.dtype.kind != "O":
        distinct, codes = np.unique(groups, return_inverse=True)
        # As Python's own numbers and text, where they have the same value; times stay NumPy's.
        return list(distinct) if groups.dtype.kind in "mM" else distinct.tolist(), codes.astype(np.int64)
    plain = [None if v is None or v != v else v for v in groups]
    keys = list(dict.fromkeys(plain))
    with suppress(TypeError):  # groups of several kinds stay in the order in which they come
        keys.sort(key=lambda v: (v is None, v))
    number = {key: i for i, key in enumerate(keys)}
    return keys, np.fromiter((number[v] for v in plain), dtype=np.int64, count=len(plain))


@overload
def nps(
    scores: Any, weights: Any = None, *, by: None = None, data: Any = None, promoter_from: int = 9,
    passive_from: int = 7, skip_missing: bool = False, level: float | None = None, method: NPSMethod | None = None,
    seed: int | None = None, replicates: int | None = None, prior: Prior | None = None,
) -> NPS: ...  # fmt: skip
@overload
def nps(
    scores: Any, weights: Any = None, *, by: Any, data: Any = None, promoter_from: int = 9,
    passive_from: int = 7, skip_missing: bool = False, level: float | None = None, method: NPSMethod | None = None,
    seed: int | None = None, replicates: int | None = None, prior: Prior | None = None,
) -> Any: ...  # fmt: skip
def nps(
    scores: Any, weights: Any = None, *, by: Any = None, data: Any = None, promoter_from: int = 9,
    passive_from: int = 7, skip_missing: bool = False, level: float | None = None, method: NPSMethod | None = None,
    seed: int | None = None, replicates: int | None = None, prior: Prior | None = None,
) -> Any:  # fmt: skip
    """The Net Promoter Score of answers to "how likely are you to recommend us, 0 to 10?".

    Args:
        scores: one answer each, whole numbers from 0 to 10; a missing value is an error unless ``skip_missing``. An
            array, a column, or with ``data`` the name of a column.
        weights: one weight for each answer, finite and at least 0; only their ratios matter.
        by: one group for each answer. The result is then a table with one row for each group: the group, score,
            standard_error, lower, upper, n, promoters, passives, detractors, missing.
        data: a table in which ``scores``, ``weights`` and ``by`` may name columns.
        promoter_from: answers from this on are promoters.
        passive_from: answers from this on, below ``promoter_from``, are passives.
        skip_missing: leave missing answers out and count them in ``missing``.
        level, method, seed, replicates, prior: of the intervals in a table; see :meth:`NPS.interval`. Without ``by``
            they are refused: ask the result for its interval.

    A group without an answer, or with weights for fewer than two, has NaN for its score.

    Raises:
        DomainError: an answer out of range, or none at all.
    """
    options = {"seed": seed, "replicates": replicates, "prior": prior}
    if by is None:
        for key, value in {"level": level, "method": method, **options}.items():
            if value is not None:
                raise _columns.bad(key, f"is of the intervals in a table, with by=; say nps(...).interval({key}=...)")
    level, method = 0.95 if level is None else level, "adjusted_wald" if method is None else method
    _check_method(method, **options)
    if by is not None:  # said also when no group has an interval
        nps_from_counts(1, 1, 1).interval(level, method, seed=seed, replicates=replicates, prior=prior)
    table = _columns.arguments(data, scores=scores, weights=weights, by=by)
    answers = table.numpy("scores")
    weight = None if weights is None else table.numpy("weights")
    if by is None:
        return _score(answers, weight, promoter_from, passive_from, skip_missing)
    name = by if isinstance(by, str) else str(getattr(by, "name", None) or "group")
    if name in _BY_COLUMNS:
        raise _columns.bad("by", f"may not be named {name!r}, as a column of the answer is")
    given = table.numpy("by")
    groups, codes = _codes(given)
    if answers.dtype.kind not in "iu":
        answers = _columns.float64(answers, "scores")
    order = np.argsort(codes, kind="stable")
    ends = np.searchsorted(codes[order], np.arange(len(groups) + 1))
    rows: dict[str, list[Any]] = {name: [] for name in _BY_COLUMNS}
    for first, last in pairwise(ends):
        members = order[first:last]
        own = answers[members]
        try:
            r = _score(own, None if weight is None else weight[members], promoter_from, passive_from, skip_missing)
            lower, upper = r.interval(level, method, seed=seed, replicates=replicates, prior=prior)
        except LoyaltyError as error:
            if error.code != "ERR_TOO_FEW":
                if error.index is not None:
                    error.index = int(members[error.index])
                raise
            c = _loyalty.nps_count(_columns.float64(own, "scores"), promoter_from, passive_from, skip_missing)
            r = NPS(np.nan, np.nan, c[0], c[1], c[2], c[0] + c[1] + c[2], c[3])
            lower = upper = np.nan
        for key in rows:
            rows[key].append(lower if key == "lower" else upper if key == "upper" else getattr(r, key))
    return table.new_frame(
        {name: np.array(groups, dtype=given.dtype), **{key: np.array(values) for key, values in rows.items()}}
    )


def nps_from_counts(promoters: int, passives: int, detractors: int) -> NPS:
    """The Net Promoter Score from the number of respondents in each group."""
    return _nps(_loyalty.nps_from_counts(promoters, passives, detractors, 0))
