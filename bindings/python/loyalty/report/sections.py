"""The ten sections in order: the first look, the list of calls and the account of the making; the others beside."""

from __future__ import annotations

import shlex

import loyalty as loy

from .html import below, flag, paragraph, section, table, term, text, tile
from .numbers import Numbers
from .people import VALUABLE_SHARE, Call
from .position import STAGE_WORDS, STAGES
from .sections_attitude import (
    competition_sentence,
    how_satisfaction_becomes_loyalty,
    what_do_they_say,
    where_do_they_stand,
)
from .sections_purchases import what_are_they_worth, what_was_read, who_is_still_here, will_they_come_back
from .settings import Settings
from .words import between, count, day, join, money, percent, plural, points, rate, span


def all_sections(numbers: Numbers) -> list[tuple[str, str]]:
    """(title, html) in the order of the report."""
    return [
        ("In one look", in_one_look(numbers)),
        ("What was read", what_was_read(numbers)),
        ("Will they come back?", will_they_come_back(numbers)),
        ("Who is still here?", who_is_still_here(numbers)),
        ("What are they worth?", what_are_they_worth(numbers)),
        ("Where do they stand?", where_do_they_stand(numbers)),
        ("What do they say?", what_do_they_say(numbers)),
        ("How satisfaction becomes loyalty", how_satisfaction_becomes_loyalty(numbers)),
        ("Whom to call first", whom_to_call_first(numbers)),
        ("How it was made", how_it_was_made(numbers)),
    ]


def in_one_look(numbers: Numbers) -> str:
    ahead, log, settings = numbers.ahead, numbers.log, numbers.settings
    currency, words = settings.currency, settings.horizon.words
    total = numbers.summary.height
    once = int((numbers.summary["frequency"] == 0).sum())
    found = numbers.opinion
    rungs = "".join(
        f'<tr><td>{STAGE_WORDS[stage]}</td><td class="n">{percent(share, 1)}</td></tr>'
        for stage in (*reversed(STAGES), "CHURN")
        if (share := numbers.ladder.now.shares.get(stage, 0.0)) > 0
    )
    if found and found.nps and found.nps_interval:
        low, high = found.nps_interval
        origin = flag("Simulated survey.") + " " if numbers.survey and numbers.survey.simulated else ""
        nps = tile(
            "Net Promoter Score",
            points(found.nps.score),
            f"{points(low)} to {points(high)}",
            f"{origin}Promoters (9 or 10 of 10) less detractors (0 to 6), in points of 100; {count(found.nps.n)} "
            "answers.",
        )
    else:
        nps = tile(
            "Net Promoter Score",
            "not asked",
            "",
            "Would customers recommend you? <code>--survey</code> adds the answer.",
        )
    test = numbers.holdout
    tested = ""
    if test is not None:
        good, _ = test.verdict
        tested = (
            "; the model behind this foretold the second part of the log well"
            if good
            else f"; tested on the second part of the log, the model came out {percent(abs(test.bias))} too "
            f"{'low' if test.bias < 0 else 'high'}, as section 3 tells"
        )
    assumed = paragraph(competition_sentence(numbers.competition)) if numbers.competition.source == "assumed" else ""
    simulated = numbers.survey is not None and numbers.survey.simulated and numbers.ladder.with_rank > 0
    told = flag("Partly from the simulated survey.") + " " if simulated else ""
    tiles = [
        tile(
            "Customers",
            count(total),
            "",
            f"made {plural(numbers.purchases, 'purchase')} worth {money(numbers.revenue, currency)} from "
            f"{day(log.first_day)} to {day(log.last_day)}.",
        ),
        tile(
            "Probably still active",
            count(ahead.active.value),
            between(ahead.active),
            "Every customer's chance of still buying, added up."
            + (f" {count(once)} bought once only, and the model cannot judge those." if once else ""),
        ),
        tile(
            f"Expected in the next {words}",
            f"{count(ahead.purchases.value)} <small>purchases</small>",
            between(ahead.purchases),
            f"Revenue {money(ahead.revenue.value, currency)} ({between(ahead.revenue, 'money', currency)}), from "
            "today's customers alone.",
        ),
        tile(
            "Customer equity",
            money(ahead.equity.value, currency),
            between(ahead.equity, "money", currency),
            f"What that revenue is worth today, discounted at {rate(settings.discount_rate)} a year.",
        ),
        nps,
        f'<div class="tile"><h3>Loyalty ladder</h3><table>{rungs}</table>'
        f'<p class="note">{told}The highest rung that the data can show of each customer.</p></div>',
    ]
    return section(
        1,
        "In one look",
        f'<div class="tiles">{"".join(tiles)}</div>',
        paragraph(
            "The numbers in colour are 95 % intervals: if the model is right, the true value lies between them 95 "
            "times out of 100. Amounts are in the currency of the log."
        ),
        assumed,
        means=(
            f"About {percent(ahead.active.value / total)} of the customers are probably still with you and should "
            f"bring about {money(ahead.revenue.value, currency)} over the next {words}; "
            f"{percent(ahead.top_tenth.value)} of their value sits with one customer in ten{tested}."
        ),
    )


