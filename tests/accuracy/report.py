"""Run every accuracy check on many points and write docs/accuracy.md.

python tests/accuracy/report.py [--points N] [--output FILE]

Exits with 1 when a check exceeds its bound; the table is written all the same.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from harness import ROOT, Outcome, compile_evaluator, machine, measure, sections

HEAD = """# Accuracy

Measured, not estimated: each function is evaluated at random doubles of its domain, crowded where the method changes or
the function is difficult, and compared with an arbitrary-precision library whose own error is bounded (Arb, through
python-flint; mpmath) at those exact doubles. An ulp is the distance between neighbouring doubles at the true value;
0.5 ulp is the best possible. A relative error is relative to the true value, or where that is zero or badly conditioned
to the scale that the check's source (`tests/accuracy`) names. Any point beyond the bound fails the run.

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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=20000, help="arguments for each function (default 20000)")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "accuracy.md")
    options = parser.parse_args()
    found = sections()
    program = compile_evaluator(found)
    lines = [HEAD.format(machine=machine())]
    failures = []
    for section in found:
        lines += [
            f"## {section.title}",
            "",
            "| function | domain | points | median error | worst | worst at | bound |",
            "|---|---|--:|--:|--:|---|--:|",
        ]
        for check in section.checks:
            start = time.perf_counter()
            outcome = measure(program, check, options.points)
            lines.append(row(outcome))
            failure = outcome.failure()
            if failure:
                failures.append(failure)
            seconds = time.perf_counter() - start
            print(f"{check.name:28} worst {outcome.worst:9.3g} {check.unit:8} {seconds:6.1f} s", flush=True)
        lines.append("")
    options.output.write_text("\n".join(lines))
    print(f"wrote {options.output}")
    for failure in failures:
        print(f"FAILED {failure}", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
