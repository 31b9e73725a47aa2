"""How often the tests of Net Promoter Scores reject a true null hypothesis, at small n.

    python tests/simulation/survey_nps_tests.py [--replications N]

Writes the table of docs/survey/nps_tests.md. The populations are named by their shares of promoters, passives and
detractors; a test of size 5 percent should reject 5 percent of the samples.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np

from loyalty import LoyaltyError, nps_from_counts, survey

PAGE = Path(__file__).parents[2] / "docs/survey/nps_tests.md"
POPULATIONS = {"50/30/20": (0.5, 0.3, 0.2), "80/15/5": (0.8, 0.15, 0.05)}
SIZES = (10, 30, 100)


def rate(test: Callable[[], float], replications: int) -> str:
    """Rejections at 5 percent. A sample without an answer (all alike, Wald) is no rejection."""
    found = 0
    for _ in range(replications):
        try:
            found += test() < 0.05
        except LoyaltyError as error:
            if error.code != "ERR_TOO_FEW":
                raise
    return f"{100 * found / replications:.1f}"


def table(replications: int, seed: int = 1) -> str:
    rng = np.random.default_rng(seed)
    head = ["population", "n", "benchmark adjusted", "benchmark score", "two Wald", "two adjusted", "permutation",
            "4 groups"]  # fmt: skip
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for name, shares in POPULATIONS.items():
        m0 = shares[0] - shares[2]
        for n in SIZES:

            def draw(n: int = n, shares: tuple[float, ...] = shares) -> survey.NPS:
                return nps_from_counts(*(int(k) for k in rng.multinomial(n, shares)))

            tests: list[Callable[[], float]] = [
                lambda m0=m0: survey.nps_test(draw(), m0).p_value,
                lambda m0=m0: survey.nps_test(draw(), m0, method="score").p_value,
                lambda: survey.nps_compare(draw(), draw(), method="wald").p_value,
                lambda: survey.nps_compare(draw(), draw()).p_value,
                lambda: survey.nps_permutation_test(draw(), draw())[1],
                lambda: survey.nps_groups({i: draw() for i in range(4)}).p_value,
            ]
            lines.append("| " + " | ".join([name, str(n), *(rate(test, replications) for test in tests)]) + " |")
    return "\n".join(lines)


def write(text: str, page: Path = PAGE, name: str = "nps-tests") -> None:
    """Put the text between the markers of this name."""
    begin, end = f"<!-- begin: {name} -->", f"<!-- end: {name} -->"
    body = page.read_text(encoding="utf-8")
    if begin not in body:
        raise SystemExit(f"{page}: no marker {begin}")
    page.write_text(re.sub(f"{begin}.*?{end}", f"{begin}\n{text}\n{end}", body, flags=re.S), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=10_000)
    count = parser.parse_args().replications
    write(f"Percent rejected at 5 percent, {count} samples each.\n\n{table(count)}")
