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
customer = rfm.sort_values("frequency").iloc[-40]["customer_id"]
dates = log[log["customer_id"] == customer]["date"]
pictures: dict[str, Any] = {
    "tracking": plots.plot_tracking(model, log, train_period_end=train_end, test_period_end="1998-06-30"),
    "tracking_steps": plots.plot_incremental_transactions(
        model, log, train_period_end=train_end, test_period_end="1998-06-30"
    ),
    "alive_matrix": plots.plot_probability_alive_matrix(model, rfm),
    "purchase_matrix": plots.plot_frequency_recency_matrix(model, rfm, 39),
    "frequency": plots.plot_period_transactions(model, rfm),
    "holdout": plots.plot_calibration_purchases_vs_holdout_purchases(model, rfm),
    "holdout_recency": plots.plot_calibration_purchases_vs_holdout_purchases(model, rfm, "recency"),
    "rates": plots.plot_transaction_rate_heterogeneity(model),
    "dropout": plots.plot_dropout_rate_heterogeneity(model),
    "history": plots.plot_history_alive(model, dates, "1998-06-30"),
    "spend": plots.plot_spend_density(spend, rfm[rfm["monetary_value"] > 0]),
    "pmf": plots.plot_pmf(model, 52),
    "new": plots.plot_expected_repeat_purchases(model, 104),
}
for name, axes in pictures.items():
    axes.figure.savefig(f"docs/images/btyd_{name}.png", dpi=80, metadata={"Software": None})
