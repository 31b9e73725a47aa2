"""The fixed rules of Pareto/NBD (pareto_integral-inl.h) along the edges of their range, against composite rules."""

from __future__ import annotations

import numpy as np
import pytest

import loyalty as loy

# Longest range of tau and largest decay, and points just beyond them, where another rule takes over.
EDGES = [(0.75, 4), (1, 2.5), (1.25, 7), (1.5, 4.5), (1.5, 12), (2, 7.5), (2.5, 24), (3, 15), (4, 60)]
NODES, WEIGHTS = np.polynomial.legendre.leggauss(32)


def integral(integrand: np.ufunc | object, length: float, panels: int = 8) -> float:
    tau = length * (np.arange(panels)[:, None] + (NODES + 1) / 2) / panels
    return float((integrand(tau) * WEIGHTS).sum() * length / (2 * panels))  # type: ignore[operator]


@pytest.mark.parametrize(("length", "decay"), EDGES)
@pytest.mark.parametrize("beyond", [0.3, 0.9999, 1.0001])
def test_edges(length: float, decay: float, beyond: float) -> None:
    for alpha, beta in [(1, 1), (1, 1.3), (1, 7), (1, 3000), (1.3, 1), (7, 1), (3000, 1)]:
        span = min(alpha, beta) * np.expm1(length * min(beyond, 1.0))
        by_rate, by_life = np.log1p(span / alpha), np.log1p(span / beta)
        for part in (0.02, 0.3, 0.7, 0.98):
            r, s = part * decay * beyond / by_rate, (1 - part) * decay * beyond / by_life
            if max(r, s) > 1e9:
                continue
            first = min(alpha, beta)

            def integrand(tau: np.ndarray) -> np.ndarray:
                v = first * np.expm1(tau)  # noqa: B023
                return np.exp(-r * np.log1p(v / alpha) - (s + 1) * np.log1p(v / beta)) * (first + v)  # noqa: B023

            odds = s / beta * integral(integrand, np.log1p(span / first)) * np.exp(r * by_rate + s * by_life)
            model = loy.ParetoNBDModel.from_params(r=r, alpha=alpha, s=s, beta=beta)
            alive = model.expected_probability_alive(frequency=0, recency=0, T=span)
            assert alive == pytest.approx(1 / (1 + odds), rel=1e-13 + 2e-15 * decay)
            # The mean time with a discount, of one who is alive now.
            delta = part * decay * beyond / span
            if delta * span > 44:
                continue

            def discounted(tau: np.ndarray) -> np.ndarray:
                v = beta * np.expm1(tau)  # noqa: B023
                return np.exp(-delta * v - s * np.log1p(v / beta)) * (beta + v)  # noqa: B023

            mean = r / alpha * integral(discounted, by_life)
            answer = model.discounted_expected_purchases(
                frequency=0, recency=0, T=0, discount_rate=np.expm1(delta), discount_period="unit", horizon=span
            )
            assert answer == pytest.approx(mean, rel=1e-13 + 4e-15 * decay)
