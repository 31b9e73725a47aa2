"""Draws docs/images/curve.png: a fitted curve with the answers behind it. Run from the project's root."""

from __future__ import annotations

import matplotlib

matplotlib.use("agg")

import numpy as np

import loyalty as loy

rng = np.random.default_rng(7)
n = 3000
s = rng.choice([0.1, 0.3, 0.5, 0.7, 0.9], n, p=[0.1, 0.15, 0.25, 0.3, 0.2])
c = rng.choice([0.2, 0.6, 0.9], n)
loyal = (rng.random(n) < loy.LoyaltyCurve(beta=1.4, a=0.3).loyalty(s, c)).astype(float)
axes = loy.LoyaltyCurve().fit(s, c, loyal).plot(satisfaction=s, competition=c, loyal=loyal)
axes.figure.savefig("docs/images/curve.png", dpi=80, metadata={"Software": None})
