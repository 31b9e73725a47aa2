"""loyalty.survey: indices of several questions, weights and reliability, on every kind of table."""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import loyalty as loy
from loyalty import survey

#: Eight answers to the four dimensions, one row for each respondent.
ROWS = [
    (5, 4, 4, 5), (3, 3, 2, 4), (4, 5, 4, 4), (2, 2, 3, 1), (5, 3, 4, 4), (1, 2, 1, 2), (4, 4, 5, 3), (3, 2, 3, 3),
]  # fmt: skip
NAMES = ["product_quality", "customer_service", "shopping_experience", "brand_image"]
FRAME = {name: [row[j] for row in ROWS] for j, name in enumerate(NAMES)}
#: First component of the covariances, by mpmath.
FIRST = [0.30762013118341399791, 0.2126660698874884235, 0.2398568994645487893, 0.2398568994645487893]
KINDS: list[Any] = [dict, pd.DataFrame, pl.DataFrame, pa.table, lambda d: np.array(list(d.values())).T]


def test_acsi() -> None:
    assert survey.acsi(8, 7, 7, [0.3885, 0.3190, 0.2925]) == pytest.approx(70.98333333, abs=5.1e-9)
    assert survey.acsi(8, 7, 7) == pytest.approx(70.37037037, abs=5.1e-9)
    frame = pd.DataFrame({"q1": [7, 9], "q2": [10, 4], "q3": [7, None]})
    assert survey.acsi("q1", "q2", "q3", data=frame, skip_missing=True) == survey.acsi(8, 7, 7)
    with pytest.raises(loy.DomainError, match=r"^ideal\[1\]: "):
        survey.acsi("q1", "q2", "q3", data=frame)
    with pytest.raises(loy.DomainError, match=r"^expectation: "):
        survey.acsi(8, 10.5, 7)
    with pytest.raises(loy.DomainError, match=r"^weights\[1\]: "):
        survey.acsi(8, 7, 7, [1, -1, 1])
    with pytest.raises(loy.LoyaltyError, match=r"^weights: must be three numbers"):
        survey.acsi(8, 7, 7, [1, 1])


def test_from_means() -> None:
    assert survey.composite_from_means([8, 7, 7], [0.3885, 0.3190, 0.2925]) == pytest.approx(0.7098333333333333)
    # (2*3 + 1*60)/(2*4 + 1*100)
    means, ends = {"a": 4, "b": 60}, {"lowest": {"a": 1, "b": 0}, "highest": [5, 100]}
    assert survey.composite_from_means(means, {"b": 1, "a": 2}, **ends) == pytest.approx(66 / 108, rel=1e-15)
    with pytest.raises(loy.DomainError, match=r"^means\[0\]: "):
        survey.composite_from_means([11, 1])
    with pytest.raises(loy.LoyaltyError, match=r"^weights: must name the questions 'a', 'b'"):
        survey.composite_from_means(means, {"b": 1}, **ends)
    with pytest.raises(loy.LoyaltyError, match=r"^weights: must have one number for each of the 2 questions"):
        survey.composite_from_means(means, [1, 2, 3], **ends)
    with pytest.raises(loy.LoyaltyError, match=r"^means: must have at least one question"):
        survey.composite_from_means([])


@pytest.mark.parametrize("make", KINDS)
def test_index_of_every_kind(make: Any) -> None:
    found = survey.composite_index(make(FRAME))
    expected = [(sum(row) - 4) / 16 for row in ROWS]
    assert np.asarray(found.index).tolist() == expected
    assert found.score.mean == pytest.approx(sum(expected) / 8, rel=1e-15)
    assert list(found.weights.values()) == [0.25] * 4
    assert [m.mean for m in found.means.values()] == [27 / 8, 25 / 8, 26 / 8, 26 / 8]
    assert (found.skipped, found.bad, found.status_) == (0, 0, "OK")


def test_index_in_kind() -> None:
    frame = pd.DataFrame(FRAME, index=list("abcdefgh"))
    found = survey.composite_index(frame)
    assert isinstance(found.index, pd.Series) and list(found.index.index) == list("abcdefgh")
    assert isinstance(survey.composite_index(NAMES, data=pl.DataFrame(FRAME)).index, pl.Series)
    assert survey.composite_index(ROWS).weights == dict.fromkeys("0123", 0.25)