def _reason(call: Call) -> str:
    """Why to call, in words."""
    rhythm = span(max(call.usual_gap_days, 1))
    parts = [f"bought {plural(call.purchases, 'time')}, usually every {rhythm}; silent for {span(call.silent_days)}"]
    times = call.silent_days / max(call.usual_gap_days, 1)
    if times >= 2:
        parts.append(f"{times:.1f} times the usual gap")
    if call.satisfaction is not None and call.satisfaction <= 2:
        parts.append(f"dissatisfied ({call.satisfaction} of 5)")
    if call.recommend is not None and call.recommend <= 6:
        parts.append(f"would not recommend us ({call.recommend} of 10)")
    elif call.recommend is not None and call.recommend >= 9:
        parts.append(f"would recommend us ({call.recommend} of 10)")
    return ", ".join(parts)


def whom_to_call_first(numbers: Numbers) -> str:
    currency, chosen = numbers.settings.currency, numbers.calls
    if not chosen:
        nobody = paragraph("No valuable repeat buyer is at risk.")
        return section(9, "Whom to call first", nobody, means="There is nobody to call before the others.")
    digits = 0 if chosen[0].at_risk.value >= 20 else 2
    rows = [
        [
            text(call.customer),
            below(money(call.at_risk.value, currency, digits), between(call.at_risk, "money", currency, digits)),
            money(call.clv, currency, digits),
            below(percent(call.p_alive.value), between(call.p_alive, "percent")),
            text(_reason(call)),
        ]
        for call in chosen
    ]
    sum_risk = sum(call.at_risk.value for call in chosen)
    first = chosen[0]
    simulated = bool(
        numbers.survey
        and numbers.survey.simulated
        and any(c.recommend is not None or c.satisfaction is not None for c in chosen)
    )
    return section(
        9,
        "Whom to call first",
        term(
            "Value at risk",
            "CLV times the chance of having left, 1 - P(alive), among the valuable: repeat buyers who would be in "
            f"the top {percent(VALUABLE_SHARE)} by CLV if they were surely active. It is largest where much is at "
            "stake and nothing is decided.",
        ),
        table(
            ["Customer", "Value at risk", "CLV", "P(alive)", "Why"],
            rows,
            words=(0, 4),
            caption="Small: 95 % intervals"
            + ("; what a customer says comes from the simulated survey" if simulated else ""),
            kind="calls",
        ),
        means=(
            f"{plural(len(chosen), 'customer holds', 'customers hold')} {money(sum_risk, currency)} of value at risk "
            f"here; start with {text(first.customer)}, silent for {span(first.silent_days)} where "
            f"{span(max(first.usual_gap_days, 1))} is usual."
        ),
    )


def command_line(settings: Settings) -> str:
    """The command that repeats the report, with every option that is not at its default spelled out, and those that
    decide the numbers always."""
    words = ["python", "-m", "loyalty", "report", "--transactions", str(settings.transactions)]
    if settings.survey is not None:
        words += ["--survey", str(settings.survey)]
    if settings.competition is not None:
        words += ["--competition", repr(settings.competition)]
    if settings.shares is not None:
        words += ["--shares", ",".join(repr(share) for share in settings.shares)]
    words += ["--horizon", settings.horizon.text, "--discount-rate", repr(settings.discount_rate)]
    if settings.holdout_start is not None:
        words += ["--holdout-start", settings.holdout_start.isoformat()]
    log = settings.log
    for option, value in (
        ("--customer-col", log.customer_col),
        ("--date-col", log.date_col),
        ("--amount-col", log.amount_col),
        ("--date-format", log.date_format),
        ("--survey-customer-col", settings.survey_customer_col),
    ):
        if value is not None:
            words += [option, value]
    words += ["--decimals", str(log.decimals), "--time-unit", settings.time_unit]
    words += ["--draws", str(settings.draws), "--seed", str(settings.seed)]
    if settings.currency:
        words += ["--currency", settings.currency]
    if log.skip_bad_rows:
        words.append("--skip-bad-rows")
    if log.drop_duplicates:
        words.append("--drop-duplicates")
    return shlex.join(words)


