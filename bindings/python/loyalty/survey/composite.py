"""One index from several questions: ACSI, the questionnaire of four dimensions, any other; disconfirmation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from .. import _columns, _loyalty
from .._columns import Errors
from .._errors import LoyaltyError, notice
from .._formulas import mapped
from ._questions import Questions
from .estimate import Mean, _mean

__all__ = [
    "SATISFACTION_DIMENSIONS", "SATISFACTION_DIMENSIONS_ZH", "Composite", "acsi", "composite_from_means",
    "composite_index", "disconfirmation", "satisfaction_survey",
]  # fmt: skip

NEARLY = "the second component is nearly as large as the first: another sample may have other weights"

Weights: TypeAlias = Literal["equal", "first_component"] | Sequence[float] | Mapping[str, float]

SATISFACTION_DIMENSIONS: tuple[str, ...] = tuple(_loyalty.satisfaction_dimension_name(i, False) for i in range(4))
SATISFACTION_DIMENSIONS_ZH: tuple[str, ...] = tuple(_loyalty.satisfaction_dimension_name(i, True) for i in range(4))


@dataclass(frozen=True, slots=True)
class Composite:
    """An index of several questions. Made by :func:`composite_index` and :func:`satisfaction_survey`.

    Attributes:
        index: of each respondent, in [0, 1], as a column of the kind that came in; NaN for one without.
        score: the mean of the index; ``score.interval()`` is its t interval.
        means: the mean answer to each question.
        weights: the part of the index that each question has; they sum to 1.
        skipped: respondents with too few answers.
        bad: rows with a bad answer, under ``errors="coerce"``.
        status_: ``"OK"``, or ``"NOTICE_SKIPPED"``.
    """

    index: Any
    score: Mean
    means: dict[str, Mean]
    weights: dict[str, float]
    skipped: int
    bad: int
    status_: str


def _weights(
    questions: Questions, answers: _columns.FloatArray, weights: Weights, length: _columns.FloatArray, missing: bool
) -> _columns.FloatArray:
    """What a point of each question counts; ``length`` is that of its scale."""
    if not isinstance(weights, str):
        return questions.each(weights, "weights")
    one_scale = bool(np.all(length == length[:1]))
    if weights == "equal":
        return np.ones(len(questions)) if one_scale else 1.0 / np.where(length > 0.0, length, 1.0)
    if weights != "first_component":
        raise _columns.bad("weights", f"must be 'equal', 'first_component' or numbers, not {weights!r}")
    out = _columns.empty_float64(len(questions))
    with questions.blame(missing=missing):
        status, *_ = _loyalty.principal_weights(answers, len(questions), not one_scale, missing, out)
    notice(status, NEARLY)
    return out


def _question_mean(column: _columns.FloatArray) -> Mean:
    try:
        status, n, missing, mean, deviation, error = _loyalty.mean_from_values(column, True)
    except LoyaltyError:  # nobody answered
        return Mean(np.nan, np.nan, np.nan, 0, len(column), "NOTICE_NONE")
    return Mean(mean, deviation, error, n, missing, status)


def _composite(
    questions: Questions, weights: Weights, lowest: Any, highest: Any, least: int | None, errors: Errors
) -> Composite:
    coerce = _columns.coerce(errors)
    low, high = questions.each(lowest, "lowest"), questions.each(highest, "highest")
    least = len(questions) if least is None else least
    missing = least < len(questions)
    # Answers off the scale, where they are no error, count for nothing: neither for weights nor for means.
    answers = questions.on_scale(low, high) if coerce else questions.flat
    weight = _weights(questions, answers, weights, high - low, missing or coerce)
    index = _columns.empty_float64(questions.n)
    with questions.blame(low, high, missing):
        status, bad, skipped = _loyalty.composite_batch(weight, low, high, questions.flat, least, index, coerce)
        notice(status, f"{skipped} respondents with too few answers have no index")
        with _columns.blame({"value": "answer"}):
            score = _mean(*_loyalty.mean_from_values(index, True))
    part = weight / weight.max() * (high - low)
    means = [_question_mean(column) for column in answers.reshape(len(questions), -1)]
    return Composite(
        questions.table.column(index, "index"),
        score,
        dict(zip(questions.names, means, strict=True)),
        dict(zip(questions.names, (part / part.sum()).tolist(), strict=True)),
        skipped,
        bad,
        status,
    )


def composite_index(
    answers: Any, *, data: Any = None, weights: Weights = "equal", lowest: Any = 1, highest: Any = 5,
    least: int | None = None, errors: Errors = "raise",
) -> Composite:  # fmt: skip
    """The index sum w (answer - lowest) / sum w (highest - lowest) of each respondent, and its mean.

    Args:
        answers: a table with a column for each question, an array with a row for each respondent, or with ``data`` a
            list of its columns. The higher an answer the better.
        data: a table in which ``answers`` names columns.
        weights: ``"equal"``: every question counts the same. ``"first_component"``: weights of the first principal
            component, of the covariances, or of the correlations where scales differ. Or numbers, in order or by
            question: what a point of the answer counts.
        lowest, highest: the ends of the scale, one for all or one for each question.
        least: how many answers a respondent needs. None: all, and a missing answer is a bad row. With fewer, missing
            answers drop out of both sums, and a respondent without enough has no index.
        errors: ``"coerce"`` gives NaN for a bad row: an answer off its scale, or missing where all are needed.

    Raises:
        DomainError: a bad row; a question that runs against the others, for the first component.
    """
    return _composite(Questions(answers, data), weights, lowest, highest, least, errors)


def satisfaction_survey(
    product_quality: Any, customer_service: Any, shopping_experience: Any, brand_image: Any, *, data: Any = None,
    weights: Weights = "equal", lowest: Any = 1, highest: Any = 5, least: int | None = None, errors: Errors = "raise",
) -> Composite:  # fmt: skip
    """The questionnaire of four dimensions of satisfaction as one index.

    Args:
        product_quality, customer_service, shopping_experience, brand_image: the answers, or with ``data`` the names of
            its columns.

    The other arguments are those of :func:`composite_index`; questions are named as the arguments here.
    """
    table = _columns.arguments(
        data, product_quality=product_quality, customer_service=customer_service,
        shopping_experience=shopping_experience, brand_image=brand_image,
    )  # fmt: skip
    return _composite(Questions(table), weights, lowest, highest, least, errors)


def composite_from_means(
    means: Sequence[float] | Mapping[str, float], weights: Sequence[float] | Mapping[str, float] | None = None, *,
    lowest: Any = 1, highest: Any = 10,
) -> float:  # fmt: skip
    """The index, in [0, 1], of the mean answers to several questions, in order or by name.

    ``weights`` is what a point of each question counts, None for the same; ``lowest`` and ``highest`` are the ends of
    the scale, one for all or one for each question.
    """
    given = {str(k): v for k, v in (means if isinstance(means, Mapping) else dict(enumerate(means))).items()}
    with _columns.blame({"answers": "means"}):
        questions = Questions(_columns.Table("scalar", given, 1))
    low, high = questions.each(lowest, "lowest"), questions.each(highest, "highest")
    weight = questions.each(1.0 if weights is None else weights, "weights")
    with _columns.blame({"mean": "means", "weight": "weights", "item": "means", "items": "means"}):
        return _loyalty.composite_from_means(weight, low, high, questions.flat)


def acsi(
    satisfaction: Any, expectation: Any, ideal: Any, weights: Sequence[float] | None = None, *, data: Any = None,
    skip_missing: bool = False,
) -> float:  # fmt: skip
    """The American Customer Satisfaction Index, in [0, 100].

    Args:
        satisfaction, expectation, ideal: overall satisfaction, satisfaction compared with what was expected, and
            compared with the ideal, each on 1 to 10: the mean answer, the answers, or with ``data`` a column's name.
        weights: of the three questions; None for equal ones.
        skip_missing: leave missing answers out, for each question by itself.
    """
    asked = {"satisfaction": satisfaction, "expectation": expectation, "ideal": ideal}
    means = []
    for name, value in asked.items():
        table = _columns.arguments(data, **{name: value})
        column = table.float64(name)
        if table.kind != "scalar":
            with _columns.blame({"score": name}):
                column = np.array([_loyalty.csat_mean(column, 1, 10, skip_missing)[3]])
        means.append(column[0])
    given = None if weights is None else _columns.float64(weights, "weights")
    if given is not None and len(given) != len(asked):
        raise _columns.bad("weights", "must be three numbers: of satisfaction, expectation and ideal")
    try:
        return _loyalty.acsi(np.array(means), given)
    except LoyaltyError as error:
        if error.argument == "mean" and error.index is not None:
            error.argument, error.index = list(asked)[error.index], None
        elif error.argument == "weight":
            error.argument = "weights"
        raise


def disconfirmation(performance: Any, expectation: Any, *, data: Any = None, errors: Errors = "raise") -> Any:
    """Performance less expectation, on one scale: above 0 it was better than expected. Numbers or columns, or with
    ``data`` names of its columns; ``errors="coerce"`` gives NaN for a missing number."""
    columns = {"performance": performance, "expectation": expectation}
    return mapped(_loyalty.disconfirmation_batch, columns, result="disconfirmation", errors=errors, data=data)
