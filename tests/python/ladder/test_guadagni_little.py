"""GuadagniLittle: both forms of data, names, conventions, statsmodels, and that fits find what was simulated."""

from __future__ import annotations

import pickle
import warnings
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.base import clone
from statsmodels.discrete.conditional_models import ConditionalLogit

import loyalty
from loyalty.ladder import GuadagniLittle, LinearLearningModel

TRUTH = GuadagniLittle.from_params(
    constants={"A": 0.0, "B": 0.4, "C": -0.3}, b=2.5, lambda_=0.8, slopes={"price": -1.0, "promo": 0.6}
)


def panel(n: int = 60, periods: int = 12, seed: int = 1) -> pd.DataFrame:
    """A row for each occasion and alternative, drawn from TRUTH."""
    rng = np.random.default_rng(seed)
    x = np.stack([rng.normal(2.0, 0.6, (n, periods, 3)), (rng.random((n, periods, 3)) < 0.3).astype(float)], axis=-1)
    drawn = TRUTH.simulate(n, periods, seed, x)
    customer, time, place = np.meshgrid(np.arange(n), np.arange(periods), np.arange(3), indexing="ij")
    names = np.array(["A", "B", "C"])[place]
    return pd.DataFrame(
        {
            "customer_id": customer.ravel(), "time": time.ravel(), "alternative": names.ravel(),
            "chosen": (names == drawn[:, :, None]).astype(int).ravel(), "price": x[..., 0].ravel(),
            "promo": x[..., 1].ravel(),
        }
    )  # fmt: skip


def fit(data: Any, covariates: Any = ("price", "promo"), **options: Any) -> GuadagniLittle:
    return GuadagniLittle(**options).fit(data, covariates=covariates)


def test_example() -> None:
    m = GuadagniLittle.from_params(constants=dict.fromkeys("abcd", 0.0), b=3.0, lambda_=0.875)
    log = {"customer_id": [1] * 4, "time": [1, 2, 3, 4], "alternative": ["a", "a", "b", "a"]}
    assert m.loyalty(log)["a"] == pytest.approx([0.25, 0.875, 0.890625, 0.779297], abs=5e-7)
    p = m.predict(log)
    after = 0.875 * 0.779297 + 0.125
    assert after == pytest.approx(0.806885, abs=1e-6)
    assert p["a"][0] + p["b"][0] + p["c"][0] + p["d"][0] == pytest.approx(1.0)
    assert np.log(p["a"][0] / p["c"][0]) == pytest.approx(3.0 * (after - m_c(m, log)), abs=1e-5)
    assert m.probability(log)["a"][0] == pytest.approx(0.25)


def m_c(m: GuadagniLittle, log: dict[str, Any]) -> float:
    """Loyalty to c after the log: it was never chosen."""
    return float(m.loyalty(log)["c"][3]) * 0.875


def test_bridge_to_learning() -> None:
    """The linear learning model is linear in this loyalty."""
    lam, c0, c1 = 0.7, 0.1, 0.5
    rng = np.random.default_rng(2)
    brand = rng.integers(0, 3, 30)
    log = {"customer_id": np.zeros(30), "time": np.arange(30), "alternative": brand}
    m = GuadagniLittle.from_params(constants=dict.fromkeys(range(3), 0.0), b=1.0, lambda_=lam)
    loy = m.loyalty(log)["1"]
    learning = LinearLearningModel.from_params(
        alpha=c0 * (1 - lam), beta=c1 * (1 - lam), lambda_=lam, p1=c0 + c1 * loy[1]
    )
    assert learning.probability([(brand[1:] == 1).astype(float)]) == pytest.approx(c0 + c1 * loy[1:], rel=1e-13)