def how_it_was_made(numbers: Numbers) -> str:
    settings = numbers.settings
    assumptions = [
        "Customers buy at a steady rate while active, and once they have left they do not return; there is no "
        "season, campaign or trend.",
        "What a customer spends has nothing to do with how often they buy.",
        "Purchases of a customer on one day are one purchase. The first purchase makes the customer and is not a "
        "repeat purchase; its amount is left out of the spend model.",
        f"Intervals of sums: {settings.draws} draws (seed {settings.seed}) of the logarithms of the parameters from "
        "their fitted covariance; where a count is predicted, with the chance of single customers on top (binomial "
        "for who is active, Poisson around each customer's own rate for purchases). The interval of customer equity "
        "has no such chance in it: it is a value, not a count.",
        "In a large log the draws are evaluated on a part of the customers, the most valuable half of it in full, "
        "and scaled to all.",
        "Value is revenue, before costs.",
    ]
    if numbers.curve is not None:
        assumptions.append(
            "The curve from satisfaction to loyalty has its standard parameters, and answers stay as they are for a "
            "year."
        )
    references = [
        "Fader, Hardie & Lee 2005: “Counting Your Customers” the Easy Way, Marketing Science 24(2), 275-284 (BG/NBD).",
        "Fader, Hardie & Lee 2005: RFM and CLV, Journal of Marketing Research 42(4), 415-430 (Gamma-Gamma, CLV).",
        "Jones & Sasser 1995: Why Satisfied Customers Defect, Harvard Business Review 73(6), 88-99 (satisfaction, "
        "competition and loyalty).",
        "Reichheld 2003: The One Number You Need to Grow, Harvard Business Review 81(12), 46-54 (NPS).",
        "Rocks 2016: Interval Estimation for the Net Promoter Score, The American Statistician 70(4), 365-372.",
        "Gupta & Lehmann 2005: Managing Customers as Investments (the value of a customer who stays with a given "
        "probability).",
        "Raphel & Raphel 1995: Up the Loyalty Ladder.",
    ]
    notes = numbers.warnings
    return section(
        10,
        "How it was made",
        paragraph(f"Made with libloyalty {text(loy.__version__)}. To repeat it exactly:"),
        f"<pre><code>{text(command_line(settings))}</code></pre>",
        paragraph(
            "Beside this page stand <code>customers.csv</code>, one row per customer with every number at full "
            "precision, and <code>model.json</code>, the fitted models for Python, C and Lua."
        ),
        "<h3>Assumptions</h3>",
        "<ul>" + "".join(f"<li>{text(line)}</li>" for line in assumptions) + "</ul>",
        "<h3>Warnings raised</h3>",
        "<ul>" + "".join(f"<li>{text(note)}</li>" for note in notes) + "</ul>" if notes else paragraph("None."),
        "<h3>References</h3>",
        "<ul>" + "".join(f"<li>{text(line)}</li>" for line in references) + "</ul>",
        paragraph("Net Promoter, Net Promoter Score and NPS are registered marks of their owners."),
        means=_made_of(numbers),
    )


def _made_of(numbers: Numbers) -> str:
    doubts = []
    if numbers.holdout is None:
        doubts.append("the model could not be tested")
    elif not numbers.holdout.verdict[0]:
        doubts.append("the test in section 3 failed")
    if numbers.spend is None:
        doubts.append("there is no model of spend")
    if numbers.warnings:
        doubts.append(plural(len(numbers.warnings), "warning was", "warnings were") + " raised")
    if numbers.survey is not None and numbers.survey.simulated:
        doubts.append("the survey is simulated")
    if not doubts:
        return "The numbers can be repeated exactly, and no check gave cause for doubt."
    return f"The numbers can be repeated exactly; keep in mind that {join(doubts)}."
