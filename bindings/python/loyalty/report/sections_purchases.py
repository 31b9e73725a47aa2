"""Sections 2 to 5 of the report: what was read, the model and its test, who is here, what they are worth."""

from __future__ import annotations

import math
from datetime import timedelta

import numpy as np

from . import pictures
from .forecast import Fitted, percentile_interval
from .html import below, facts, flag, pair, paragraph, section, shown, table, term, text, warning
from .numbers import Numbers
from .words import between, count, day, money, number, percent, plural, rate

PARAMETER_WORDS = {
    "r": "how alike customers are in their rate of buying (small: very different)",
    "alpha": "with r, how fast they buy: the mean rate is r / alpha per {unit}",
    "a": "with b, how likely a customer leaves after a purchase: the mean is a / (a + b)",
    "b": "see a",
    "p": "how alike the purchases of one customer are in amount",
    "q": "how alike customers are in what they spend",
    "v": "with p and q, the level of spend: the mean is p v / (q - 1)",
}
STATUS_WORDS = {
    "NOTICE_AT_BOUND": "a parameter ran to the edge of its range",
    "NOTICE_WEAK_ID": "the data hardly tell some parameters apart",
    "NOTICE_NOT_CONVERGED": "the search stopped before its certificate held",
}


def what_was_read(numbers: Numbers) -> str:
    log, settings, survey = numbers.log, numbers.settings, numbers.survey
    days = (log.last_day - log.first_day).days + 1
    decimals = settings.log.decimals
    rows: list[tuple[str, str]] = [
        (
            "Purchase log",
            f"{text(log.name)}: customer from {_named(log.columns[0])}, date from {_named(log.columns[1])}, amount "
            f"from {_named(log.columns[2])}",
        ),
        ("Rows", count(log.rows_read) + (f", with {plural(log.blank_lines, 'blank line')}" if log.blank_lines else "")),
        ("Period", f"{day(log.first_day)} to {day(log.last_day)}, {count(days)} days"),
        (
            "Customers",
            f"{count(numbers.summary.height)}; ids are "
            + ("numbers" if log.ids.dtype.is_integer() else "text and sorted as text"),
        ),
        (
            "Unit of time",
            f"the {settings.unit_name}, counted exactly in days / {settings.unit_days:g}; "
            + ("times of day are read and left aside" if log.with_times else "the log has days, no times of day"),
        ),
        (
            "Amounts",
            f"kept exactly with {plural(decimals, 'decimal')}, in the currency of the log; "
            f"{money(numbers.revenue, settings.currency)} in all",
        ),
        (
            "Same day",
            f"{plural(numbers.merged, 'row')} joined an earlier purchase of the same customer on the same day: "
            f"{count(numbers.purchases)} purchases remain, amounts added up",
        ),
        ("Equal rows", _duplicates(numbers)),
        ("Rejected", _rejected(numbers)),
        ("Negative amounts", _refunds(numbers)),
    ]
    if log.zero_amounts:
        rows.append(("Amounts of zero", f"{plural(log.zero_amounts, 'row')}: counted as purchases that cost nothing"))
    if survey is not None:
        outside = (
            f"; {plural(survey.unknown_customers, 'respondent')} not in the log count for section 7 only"
            if survey.unknown_customers
            else "; all are in the log"
        )
        origin = " " + flag("Its answers are simulated; nobody gave them.") if survey.simulated else ""
        rows.append(("Survey", f"{text(survey.name)}: {plural(survey.rows_read, 'respondent')}{outside}.{origin}"))
    listed = ""
    if log.rejected:
        listed = table(
            ["Where", "Why"],
            [[text(row.place), text(row.reason)] for row in log.rejected],
            words=(0, 1),
            caption=f"The first {len(log.rejected)} of {plural(log.rejected_count, 'rejected row')}",
        )
    used = log.rows_read - log.blank_lines - log.rejected_count
    all_used = log.rejected_count == 0 and log.return_days == 0
    return section(
        2,
        "What was read",
        facts(rows),
        listed,
        means=(
            f"All {count(used)} rows count: nothing was left out."
            if all_used
            else f"{percent(used / max(log.rows_read - log.blank_lines, 1), 1)} of the rows could be read; what "
            "became of the others stands above."
        ),
    )


def _named(column: str) -> str:
    return f"<q>{text(column)}</q>"


