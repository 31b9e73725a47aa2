"""Draws docs/images/ladder_flow.png and ladder_shares.png from a simulated panel. Run from the project's root."""

from __future__ import annotations

import matplotlib

matplotlib.use("agg")

import numpy as np

import loyalty as loy

rng = np.random.default_rng(11)
STAGES = loy.ladder.STAGES
P = np.array(
    [
        [0.70, 0.22, 0.06, 0.02, 0, 0], [0.08, 0.60, 0.22, 0.06, 0.02, 0.02], [0.03, 0.12, 0.52, 0.22, 0.06, 0.05],
        [0, 0.04, 0.12, 0.56, 0.22, 0.06], [0, 0.01, 0.03, 0.10, 0.82, 0.04], [0, 0, 0, 0, 0, 1],
    ]
)  # fmt: skip
customers, months = 3000, 8
at = rng.choice(6, customers, p=[0.5, 0.25, 0.15, 0.07, 0.03, 0])
panel: dict[str, list[object]] = {"customer_id": [], "time": [], "stage": []}
for month in range(months):
    panel["customer_id"] += range(customers)
    panel["time"] += [np.datetime64(f"2026-{month + 1:02d}-01")] * customers
    panel["stage"] += [STAGES[k] for k in at]
    at = (rng.random(customers)[:, None] > np.cumsum(P, axis=1)[at]).sum(1).clip(0, 5)
table = {name: np.array(column) for name, column in panel.items()}
chain = loy.LoyaltyLadder(STAGES, absorbing=["churn"]).fit(table, step="M")
pictures = {"ladder_flow": chain.plot_flow(), "ladder_shares": chain.plot_shares(table, step="M", periods=10)}
for name, axes in pictures.items():
    axes.figure.savefig(f"docs/images/{name}.png", dpi=80, metadata={"Software": None})
