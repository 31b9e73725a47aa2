"""Whether questions measure one thing, and how much each should count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .. import _columns, _loyalty
from .._errors import notice
from ._questions import Questions
from .composite import NEARLY

__all__ = ["PrincipalWeights", "Reliability", "cronbach_alpha", "principal_weights"]


@dataclass(frozen=True, slots=True)
class Reliability:
    """Cronbach's alpha. Made by :func:`cronbach_alpha`.

    Attributes:
        alpha: at most 1; below 0 when questions run against each other.
        items: questions.
        n: respondents used.
        missing: respondents left out.
        without: alpha of the others when a question is left out, by question; empty for two questions.
        status_: ``"OK"``, or ``"NOTICE_NONE"`` when some number in ``without`` does not exist.
    """

    alpha: float
    items: int
    n: int
    missing: int
    without: dict[str, float]
    status_: str

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """The interval (lower, upper) after Feldt, exact for normal answers with equal covariances."""
        return _loyalty.reliability_interval(self.items, self.n, self.alpha, level)


@dataclass(frozen=True, slots=True)
class PrincipalWeights:
    """Weights from the first principal component. Made by :func:`principal_weights`.

    Attributes:
        weights: by question, at least 0; they sum to 1.
        share: of the variance that the component carries.
        second: that of the second component.
        n: respondents used.
        missing: respondents left out.
        status_: ``"OK"``, or ``"NOTICE_WEAK_ID"`` when the second component is nearly as large.
    """

    weights: dict[str, float]
    share: float
    second: float
    n: int
    missing: int
    status_: str


def cronbach_alpha(answers: Any, *, data: Any = None, skip_missing: bool = False) -> Reliability:
    """Cronbach's alpha, k/(k - 1) (1 - sum of the questions' variances / variance of their sum).

    Args:
        answers: a table with a column for each of 2 to 32 questions, an array with a row for each respondent, or with
            ``data`` a list of its columns. All run in the same direction.
        data: a table in which ``answers`` names columns.
        skip_missing: leave respondents out who did not answer everything; else a missing answer is an error.
    """
    questions = Questions(answers, data)
    without = _columns.empty_float64(len(questions)) if len(questions) > 2 else None
    with questions.blame(missing=skip_missing):
        status, n, missing, alpha = _loyalty.cronbach_alpha(questions.flat, len(questions), skip_missing, without)
    notice(status, "without some question there is no alpha: the sums of the others do not differ")
    each = {} if without is None else dict(zip(questions.names, without.tolist(), strict=True))
    return Reliability(alpha, len(questions), n, missing, each, status)


def principal_weights(
    answers: Any, *, data: Any = None, standardize: bool = False, skip_missing: bool = False
) -> PrincipalWeights:
    """What a point of each question counts so that the weighted sum of the answers varies most.

    Args:
        answers, data, skip_missing: as for :func:`cronbach_alpha`.
        standardize: from the correlations, for questions on different scales; else from the covariances.

    Raises:
        DomainError: a question runs against the others, or the first component is not unique.
    """
    questions = Questions(answers, data)
    out = _columns.empty_float64(len(questions))
    with questions.blame(missing=skip_missing):
        status, n, missing, share, second = _loyalty.principal_weights(
            questions.flat, len(questions), standardize, skip_missing, out
        )
    notice(status, NEARLY)
    return PrincipalWeights(dict(zip(questions.names, out.tolist(), strict=True)), share, second, n, missing, status)