def test_against_statsmodels() -> None:
    data = panel()
    m = fit(data, lambda_=0.8)
    table = data.assign(loy=TRUTH.loyalty(data), occasion=data.customer_id * 1000 + data.time)
    table = table[table.time > 0]
    x = np.column_stack([table.alternative == "B", table.alternative == "C", table.loy, table.price, table.promo])
    found = ConditionalLogit(table.chosen.to_numpy(), x.astype(float), groups=table.occasion.to_numpy()).fit(
        disp=False, method="newton"
    )
    assert list(m.params_) == ["a[B]", "a[C]", "b", "price", "promo", "lambda_"]
    assert list(m.params_.values())[:5] == pytest.approx(found.params, rel=1e-5)
    assert list(m.std_errors_.values())[:5] == pytest.approx(found.bse, rel=1e-4)
    assert m.log_likelihood_ == pytest.approx(found.llf, rel=1e-9)
    assert m.std_errors_["lambda_"] == 0.0
    assert m.profile_ is None
    assert m.maxima_ == []


def test_recovers_what_was_simulated() -> None:
    covered = []
    for seed in range(25):
        m = fit(panel(100, 15, seed))
        covered += [abs(m.params_[k] - TRUTH.params_[k]) <= 1.96 * m.std_errors_[k] for k in m.params_]
    assert np.mean(covered) == pytest.approx(0.95, abs=0.06)
    assert m.test_.p_value < 1e-6
    assert m.n_maxima_ == 1
    assert m.maxima_[0] == (m.params_["lambda_"], m.log_likelihood_)
    assert m.profile_ is not None
    assert m.profile_.log_likelihood.max() <= m.log_likelihood_


def test_p_values_without_loyalty() -> None:
    """Davies' bound is one: p values below 5 % are no more than 5 % of those of samples without loyalty."""
    none = GuadagniLittle.from_params(constants={"A": 0.0, "B": 0.4, "C": -0.3}, b=0.0, lambda_=0.5)
    p = []
    for seed in range(60):
        drawn = none.simulate(60, 8, seed)
        log = {
            "customer_id": np.repeat(np.arange(60), 8),
            "time": np.tile(np.arange(8), 60),
            "alternative": drawn.ravel(),
        }
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", loyalty.LoyaltyWarning)
            p.append(GuadagniLittle().fit(log).test_.p_value)
    assert np.mean(np.array(p) < 0.05) < 0.12


