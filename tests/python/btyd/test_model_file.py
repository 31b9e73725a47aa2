"""Model files: the same model comes back, and a file that is not one says where."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import loyalty as loy
from loyalty.btyd import from_json, to_json


@pytest.fixture
def model() -> loy.GammaGammaModel:
    frequency = np.arange(1, 400) % 5
    truth = loy.GammaGammaModel.from_params(p=2.0, q=4.0, v=30.0)
    return loy.GammaGammaModel(time_unit="W").fit(frequency=frequency, monetary_value=truth.simulate(frequency, seed=4))


def test_round_trip(model: loy.GammaGammaModel, tmp_path: Path) -> None:
    text = model.to_json()
    again = loy.GammaGammaModel.from_json(text)
    assert again.params_ == model.params_
    assert (again.covariance_ == model.covariance_).all()
    assert again.std_errors_ == model.std_errors_
    assert (again.log_likelihood_, again.n_customers_) == (model.log_likelihood_, model.n_customers_)
    assert (again.status_, again.converged_, again.time_unit) == ("OK", True, "W")
    assert again.to_json() == text
    path = tmp_path / "model.json"
    loy.save_models(path, model)
    assert path.read_text() == text and list(tmp_path.iterdir()) == [path]
    assert loy.load_model(path).params_ == model.params_


def test_any_program_can_read_it(model: loy.GammaGammaModel) -> None:
    data = json.loads(model.to_json())
    assert (data["format"], data["version"]) == ("loyalty-model", 1)
    [entry] = data["models"]
    assert (entry["model"], entry["time_unit"], entry["status"]) == ("gamma_gamma", "W", "OK")
    for name, value in model.params_.items():
        assert entry["parameters"][name]["decimal"] == value
        assert float.fromhex(entry["parameters"][name]["hex"]) == value
    # Rewritten by another program, with other blanks and order, and with keys of its own.
    data["comment"] = ["ours", {"é": None}]
    rewritten = json.dumps(data, sort_keys=True)
    assert loy.GammaGammaModel.from_json(rewritten).params_ == model.params_


def test_several_models(model: loy.GammaGammaModel, tmp_path: Path) -> None:
    given = loy.GammaGammaModel.from_params(p=1.0, q=2.0, v=3.0)
    path = tmp_path / "models.json"
    loy.save_models(path, model, given)
    one, two = loy.load_models(path)
    assert (one.params_, two.params_) == (model.params_, given.params_)
    assert np.isnan(two.covariance_).all() and two.time_unit is None
    with pytest.raises(
        loy.LoyaltyError, match=r"^path: .*models\.json must hold one gamma_gamma model to be"
    ) as caught:
        loy.load_model(path, "gamma_gamma")
    assert "but holds 2" in str(caught.value) and str(path) in str(caught.value)
    with pytest.raises(
        loy.LoyaltyError, match=r"^model: must be one of .*'bgnbd', .*'gamma_gamma', .*or None, not 'bgndb'"
    ):
        loy.load_model(path, "bgndb")
    with pytest.raises(loy.LoyaltyError, match=r"^text: must hold one GammaGammaModel, but holds 2"):
        loy.GammaGammaModel.from_json(path.read_text())
    assert from_json(to_json()) == []


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("", "ERR_FORMAT", 0),
        ("{\"format\": \"loyalty-model\", \"version\": 3, \"models\": []}", "ERR_VERSION", 39),
        ("[1]", "ERR_FORMAT", 0),
        ("{\"a\": tru}", "ERR_FORMAT", 6),
    ],
)  # fmt: skip
def test_faults_name_the_byte(text: str, code: str, at: int) -> None:
    with pytest.raises(loy.LoyaltyError) as caught:
        from_json(text)
    assert (caught.value.code, caught.value.argument, caught.value.index) == (code, "text", at)


def test_a_bad_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "cut short.json"
    path.write_text('{"format": "loyalty-model", ')
    for read in (loy.load_model, loy.load_models):
        with pytest.raises(
            loy.LoyaltyError, match=r"^path: .*cut short\.json, byte 28: must be a string here"
        ) as caught:
            read(path)
        assert (caught.value.code, caught.value.argument, caught.value.index) == ("ERR_FORMAT", "path", None)
    with pytest.raises(FileNotFoundError, match=r"nowhere\.json"):
        loy.load_model(tmp_path / "nowhere.json")


def test_an_edited_number_is_noticed(model: loy.GammaGammaModel) -> None:
    data = json.loads(model.to_json())
    data["models"][0]["parameters"]["p"]["decimal"] *= 1.001
    with pytest.raises(loy.LoyaltyError, match=r"the decimal and the hex form disagree"):
        from_json(json.dumps(data))


def test_nothing_half_written(model: loy.GammaGammaModel, tmp_path: Path) -> None:
    with pytest.raises(OSError):
        loy.save_models(tmp_path / "missing" / "model.json", model)
    with pytest.raises(loy.StateError):
        loy.save_models(tmp_path / "model.json", loy.GammaGammaModel())
    assert list(tmp_path.iterdir()) == []