def _duplicates(numbers: Numbers) -> str:
    log = numbers.log
    if not log.duplicates:
        return "none: no row is an exact copy of another"
    if log.duplicates_dropped:
        return f"{plural(log.duplicates, 'exact copy', 'exact copies')} of another row left out (--drop-duplicates)"
    return (
        f"{plural(log.duplicates, 'exact copy', 'exact copies')} of another row, kept: their amounts count. If they "
        "are bookings entered twice, --drop-duplicates leaves them out"
    )


def _rejected(numbers: Numbers) -> str:
    log = numbers.log
    return f"{plural(log.rejected_count, 'row')} (--skip-bad-rows), see below" if log.rejected_count else "none"


def _refunds(numbers: Numbers) -> str:
    log = numbers.log
    rule = "a negative amount is taken off the customer's purchases of the same day"
    if not log.refunds:
        return f"none; the rule is that {rule}"
    lost = (
        f"; {plural(log.refund_only_customers, 'customer')} with nothing else left out"
        if log.refund_only_customers
        else ""
    )
    returns = (
        f"; {plural(log.return_days, 'day')} of a customer ended below zero: a return, not a purchase, and not counted"
        if log.return_days
        else ""
    )
    total = money(-log.refunded, numbers.settings.currency)
    return f"{plural(log.refunds, 'row')}, together {total}: {rule}{returns}{lost}"


def _certificate(fit: Fitted) -> str:
    if fit.converged and fit.status in ("OK", ""):
        return (
            "The fit carries its <b>certificate</b>: at these values the likelihood is level in every direction and "
            "falls off around them, so this is a true best fit."
        )
    return (
        flag(f"The fit lacks its certificate ({text(STATUS_WORDS.get(fit.status, fit.status))}).")
        + " Take what follows as a rough guide."
    )


def _parameters(fits: list[tuple[str, Fitted]], unit: str) -> str:
    """Parameters with their meaning, one column per fit, standard errors below the estimates."""
    rows = []
    for name in fits[0][1].params:
        meaning = PARAMETER_WORDS.get(name, "").format(unit=unit)
        cells = [below(number(fit.params[name], 5), f"&plusmn; {number(fit.std_errors[name], 3)}") for _, fit in fits]
        rows.append([below(f"<i>{name}</i>", meaning), *cells])
    likelihoods = [f"{fit.log_likelihood:,.3f}" for _, fit in fits]
    rows.append([below("log-likelihood", "how well the model fits; only differences mean something"), *likelihoods])
    return table(
        ["Parameter", *[name for name, _ in fits]],
        rows,
        caption="Estimates, with standard errors (&plusmn;)",
        kind="narrow",
    )


