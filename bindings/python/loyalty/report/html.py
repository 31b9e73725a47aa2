"""Small pieces of HTML: tables, tiles, terms, pictures, and the page around them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib.resources import files

from .style import Picture


def text(value: str) -> str:
    return escape(value, quote=True)


def paragraph(words: str, kind: str = "") -> str:
    return f'<p class="{kind}">{words}</p>' if kind else f"<p>{words}</p>"


def warning(words: str) -> str:
    """A paragraph that must not be overlooked."""
    return f'<p class="warn">{words}</p>'


def flag(words: str) -> str:
    """Words that must not be overlooked."""
    return f'<strong class="simulated">{words}</strong>'


def pair(*figures: str) -> str:
    """Pictures side by side where there is room."""
    return f'<div class="pair">{"".join(figures)}</div>'


def term(name: str, meaning: str) -> str:
    """A word explained where it first appears; both are HTML."""
    return f'<p class="term"><dfn>{name}</dfn> {meaning}</p>'


def tile(label: str, figure: str, range_: str, note: str) -> str:
    spread = f'<p class="range">{range_}</p>' if range_ else ""
    return f'<div class="tile"><h3>{label}</h3><p class="figure">{figure}</p>{spread}<p class="note">{note}</p></div>'


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    words: Sequence[int] = (0,),
    caption: str = "",
    kind: str = "",
) -> str:
    """A table; columns listed in `words` hold text and stand left, the others hold numbers and stand right."""

    def cell(tag: str, index: int, content: str, scope: str = "") -> str:
        side = "" if index in words else ' class="n"'
        return f"<{tag}{scope}{side}>{content}</{tag}>"

    top = "".join(cell("th", index, content, ' scope="col"') for index, content in enumerate(head))
    body = "".join(
        "<tr>" + "".join(cell("td", index, content) for index, content in enumerate(row)) + "</tr>\n" for row in rows
    )
    title = f"<caption>{caption}</caption>" if caption else ""
    header = f"<thead><tr>{top}</tr></thead>" if any(head) else ""
    return f'<div class="scroll {kind}"><table class="{kind}">{title}{header}<tbody>\n{body}</tbody></table></div>'


def below(main: str, detail: str) -> str:
    """A cell of two lines, the second small; both HTML."""
    return f"{main}<small>{detail}</small>"


def facts(rows: Sequence[tuple[str, str]]) -> str:
    """A list of name and value, both HTML."""
    return '<dl class="facts">' + "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows) + "</dl>"


def shown(picture: Picture) -> str:
    """Both renderings of a picture; the page shows the one that fits its width."""
    label = text(("Simulated survey. " if picture.simulated else "") + picture.alt)

    def drawing(svg: str, kind: str) -> str:
        return svg.replace('aria-hidden="true"', f'class="{kind}" role="img" aria-label="{label}"', 1)

    note = ' <strong class="simulated">Simulated survey.</strong>' if picture.simulated else ""
    return (
        f'<figure id="{picture.name}">{drawing(picture.wide, "wide")}{drawing(picture.narrow, "narrow")}'
        f"<figcaption>{text(picture.caption)}{note}</figcaption></figure>"
    )


def section(number: int, title: str, *parts: str, means: str = "") -> str:
    last = f'<p class="means"><b>What this means.</b> {means}</p>' if means else ""
    return (
        f'<section id="s{number}" aria-labelledby="h{number}"><h2 id="h{number}"><span>{number}</span> {title}</h2>\n'
        + "\n".join(part for part in parts if part)
        + f"\n{last}</section>\n"
    )


def document(title: str, lead: str, made: str, sections: Sequence[tuple[str, str]], foot: str) -> str:
    """The whole page. `sections` are (title, html), numbered from 1; only `made` depends on the day."""
    css = files("loyalty.report").joinpath("page.css").read_text(encoding="utf-8")
    contents = "".join(
        f'<li><a href="#s{number}">{name}</a></li>' for number, (name, _) in enumerate(sections, start=1)
    )
    body = "".join(content for _, content in sections)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{text(title)}</title>
<style>
{css}</style>
</head>
<body>
<header>
<p class="kicker">Loyalty report</p>
<h1>{text(title)}</h1>
<p class="lead">{lead}</p>
<p class="made">{made}</p>
<nav aria-label="Contents"><ol>{contents}</ol></nav>
</header>
<main>
{body}</main>
<footer>{foot}</footer>
</body>
</html>
"""
