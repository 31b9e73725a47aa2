"""Sections 6 to 8 of the report: the ladder, the survey, and the curve from satisfaction to loyalty."""

from __future__ import annotations

from . import pictures
from .html import flag, pair, paragraph, section, shown, table, term, warning
from .numbers import Numbers
from .opinion import Competition
from .position import (
    CHURN_RECENCY_DAYS,
    LOYAL_PURCHASES,
    LOYAL_RECENCY_DAYS,
    STAGE_WORDS,
    STAGES,
    WINDOW_DAYS,
)
from .words import between, count, day, join, money, percent, plural, points, rate

INPUT_WORDS = {
    "purchases": "purchases in the window",
    "recency_days": "the time since the last purchase",
    "share": "our share of their purchases",
    "rank": "our rank among their suppliers",
    "aware": "who knows us",
    "considered": "who considers us",
    "recommendation": "whether they recommend us",
    "previous_stage": "where they stood before",
}


def where_do_they_stand(numbers: Numbers) -> str:
    steps = numbers.ladder
    now, before = steps.now, steps.before
    total = numbers.summary.height
    simulated = bool(numbers.survey and numbers.survey.simulated and steps.with_rank)
    rules = [
        [
            "Loyal",
            f"{LOYAL_PURCHASES} purchases or more in {WINDOW_DAYS} days, the last within {LOYAL_RECENCY_DAYS}, "
            "<b>and</b> first choice or at least half of what they buy",
        ],
        ["Prefers", "first choice among suppliers, or at least half of what they buy"],
        ["Considers", f"bought within {WINDOW_DAYS} days"],
        ["Aware", "bought before, so knows us, but not within that time"],
    ]
    known = (
        f"{plural(steps.with_rank, 'respondent')} said that no other supplier is acceptable: for them we are the "
        "first choice. For everybody else this is unknown."
        if steps.with_rank
        else "It is unknown for everybody here."
    )
    buying = int(now.buying_loyal.sum())
    parts = [
        term(
            "Loyalty ladder",
            "the rungs from a stranger to a loyal customer; a customer stands on the highest whose rule they meet.",
        ),
        table(
            [
                "Rung",
                f"Rule (a customer silent for {CHURN_RECENCY_DAYS} days after having preferred us counts as having "
                "left)",
            ],
            rules,
            words=(0, 1),
        ),
        paragraph(
            "<b>What the log alone cannot know:</b> whether we are a customer's first choice, and what share of "
            f"their purchases we get. The two upper rungs need one of these; a purchase log has neither. {known} The "
            f"rungs below are therefore the least a customer can stand on: {count(buying)} customers "
            f"({percent(buying / total, 1)}) buy often and lately enough to be loyal, if they also prefer us."
        ),
        paragraph(
            f"The rule would also look at {join([INPUT_WORDS[name] for name in now.missing])}: the data do not say."
        )
        if now.missing
        else "",
        shown(pictures.ladder_bars(steps, simulated)),
    ]
    if before and steps.moves:
        stages = [stage for stage in ("CHURN", *STAGES) if any(stage in pair for pair in steps.moves)]
        rows = []
        for old in stages:
            counts = [steps.moves.get((old, new), 0) for new in stages]
            if sum(counts):
                rows.append([STAGE_WORDS[old], *[count(n) if n else "0" for n in counts], count(sum(counts))])
        parts.append(
            table(
                ["From", *[STAGE_WORDS[stage] for stage in stages], "All"],
                rows,
                caption=f"Movement from {day(before.day)} (rows) to {day(now.day)} (columns), in customers"
                + (". What the survey says of a customer is taken to hold at both ends" if steps.with_rank else ""),
            )
        )
    else:
        parts.append(paragraph("There is no earlier date to compare with, so no movement is shown."))
    order = {stage: index for index, stage in enumerate(("CHURN", *STAGES))}
    up = sum(n for (old, new), n in steps.moves.items() if order[new] > order[old])
    down = sum(n for (old, new), n in steps.moves.items() if order[new] < order[old])
    keep = (
        f"{plural(buying, 'customer buys', 'customers buy')} like loyal customers and should be kept"
        if buying
        else "nobody buys as often and as lately as loyal customers do"
    )
    if not steps.with_rank:
        keep += "; ask for the share of purchases or the first choice to learn who is loyal"
    moved = f"{plural(down, 'customer')} stepped down and {count(up)} up since {day(before.day)}; " if before else ""
    means = f"{moved}{keep[0].upper() + keep[1:] if not moved else keep}."
    return section(6, "Where do they stand?", *parts, means=means)