def test_weights() -> None:
    given = survey.composite_index(FRAME, weights=dict(zip(NAMES, [2, 1, 1, 0], strict=True)))
    assert given.index.tolist() == [(2 * a + b + c - 4) / 16 for a, b, c, _ in ROWS]
    assert list(given.weights.values()) == [0.5, 0.25, 0.25, 0.0]
    first = survey.satisfaction_survey(*FRAME.values(), weights="first_component")
    assert list(first.weights) == NAMES
    assert list(first.weights.values()) == pytest.approx(FIRST, rel=1e-13)
    assert first.index[0] == pytest.approx(sum(w * (x - 1) / 4 for w, x in zip(FIRST, ROWS[0], strict=True)), rel=1e-13)
    # Scales of different lengths: each question counts the same, and components come from correlations.
    longer = {**FRAME, "brand_image": [20 * x for x in FRAME["brand_image"]]}
    ends = {"lowest": [1, 1, 1, 20], "highest": [5, 5, 5, 100]}
    assert survey.composite_index(longer, **ends).index == pytest.approx(survey.composite_index(FRAME).index, rel=1e-14)
    scaled = survey.composite_index(longer, weights="first_component", **ends)
    standard = survey.principal_weights(FRAME, standardize=True)
    assert list(scaled.weights.values()) == pytest.approx(list(standard.weights.values()), rel=1e-13)


def test_missing() -> None:
    some = pd.DataFrame({"a": [5, 1, None, None], "b": [5, 3, 3, None]})
    with pytest.raises(loy.DomainError, match=r"^a\[2\]: "):
        survey.composite_index(some)
    found = survey.composite_index(some, errors="coerce")
    assert found.bad == 2 and found.index.tolist()[:2] == [1.0, 0.25] and found.index.isna().sum() == 2
    with pytest.warns(loy.LoyaltyWarning, match="1 respondents with too few"):
        found = survey.composite_index(some, least=1)
    assert found.index[2] == 0.5 and found.skipped == 1 and found.status_ == "NOTICE_SKIPPED"
    assert found.means["a"].missing == 2
    # An answer off the scale is bad however few are needed, and counts for nothing.
    off = {"a": [5, 1, 9], "b": [5, 3, 3]}
    with pytest.raises(loy.DomainError, match=r"^a\[2\]: must be on the scale of its question"):
        survey.composite_index(off, least=1)
    found = survey.composite_index(off, errors="coerce")
    assert found.bad == 1 and found.means["a"].mean == 3.0
    with pytest.raises(loy.DomainError, match=r"^answers\[0\]: "):
        survey.composite_index([[1, 9]])
    with pytest.raises(loy.DomainError, match=r"^answers: must hold at least one"):
        survey.composite_index([[1, 9]], errors="coerce")


def test_misuse() -> None:
    with pytest.raises(loy.LoyaltyError, match=r"^weights: must be 'equal'"):
        survey.composite_index(FRAME, weights="best")  # type: ignore[arg-type]
    with pytest.raises(loy.LoyaltyError, match=r"^answers: must be a table, or an array with a row"):
        survey.composite_index([1, 2, 3])
    with pytest.raises(loy.LoyaltyError, match=r"^answers: must be a table, or an array with a row"):
        survey.composite_index([[1, 2], [3]])
    with pytest.raises(loy.LoyaltyError, match=r"^answers: must be a list of columns"):
        survey.composite_index("a", data=FRAME)
    with pytest.raises(loy.LoyaltyError, match=r"^x: there is no such column"):
        survey.composite_index(["x"], data=FRAME)
    with pytest.raises(loy.LoyaltyError, match=r"^least: "):
        survey.composite_index(FRAME, least=5)
    with pytest.raises(loy.DomainError, match=r"^highest\[0\]: "):
        survey.composite_index(FRAME, lowest=5, highest=5)
    with pytest.raises(loy.DomainError, match=r"^weights: must be above 0"):
        survey.composite_index(FRAME, weights=[0, 0, 0, 0])
    with pytest.raises(loy.LoyaltyError, match=r"^name\[0\]: must be a number"):
        survey.composite_index({"name": ["a"], "b": [1]})


@pytest.mark.parametrize("make", KINDS)
def test_alpha(make: Any) -> None:
    rows = [(5, 4, 5), (3, 3, 4), (4, 4, 4), (2, 1, 2), (5, 5, 4)]
    found = survey.cronbach_alpha(make({name: [row[j] for row in rows] for j, name in enumerate("abc")}))
    assert found.alpha == pytest.approx(0.9428571429, abs=5.1e-11)
    assert found.interval() == pytest.approx((0.711278159007799302, 0.99363635554203264977), rel=1e-13)
    assert list(found.without.values()) == pytest.approx([0.8709677419354839, 0.9056603773584906, 0.961038961038961])
    assert (found.items, found.n, found.missing, found.status_) == (3, 5, 0, "OK")


