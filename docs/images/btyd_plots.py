"""Draws docs/images/btyd_*.png from the CDNOW sample. Run from the project's root."""

from __future__ import annotations

from typing import Any

import pandas as pd

import loyalty as loy

plots = loy.btyd.plots
log = pd.read_csv("examples/data/cdnow.csv", dtype={"customer_id": str})
train_end = "1997-09-30"
rfm = loy.rfm_train_test_split(log, time_unit="W", train_period_end=train_end, test_period_end="1998-06-30")
model = loy.BetaGeoModel(time_unit="W").fit(rfm)
spend = loy.GammaGammaModel().fit(rfm[(rfm["frequency"] > 0) & (rfm["monetary_value"] > 0)])
frequent = rfm.sort_values("frequency", kind="stable").iloc[-40]["customer_id"]
pictures: dict[str, Any] = {
    "tracking": plots.plot_tracking(model, log, train_period_end=train_end, test_period_end="1998-06-30"),
    "alive_matrix": plots.plot_probability_alive_matrix(model, rfm),
    "frequency": plots.plot_period_transactions(model, rfm),
    "holdout": plots.plot_calibration_purchases_vs_holdout_purchases(model, rfm),
    "history": plots.plot_history_alive(model, log[log["customer_id"] == frequent]["date"], "1998-06-30"),
    "spend": plots.plot_spend_density(spend, rfm[rfm["monetary_value"] > 0]),
}
for name, axes in pictures.items():
    axes.figure.savefig(f"docs/images/btyd_{name}.png", dpi=80, metadata={"Software": None})