def what_do_they_say(numbers: Numbers) -> str:
    found, survey = numbers.opinion, numbers.survey
    if found is None or survey is None:
        return section(
            7,
            "What do they say?",
            paragraph(
                "No survey was given. <code>--survey SURVEY.csv</code>, with the columns customer_id, recommend (0 "
                "to 10) and satisfaction (1 to 5), adds this section."
            ),
        )
    parts = [
        warning(
            f"{flag('Simulated survey.')} No customer gave these answers; they were drawn at random to show what a "
            "survey adds."
        )
        if survey.simulated
        else "",
        paragraph(
            f"{plural(found.respondents, 'customer')} answered, {percent(found.matched / numbers.summary.height)} of "
            "those in the log."
        ),
    ]
    drawn = []
    says = []
    if found.nps and found.nps_interval:
        low, high = found.nps_interval
        n = found.nps.n
        parts += [
            term(
                "NPS",
                "Net Promoter Score: the share of promoters (9 or 10 of 10 on recommending us) less the share of "
                "detractors (0 to 6), times 100; from -100 to +100.",
            ),
            paragraph(
                f"The NPS is <b>{points(found.nps.score)}</b>, with a 95 % interval of {points(low)} to "
                f"{points(high)} (adjusted Wald), from {count(n)} answers: {percent(found.nps.promoters / n)} "
                f"promoters, {percent(found.nps.passives / n)} passives, {percent(found.nps.detractors / n)} "
                f"detractors. {_left_out(found.recommend_missing)}"
            ),
        ]
        drawn.append(shown(pictures.recommend_bars(found, survey.simulated)))
        sign = (
            "clearly more promoters than detractors"
            if low > 0
            else "clearly more detractors than promoters"
            if high < 0
            else "promoters and detractors too close to tell apart"
        )
        says.append(sign)
    else:
        parts.append(
            paragraph(
                "The survey has no answers on recommending us; a column <code>recommend</code> (0 to 10) adds the NPS."
            )
        )
    if found.satisfied and found.mean_satisfaction:
        parts.append(
            paragraph(
                f"On satisfaction {percent(found.satisfied.value)} ({between(found.satisfied, 'percent')}, Wilson) "
                f"answered 4 or 5; the mean is {found.mean_satisfaction.value:.2f} "
                f"({found.mean_satisfaction.low:.2f} to {found.mean_satisfaction.high:.2f}). "
                f"{_left_out(found.satisfaction_missing)}"
            )
        )
        drawn.append(shown(pictures.satisfaction_bars(found, survey.simulated)))
        says.append(f"{percent(found.satisfied.value)} satisfied")
    else:
        parts.append(
            paragraph(
                "The survey has no answers on satisfaction; a column <code>satisfaction</code> (1 to 5) adds section 8."
            )
        )
    parts.append(pair(*drawn))
    lean = ""
    if found.answered and found.silent:
        a, s = found.answered, found.silent
        parts += [
            "<h3>Who did not answer</h3>",
            table(
                ["Means", "Customers", "Repeats", "Weeks silent", "P(alive)"],
                [
                    [name, count(g.customers), f"{g.repeats:.2f}", f"{g.silent_weeks:.1f}", percent(g.p_alive)]
                    for name, g in (("Answered", a), ("Silent", s))
                ],
            ),
        ]
        ratio = a.repeats / s.repeats if s.repeats > 0 else 1.0
        if ratio > 1.15:
            lean = (
                f"; those who answered buy {ratio:.1f} times as often as the silent, so expect the silent to be less "
                "content"
            )
        elif ratio < 0.87:
            lean = "; the silent buy more often than those who answered, so the scores speak for the lesser customers"
        else:
            lean = "; the silent buy much like those who answered, so the scores may stand for all"
    subject = "The (simulated) answers show " if survey.simulated else "The answers show "
    return section(7, "What do they say?", *parts, means=subject + " and ".join(says or ["little"]) + lean + ".")


