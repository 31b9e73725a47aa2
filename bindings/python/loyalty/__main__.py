"""``python -m loyalty``: prints help; ``python -m loyalty report`` makes the loyalty report."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from . import __version__
from .report import command


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m loyalty", description="The numerics of customer loyalty.")
    parser.add_argument("--version", action="version", version=f"loyalty {__version__}")
    jobs = parser.add_subparsers(title="jobs", metavar="JOB")
    report = jobs.add_parser(
        "report", help="from a purchase log and a survey to a loyalty report", description=command.DESCRIPTION
    )
    command.add_arguments(report)
    report.set_defaults(run=command.run)
    given = parser.parse_args(arguments)
    if not hasattr(given, "run"):
        parser.print_help()
        return 0
    return int(given.run(given))


if __name__ == "__main__":
    sys.exit(main())