def test_alpha_against_brute_force() -> None:
    """Random tables: alpha and its variants by their formula in NumPy, components by its eigenvectors."""
    generator = np.random.default_rng(7)
    for _ in range(200):
        k, n = int(generator.integers(3, 9)), int(generator.integers(5, 700))
        x = generator.normal(size=(n, 1)) + generator.normal(size=(n, k)) * generator.uniform(0.2, 2, k)
        c = np.cov(x.T)

        def alpha(c: Any) -> float:
            return len(c) / (len(c) - 1) * (1 - np.trace(c) / c.sum())

        found = survey.cronbach_alpha(x)
        assert found.alpha == pytest.approx(alpha(c), rel=1e-12, abs=1e-12)
        for j, one in enumerate(found.without.values()):
            rest = [i for i in range(k) if i != j]
            assert one == pytest.approx(alpha(c[np.ix_(rest, rest)]), rel=1e-12, abs=1e-12)
        for standardize in (False, True):
            values, vectors = np.linalg.eigh(np.corrcoef(x.T) if standardize else c)
            w = vectors[:, -1] * np.sign(vectors[:, -1].sum())
            if (w < 1e-6).any():
                continue
            w = w / x.std(axis=0) if standardize else w
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", loy.LoyaltyWarning)
                got = survey.principal_weights(x, standardize=standardize)
            tolerance = 1e-13 / (1 - values[-2] / values[-1])
            assert list(got.weights.values()) == pytest.approx((w / w.sum()).tolist(), abs=tolerance)
            assert got.share == pytest.approx(values[-1] / values.sum(), rel=1e-12)
            assert got.second == pytest.approx(values[-2] / values.sum(), rel=1e-10)


def test_alpha_errors() -> None:
    two = survey.cronbach_alpha([[1, 2], [3, 3], [5, 4]])
    assert two.without == {} and two.status_ == "OK"
    with pytest.warns(loy.LoyaltyWarning, match="without some question"):
        found = survey.cronbach_alpha({"a": [1, 2, 3], "b": [1, 1, 1], "c": [1, 1, 1]})
    assert math.isnan(found.without["a"]) and found.status_ == "NOTICE_NONE"
    holes = {"a": [1, 2, None, 4], "b": [1, 3, 2, None]}
    assert survey.cronbach_alpha(holes, skip_missing=True).missing == 2
    with pytest.raises(loy.DomainError, match=r"^a\[2\]: must not be missing"):
        survey.cronbach_alpha(holes)
    with pytest.raises(loy.LoyaltyError, match=r"^answers: must have from 2 to 32 questions"):
        survey.cronbach_alpha({"a": [1, 2]})
    with pytest.raises(loy.DomainError, match=r"^answers: must have sums that differ"):
        survey.cronbach_alpha([[1, 2], [2, 1]])
    with pytest.raises(loy.DomainError, match=r"^level: "):
        two.interval(1)


def test_principal_errors() -> None:
    against = {"a": [5, 3, 4, 2, 5], "b": [4, 3, 4, 1, 5], "c": [1, 3, 2, 4, 1]}
    with pytest.raises(loy.DomainError, match=r"^c: must run with the other questions"):
        survey.principal_weights(against)
    with pytest.raises(loy.DomainError, match=r"^c: must run with the other questions"):
        survey.composite_index(against, weights="first_component")
    with pytest.raises(loy.DomainError, match=r"^b: must differ by respondent"):
        survey.principal_weights({"a": [1, 2, 3], "b": [1, 1, 1]}, standardize=True)
    with pytest.warns(loy.LoyaltyWarning, match="nearly as large"):
        assert survey.principal_weights([[1, 0], [-1, 0], [0, 0.9], [0, -0.9]]).status_ == "NOTICE_WEAK_ID"


def test_disconfirmation() -> None:
    assert survey.disconfirmation(4, 3) == 1.0
    frame = pl.DataFrame({"was": [4, 2], "hoped": [3, 5]})
    assert survey.disconfirmation("was", "hoped", data=frame).to_list() == [1.0, -3.0]
    with pytest.raises(loy.DomainError, match=r"^expectation\[1\]: "):
        survey.disconfirmation([1, 2], [1, None])
    assert np.isnan(survey.disconfirmation([1, 2], [1, None], errors="coerce")[1])


def test_names() -> None:
    assert [name.replace(" ", "_") for name in survey.SATISFACTION_DIMENSIONS] == NAMES
    assert survey.SATISFACTION_DIMENSIONS_ZH == ("产品质量", "客户服务", "购物体验", "品牌形象")


def test_columns_named_by_numbers() -> None:
    """As pandas names them when nobody does."""
    answers = pd.DataFrame(np.array([[1, 2], [3, 4], [2, 2]]))
    found = survey.composite_index(answers)
    assert found.index.tolist() == [0.125, 0.625, 0.25] and list(found.means) == ["0", "1"]
    assert survey.composite_index(["0", "1"], data=answers).index.tolist() == found.index.tolist()


def test_missing_says_what_to_do() -> None:
    answers = {"a": [1, 2, 5], "b": [2, None, 4]}
    with pytest.raises(loy.DomainError, match=r"^b\[1\]: must be on the scale .* missing only with a smaller least"):
        survey.composite_index(answers)
    with pytest.raises(loy.DomainError, match=r"^b\[1\]: must not be missing, unless skip_missing"):
        survey.cronbach_alpha(answers)
    with pytest.raises(loy.LoyaltyError, match=r"^means: must have at least one question"):
        survey.composite_from_means({})