def competition_sentence(competition: Competition) -> str:
    c = f"<b>{competition.value:.2f}</b>"
    like = f"as with {competition.suppliers:.1f} equally strong suppliers"
    if competition.source == "assumed":
        return (
            f"No competition was given: <b>C = .5 is assumed</b>, {like}. Use --competition, --shares, or a survey "
            "column <q>alternatives</q>."
        )
    if competition.source == "given":
        return f"Competition C = {c} as given, {like}."
    if competition.source == "shares":
        shares = ", ".join(f"{share:g}" for share in competition.shares or ())
        return f"Competition C = {c} from the market shares {shares}, {like}."
    low, high = competition.interval or (competition.value, competition.value)
    return (
        f"Competition C = {c} ({low:.2f} to {high:.2f}) from {count(competition.answers)} respondents: the mean of 1 "
        f"- 1/k, where k is the number of suppliers a customer finds acceptable; {like}."
    )


def how_satisfaction_becomes_loyalty(numbers: Numbers) -> str:
    bent, currency = numbers.curve, numbers.settings.currency
    if bent is None:
        return section(
            8,
            "How satisfaction becomes loyalty",
            paragraph(
                "This needs a survey with a column <code>satisfaction</code> (1 to 5): <code>--survey "
                "SURVEY.csv</code> adds this section."
            ),
        )
    c = bent.competition.value
    simulated = bool(numbers.survey and numbers.survey.simulated)
    below = sum(
        n for level, n in enumerate(bent.answers, start=1) if bent.threshold is not None and level < bent.threshold
    )
    total = max(sum(bent.answers), 1)
    if bent.threshold is None:
        threshold = "At C = .5 the curve is as steep below as above: there is no threshold."
    elif bent.convex:
        threshold = (
            f"The <b>threshold lies at {bent.threshold:.1f}</b> on the scale of 1 to 5: below it, effort hardly "
            "moves loyalty, because a customer who is merely not unhappy has other places to go. "
            f"{percent(below / total)} of the respondents are below it."
        )
    else:
        threshold = (
            "With so little competition the curve is turned round: loyalty rises steeply up to the <b>threshold at "
            f"{bent.threshold:.1f}</b> and effort beyond it hardly moves it."
        )
    best = max(bent.steps, key=lambda step: step.worth)
    everyone = bent.interval(bent.worth_everyone)
    return section(
        8,
        "How satisfaction becomes loyalty",
        term(
            "L = f(C, S)",
            "loyalty L, the chance of staying for another year, as a function of satisfaction S and of competition "
            "C (after Jones & Sasser 1995). C runs from 0, one supplier, to 1, very many.",
        ),
        paragraph(competition_sentence(bent.competition)),
        shown(pictures.loyalty_curve(bent, simulated)),
        paragraph(threshold),
        paragraph(
            "The curve has its standard shape (alpha 0, beta 1, gamma 1, a 1/2, delta 0), which no data of this log "
            "have confirmed; an answer x from 1 to 5 stands for S = (x - 1/2) / 5."
        ),
        "<h3>What one step of satisfaction is worth</h3>",
        paragraph(
            f"An active customer brings {money(bent.margin.value, currency)} a year "
            f"({between(bent.margin, 'money', currency)}). One who stays from year to year with probability L is "
            f"worth that times (1 + i) / (1 + i - L), i being {rate(numbers.settings.discount_rate)} a year. The "
            "interval is that of the yearly revenue; the shape of the curve is taken as given."
        ),
        table(
            ["Step", "There", "Loyalty", "Worth", "95 % interval"],
            [
                [
                    f"{step.low} to {step.high}",
                    count(bent.answers[step.low - 1]),
                    f"{percent(step.loyalty_low)} to {percent(step.loyalty_high)}",
                    money(step.worth, currency, 2),
                    between(bent.interval(step.worth), "money", currency, 2),
                ]
                for step in bent.steps
            ],
            caption="Worth per customer of one step up, and how many respondents stand there"
            + ("; the respondents are simulated" if simulated else ""),
        ),
        means=(
            f"At competition {c:.2f} the step that pays most is from {best.low} to {best.high}, worth "
            f"{money(best.worth, currency)} per customer; raising every respondent below 5 by one step is worth "
            f"{money(everyone.value, currency)} per respondent ({between(everyone, 'money', currency)}), so it must "
            "not cost more."
        ),
    )


def _left_out(respondents: int) -> str:
    return f"{plural(respondents, 'respondent')} left the question out." if respondents else "Everybody answered it."