def will_they_come_back(numbers: Numbers) -> str:
    test, settings = numbers.holdout, numbers.settings
    unit = settings.unit_name
    model = term(
        "BG/NBD",
        "a model of two habits (Fader, Hardie & Lee 2005): while active, a customer buys at random at an own steady "
        "rate; after each repeat purchase there is an own chance of leaving for good.",
    ) + term(
        "Standard error",
        "by how much an estimate would typically move if other customers of the same kind had been observed.",
    )
    intro = paragraph(
        "The log says who bought and when. A model turns that into what to expect; then it is put to the test."
    )
    if test is None:
        return section(
            3,
            "Will they come back?",
            intro,
            model,
            _parameters([("All data", numbers.fit)], unit),
            paragraph(_certificate(numbers.fit)),
            paragraph(f"<b>No test was possible:</b> {text(numbers.holdout_problem or '')}."),
            means="The model could not be tested on this log, so its forecasts deserve caution.",
        )
    good, advice = test.verdict
    expected, actual = test.expected, test.actual
    bias = test.bias
    direction = "more" if bias < 0 else "less"
    missing = (
        f"{percent(abs(bias), 1)} {'below' if bias < 0 else 'above'} what happened"
        if math.isfinite(bias)
        else "not defined"
    )
    outcome = (
        f"In the holdout customers made <b>{count(actual)}</b> repeat purchases; the model expected "
        f"<b>{count(expected.value)}</b> (95 % of the time {between(expected)}). The forecast is <b>{missing}</b>."
    )
    verdict = (
        "" if good else warning(f"<b>The model misses.</b> Customers bought {direction} than it allows for. {advice}")
    )
    weeks = test.units * settings.unit_days / 7
    return section(
        3,
        "Will they come back?",
        intro,
        model,
        _parameters([("All data", numbers.fit), ("Calibration", test.fit)], unit),
        paragraph(_certificate(numbers.fit if numbers.fit.status != "OK" else test.fit)),
        "<h3>The honest test</h3>",
        term(
            "Calibration and holdout",
            f"the model is fitted on purchases up to {day(test.train_end)} and then predicts the {weeks:.0f} weeks "
            f"after ({day(test.train_end + timedelta(days=1))} to {day(test.test_end)}), which it has not seen.",
        ),
        term(
            "95 % interval",
            "where the number lies 95 times out of 100, if the model is right; the width is the uncertainty.",
        ),
        paragraph(outcome),
        verdict,
        pair(shown(pictures.tracking(test)), shown(pictures.holdout_bins(test))),
        table(
            ["Repeats", "Customers", "Actual", "Expected", "95 % interval"],
            [
                [
                    bin_.label,
                    count(bin_.customers),
                    f"{bin_.actual:.3f}",
                    f"{bin_.expected.value:.3f}",
                    f"{bin_.expected.low:.3f} to {bin_.expected.high:.3f}",
                ]
                for bin_ in test.bins
            ],
            caption="Holdout purchases per customer, by number of repeat purchases in the calibration",
        ),
        paragraph(
            f"{plural(test.left_out_customers, 'customer')} first seen in the holdout took no part in the test."
            if test.left_out_customers
            else ""
        )
        if test.left_out_customers
        else "",
        means=(
            f"The model foretold {percent(expected.value / actual, 0)} of the purchases that came; "
            + (
                "its forecasts can be planned with."
                if good
                else f"read every forecast below as {'cautious' if bias < 0 else 'optimistic'} by about "
                f"{percent(abs(bias))}."
            )
            if actual > 0
            else "Nobody bought in the holdout, so the model could only be wrong."
        ),
    )


def who_is_still_here(numbers: Numbers) -> str:
    ahead = numbers.ahead
    total = numbers.summary.height
    once = int((numbers.summary["frequency"] == 0).sum())
    repeat = (numbers.summary["frequency"] > 0).to_numpy()
    chances = ahead.p_alive[repeat]
    sure, gone = int((chances >= 0.8).sum()), int((chances < 0.2).sum())
    repeat_active = float(chances.sum())
    return section(
        4,
        "Who is still here?",
        term(
            "P(alive)",
            "the chance that a customer is still active, given how often and how lately they bought. Nobody tells a "
            "shop that they have left; silence, set against their own rhythm, has to.",
        ),
        paragraph(
            f"Of {count(total)} customers, <b>{count(ahead.active.value)}</b> are probably still active "
            f"({between(ahead.active)}). Among the {count(len(chances))} repeat buyers, {count(sure)} are active "
            f"almost surely (80 % or more) and {count(gone)} have almost surely left (below 20 %)."
        ),
        pair(shown(pictures.alive_matrix(numbers)), shown(pictures.alive_distribution(numbers))),
        warning(
            f"<b>One-time buyers.</b> {plural(once, 'customer')} ({percent(once / total)}) bought on one day only. "
            "In this model a customer leaves after a repeat purchase or not at all, so each of them counts as "
            f"surely active: {count(ahead.one_time_active)} of the {count(ahead.active.value)}. Their low rate of "
            "buying still shows in the forecasts of purchases and money. MBG/NBD and Pareto/NBD let them leave."
        )
        if once
        else "",
        means=(
            f"Of the customers who ever came back, about {percent(repeat_active / max(len(chances), 1))} are still "
            "with you; "
            + (
                f"on {plural(once, 'one-time buyer')} the model has no verdict, and only a second purchase will tell."
                if once
                else "everybody came back at least once."
            )
        ),
    )


