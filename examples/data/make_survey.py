"""Makes survey.csv: a survey of the CDNOW customers that never took place.

Every answer is drawn here from a seeded generator, so that the report has something to show. No customer of CDNOW gave
any of them. Run in this folder: `python make_survey.py` writes survey.csv, the same bytes each time.

How an answer comes about. A customer has k acceptable suppliers, so a competition C = 1 - 1/k. What the log shows of
the customer (repeat purchases, time since the last one) gives a loyalty L between 0 and 1. The curve L = f(C, S) with
its default parameters (alpha 0, beta 1, gamma 1, a 1/2, delta 0) is solved for the satisfaction S that goes with that
loyalty; its log-odds are drawn towards the mild satisfaction that surveys show, noise is added, and S is cut into the
answers 1 to 5. The willingness to recommend follows S with noise of its own. Recent buyers answer more often than
others, and some answers are left blank.
"""

from __future__ import annotations

import csv
import math
import random
from datetime import date
from pathlib import Path

SEED = 19970101
END = date(1998, 6, 30)
HERE = Path(__file__).resolve().parent


def purchases(path: Path) -> dict[str, list[date]]:
    """The distinct purchase days of every customer, ascending, customers in id order."""
    days: dict[str, set[date]] = {}
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            days.setdefault(row["customer_id"], set()).add(date.fromisoformat(row["date"]))
    return {customer: sorted(days[customer]) for customer in sorted(days)}


def logistic(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x))


def logit(p: float) -> float:
    return math.log(p / (1.0 - p))


def satisfaction_for(loyalty: float, competition: float) -> float:
    """The curve solved for S: L = 1 - sqrt(C) (1 - g), logit g = logit S - logit C; g is kept within 0.02 and 0.98."""
    free_choice = 1.0 - (1.0 - loyalty) / math.sqrt(competition)
    if free_choice <= 0.02:
        free_choice = 0.02
    return logistic(logit(min(free_choice, 0.98)) + logit(competition))


def between(value: float, low: int, high: int) -> int:
    return max(low, min(high, math.floor(value)))


def main() -> None:
    draw = random.Random(SEED)
    rows = []
    for customer, days in purchases(HERE / "cdnow.csv").items():
        repeats = len(days) - 1
        silent_weeks = (END - days[-1]).days / 7
        # Six draws per customer, whether used or not: an answer does not depend on who else answered.
        chance, suppliers, noise, warmth, blank_recommend, blank_suppliers = (
            draw.random(),
            draw.random(),
            draw.gauss(0, 1),
            draw.gauss(0, 1),
            draw.random(),
            draw.random(),
        )
        if chance > 0.25 + 0.35 * math.exp(-silent_weeks / 26):
            continue
        k = 1 + sum(suppliers > cut for cut in (0.06, 0.36, 0.70, 0.88, 0.96))
        competition = 1.0 - 1.0 / k if k > 1 else 0.05
        loyalty = logistic(-0.2 + 0.6 * math.log1p(repeats) - silent_weeks / 80)
        satisfaction = logistic(0.9 + 0.4 * logit(satisfaction_for(loyalty, competition)) + 0.8 * noise)
        level = between(1 + 5 * satisfaction, 1, 5)
        recommend = between(0.5 + 10.5 * logistic(0.75 * logit(satisfaction) + 0.9 + 0.6 * warmth), 0, 10)
        rows.append(
            (
                customer,
                "" if blank_recommend < 0.03 else recommend,
                level,
                "" if blank_suppliers < 0.08 else k,
                "simulated",
            )
        )
    with (HERE / "survey.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("customer_id", "recommend", "satisfaction", "alternatives", "source"))
        writer.writerows(rows)


if __name__ == "__main__":
    main()