def test_forms_of_data_agree() -> None:
    data = panel()
    m = fit(data)
    mixed = data.sample(frac=1.0, random_state=1)
    for other in (mixed, pl.from_pandas(mixed), {name: mixed[name].to_numpy() for name in mixed.columns}):
        assert fit(other).params_ == m.params_
    p = m.probability(mixed)
    assert isinstance(p, pd.Series)
    assert p.index.equals(mixed.index)
    assert p.groupby([mixed.customer_id, mixed.time]).sum().to_numpy() == pytest.approx(1.0)
    later = mixed[(mixed.chosen == 1) & (mixed.time > 0)].index
    assert np.log(p[later]).sum() == pytest.approx(m.log_likelihood_, rel=1e-12)
    # without covariates a row for each occasion says the same
    long = fit(data, covariates=())
    log = data[data.chosen == 1].sample(frac=1.0, random_state=2)[["customer_id", "time", "alternative"]]
    short = GuadagniLittle().fit(log)
    assert short.params_ == long.params_
    table = short.probability(pl.from_pandas(log))
    assert table.columns == ["A", "B", "C"]
    both = short.loyalty(data)
    assert short.loyalty(log)["B"].to_numpy() == pytest.approx(
        both[data.alternative == "B"].to_numpy()[log.index.to_numpy() // 3]
    )
    predicted = short.predict(log)
    assert list(predicted.columns) == ["customer_id", "A", "B", "C"]
    assert predicted[["A", "B", "C"]].sum(axis=1).to_numpy() == pytest.approx(1.0)


def test_predict_with_covariates() -> None:
    data = panel(5, 6)
    x = np.array([[2.0, 0.0], [1.0, 1.0], [2.0, 0.0]])
    one, many = TRUTH.predict(data, x), TRUTH.predict(data, np.broadcast_to(x, (5, 3, 2)))
    assert one.equals(many)
    with pytest.raises(loyalty.LoyaltyError, match="x: must be an array of shape"):
        TRUTH.predict(data)
    with pytest.raises(loyalty.LoyaltyError, match="x: must be an array of shape"):
        TRUTH.predict(data, x[:2])


def test_options_and_conventions() -> None:
    data = panel()
    m = GuadagniLittle(base="C", warmup=2)
    assert m.get_params() == {"lambda_": None, "base": "C", "warmup": 2, "max_iter": 200}
    assert clone(m).get_params() == m.get_params()
    with pytest.raises(loyalty.StateError):
        m.loyalty(data)
    m.fit(data, covariates=["price"])
    assert list(m.params_) == ["a[A]", "a[B]", "b", "price", "lambda_"]
    assert m.n_rows_ == 60 * 9
    again = pickle.loads(pickle.dumps(m))
    assert again.params_ == m.params_
    assert (again.probability(data) == m.probability(data)).all()
    assert list(m.summary()["parameter"]) == list(m.params_)
    constants = {"A": m.params_["a[A]"], "B": m.params_["a[B]"], "C": 0.0}
    given = GuadagniLittle.from_params(
        constants=constants, b=m.params_["b"], lambda_=m.params_["lambda_"], slopes={"price": m.params_["price"]}
    )
    assert (given.probability(data) == m.probability(data)).all()


def test_notices() -> None:
    log = panel()
    log = log[log.chosen == 1].drop(columns="chosen")
    with pytest.warns(loyalty.LoyaltyWarning, match="run away"):
        m = GuadagniLittle().fit(log.assign(alternative=np.where(log.customer_id < 30, "A", "B")))
    assert m.status_ == "NOTICE_SEPARATED"


def test_misuse() -> None:
    data = panel(12, 8)
    with pytest.raises(loyalty.LoyaltyError, match="base: 'D' is not an alternative"):
        fit(data, base="D")
    with pytest.raises(loyalty.LoyaltyError, match="lambda_"):
        fit(data, lambda_=1.5)
    with pytest.raises(loyalty.LoyaltyError, match="warmup"):
        fit(data, warmup=-1)
    with pytest.raises(loyalty.LoyaltyError, match="covariates"):
        fit(data, covariates="price")
    with pytest.raises(loyalty.LoyaltyError, match="covariates: need a row for each alternative"):
        fit(data[data.chosen == 1].drop(columns="chosen"))
    with pytest.raises(loyalty.LoyaltyError, match="discount: there is no such column"):
        fit(data, covariates=["discount"])
    with pytest.raises(loyalty.LoyaltyError, match="each alternative once"):
        fit(data.drop(index=7))
    wrong = data.copy()
    wrong.loc[3:5, "chosen"] = 0
    with pytest.raises(loyalty.LoyaltyError, match=r"chosen\[3\]"):
        fit(wrong)
    wrong = data.copy()
    wrong.loc[11, "price"] = np.nan
    with pytest.raises(loyalty.LoyaltyError, match=r"price\[11\]"):
        fit(wrong)
    with pytest.raises(loyalty.DomainError, match=r"covariates\[1\]: must vary"):
        fit(data.assign(week=data.time), covariates=["price", "week"])
    with pytest.raises(loyalty.DomainError, match="more rows"):
        fit(data[(data.customer_id < 1) & (data.time < 6)])
    with pytest.raises(loyalty.LoyaltyError, match="not an alternative of the model"):
        TRUTH.loyalty(data.assign(alternative=data.alternative.replace("B", "Z")))
    many = pd.DataFrame({"customer_id": np.arange(40), "time": 0, "alternative": np.arange(40)})
    with pytest.raises(loyalty.LoyaltyError, match="alternative: must have from 2 to 15 alternatives, not 40"):
        GuadagniLittle().fit(many)
    with pytest.raises(loyalty.DomainError, match="lambda_"):
        GuadagniLittle.from_params(constants={"A": 0.0, "B": 0.0}, b=1.0, lambda_=2.0)
    with pytest.raises(loyalty.DomainError, match=r"constants\[1\]"):
        GuadagniLittle.from_params(constants={"A": 0.0, "B": np.nan}, b=1.0, lambda_=0.5)