def what_are_they_worth(numbers: Numbers) -> str:
    ahead, settings = numbers.ahead, numbers.settings
    currency, words = settings.currency, settings.horizon.words
    link = numbers.spend_correlation
    spend = numbers.spend
    if spend:
        params = spend.params
        drawn = [draw["p"] * draw["v"] / (draw["q"] - 1) for draw in ahead.spend_sets if draw["q"] > 1]
        mean = percentile_interval(params["p"] * params["v"] / (params["q"] - 1), np.array(drawn or [math.nan]))
        model = (
            term(
                "Gamma-Gamma",
                "a model of spend (Fader, Hardie & Lee 2005): purchases scatter around each customer's own mean; "
                "few purchases of a customer say little, so their mean is drawn towards everybody's.",
            )
            + _parameters([("Estimate", spend)], settings.unit_name)
            + paragraph(
                f"Fitted on {plural(spend.customers, 'repeat buyer')}. {_certificate(spend)} A purchase of a "
                f"customer about whom nothing is known is worth {money(mean.value, currency)} on average "
                f"({between(mean, 'money', currency)})."
            )
        )
    else:
        model = paragraph(
            f"<b>There is no model of spend:</b> {text(numbers.spend_problem or '')}. Every purchase is taken to be "
            f"worth the mean of the log, {money(numbers.flat_spend, currency)}."
        )
    if math.isfinite(link.value):
        judged = (
            "close to none, as the model assumes"
            if abs(link.value) < 0.15
            else "noticeable: frequent buyers spend "
            + ("more" if link.value > 0 else "less")
            + ", which the model ignores"
        )
        check = paragraph(
            "Its check: the correlation of spend and frequency among repeat buyers (0: one says nothing of the "
            f"other; 1 or -1: it says all) is <b>{link.value:.3f}</b> ({link.low:.3f} to {link.high:.3f}), {judged}."
        )
    else:
        check = paragraph("The correlation of spend and frequency cannot be computed: one of them does not vary.")
    if numbers.free_repeaters:
        check += paragraph(
            f"{plural(numbers.free_repeaters, 'repeat buyer')} paid nothing on repeat purchases and took no part in "
            "the model of spend."
        )
    clv = np.sort(ahead.clv)[::-1]
    top = max(1, -(-len(clv) // 10))
    best, middle = float(clv[:top].mean()), float(np.median(clv))
    compared = (
        f", and losing one of them costs as much as losing {count(best / middle)} from the middle"
        if middle > 0 and best / middle >= 1.5
        else ""
    )
    return section(
        5,
        "What are they worth?",
        term(
            "CLV",
            f"customer lifetime value, here within the next {words}: the purchases expected of a customer times the "
            "spend expected for each, discounted to the last day of the log. It is revenue; multiply by your margin "
            "to get profit.",
        ),
        term("Customer equity", "the CLV of all customers together."),
        facts(
            [
                (
                    "Horizon",
                    f"the next {words}, {settings.horizon.within(settings.time_unit):.2f} {settings.unit_name}s from "
                    f"{day(numbers.log.last_day)}; purchases before that day are not counted",
                ),
                (
                    "Discount rate",
                    f"{rate(settings.discount_rate)} a year, effective: money due in a year counts "
                    f"{1 / (1 + settings.discount_rate):.3f} of money now; continuous rate "
                    f"{math.log1p(settings.discount_rate) * settings.unit_days / 365.25:.6f} per {settings.unit_name}",
                ),
                ("Purchases expected", f"{count(ahead.purchases.value)} ({between(ahead.purchases)})"),
                (
                    "Revenue expected",
                    f"{money(ahead.revenue.value, currency)} ({between(ahead.revenue, 'money', currency)}), not "
                    "discounted",
                ),
                (
                    "Customer equity",
                    f"<b>{money(ahead.equity.value, currency)}</b> ({between(ahead.equity, 'money', currency)})",
                ),
                (
                    "Held by the top tenth",
                    f"{percent(ahead.top_tenth.value)} ({between(ahead.top_tenth, 'percent')}), "
                    f"{plural(top, 'customer')} from {money(float(clv[top - 1]), currency)} up",
                ),
            ]
        ),
        pair(shown(pictures.clv_distribution(numbers)), shown(pictures.clv_histogram(numbers))),
        "<h3>What a purchase is worth</h3>",
        model,
        check,
        shown(pictures.spend_check(numbers)) if numbers.repeat_buyers - numbers.free_repeaters > 1 else "",
        means=(
            f"The average customer is worth {money(ahead.equity.value / len(clv), currency)} over the next {words}, "
            f"one of the top tenth {money(best, currency)}: {percent(ahead.top_tenth.value)} of the value sits with "
            f"10\u00a0% of the customers{compared}."
        ),
    )
