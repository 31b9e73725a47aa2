"""Run every accuracy check on many points and write docs/accuracy.md.

python tests/accuracy/report.py [--points N] [--output FILE] [--only NAME ...]

--only writes the sections of the modules <wing>_<name>.py named and keeps the others as they are in FILE. Exits with 1
when a check exceeds its bound; the table is written all the same.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from pathlib import Path

import numpy as np
import peers
from harness import ROOT, Outcome, Section, compile_evaluator, machine, measure, sections

HEAD = """# Accuracy

Measured, not estimated: each function is evaluated at random doubles of its domain, crowded where the method changes or
the function is difficult, and compared with an arbitrary-precision library whose own error is bounded (Arb, through
python-flint; mpmath) at those exact doubles. An ulp is the distance between neighbouring doubles at the true value;
0.5 ulp is the best possible. A relative error is relative to the true value, or where that is zero or badly conditioned
to the scale that the check's source (`tests/accuracy`) names. Any point beyond the bound fails the run. Where
lifetimes 0.11.3 has the same quantity, its answers at the same points, measured in the same way, stand below ours.

Written by `make accuracy` ({machine}); a few hundred of the same points run with every `make test`.
"""


def row(outcome: Outcome) -> str:
    check = outcome.check
    worst_at = ", ".join(f"{value:.6g}" for value in outcome.worst_arguments[:16])
    if len(outcome.worst_arguments) > 16:
        worst_at = f"{len(outcome.worst_arguments)} numbers"
    unit = " ulp" if check.unit == "ulp" else ""
    return (
        f"| `{check.name}` | {check.domain} | {len(outcome.errors)} | {outcome.median:.2g}{unit} "
        f"| {outcome.worst:.3g}{unit} | {worst_at} | {check.bound:g}{unit} |"
    )


def number(value: float) -> str:
    return "-" if np.isnan(value) else f"{value:.2g}"


def share(count: int, points: int) -> str:
    percent = 100 * count / points
    return "< 0.1 %" if 0 < percent < 0.1 else f"{percent:.1f} %"


def spread(errors: np.ndarray) -> list[str]:
    """Median, 99 % and worst."""
    return [number(float(np.quantile(errors, q))) if len(errors) else "-" for q in (0.5, 0.99, 1)]


def comparison(outcomes: list[Outcome]) -> list[str]:
    """The table of those outcomes that have a rival's errors."""
    lines = []
    for outcome in outcomes:
        if outcome.rival is None:
            continue
        finite = outcome.rival[np.isfinite(outcome.rival)]
        points = len(outcome.rival)
        lost, far = share(points - len(finite), points), share(int(np.sum(finite > 1e-6)), points)
        ours, theirs = " | ".join(spread(outcome.errors)), " | ".join(spread(finite))
        lines.append(f"| `{outcome.check.name}` | {points} | {ours} | {lost} | {theirs} | {far} |")
    if not lines:
        return []
    return [
        "lifetimes at the same points; its quantiles are of the answers that are numbers:",
        "",
        "| function | points | our median | 99 % | worst | lifetimes: NaN or infinite | median | 99 % | worst "
        "| beyond 1e-6 |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
        *lines,
        "",
    ]


def write(section: Section, program: Path, points: int, failures: list[str]) -> str:
    """Measure a section's checks; its part of the page."""
    lines = [
        f"## {section.title}",
        "",
        "| function | domain | points | median error | worst | worst at | bound |",
        "|---|---|--:|--:|--:|---|--:|",
    ]
    outcomes = []
    for check in section.checks:
        start = time.perf_counter()
        rival = peers.answers if check.name in peers.CALLS and not peers.missing() else None
        outcome = measure(program, check, points, rival=rival)
        outcomes.append(outcome)
        lines.append(row(outcome))
        failure = outcome.failure()
        if failure:
            failures.append(failure)
        seconds = time.perf_counter() - start
        print(f"{check.name:28} worst {outcome.worst:9.3g} {check.unit:8} {seconds:6.1f} s", flush=True)
    return "\n".join([*lines, "", *comparison(outcomes)])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=20000, help="arguments for each function (default 20000)")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "accuracy.md")
    parser.add_argument("--only", nargs="+", help="the modules to measure, for example btyd_pnbd")
    options = parser.parse_args()
    if peers.missing():
        print(f"lifetimes is left out: there is no {peers.PYTHON}; .ci/setup peers makes it")
    found = sections()
    program = compile_evaluator(found)
    written = {}
    if options.only:
        parts = re.split(r"^(?=## )", options.output.read_text(), flags=re.MULTILINE)
        written = {part.splitlines()[0]: part for part in parts[1:]}
    failures: list[str] = []
    for section in found:
        if not options.only or section.name in options.only:
            written[f"## {section.title}"] = write(section, program, options.points, failures)
    page = [HEAD.format(machine=machine())]
    page += [
        written[f"## {section.title}"].rstrip("\n") + "\n" for section in found if f"## {section.title}" in written
    ]
    options.output.write_text("\n".join(page))
    print(f"wrote {options.output}")
    for failure in failures:
        print(f"FAILED {failure}", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
