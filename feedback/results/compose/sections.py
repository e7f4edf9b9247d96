"""The parts that reports of summaries and of organisations share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import get_locale
from flask_babel import gettext as _

from feedback.analytics.figures import Change, NoFigure, TooFew
from feedback.results.compose import drawings, tables
from feedback.results.compose.wording import DEFINITIONS, Names, label_word, spoken
from feedback.results.pdf.blocks import (
    Block,
    Comments,
    Report,
    Section,
    Sentences,
    Terms,
    Words,
)
from feedback.results.tallies import Score
from feedback.results.voices import Review, Split
from feedback.results.waves import WaveName
from feedback.web.filters import day, hour, number

LEADS = 2


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the top of a report: its title, its scope in words, who made it and when."""

    title: str
    scope: Sequence[str]
    company: str
    maker: str
    now: datetime


def report(head: Head, blocks: Sequence[Block]) -> Report:
    """Put a head on blocks, in the reader's language."""
    told = {"name": head.maker, "day": day(head.now), "hour": hour(head.now)}
    return Report(
        title=head.title,
        company=head.company,
        scope=head.scope,
        made=_("Made by %(name)s, %(day)s, %(hour)s", **told),
        numbering=_("Page %(page)s of %(pages)s", page="{page}", pages="{pages}"),
        language=str(get_locale()),
        made_at=head.now,
        blocks=blocks,
    )


def in_short(sentences: Sequence[str], basis: str, leads: int = LEADS) -> list[Block]:
    """Say the first sentences large, the others and what all rest on below each other."""
    rest = Sentences([*sentences[leads:], basis] if basis else sentences[leads:])
    return [Sentences(sentences[:leads], leads=True), Section(_("In short"), [rest])]


def sentiment(split: Split) -> list[Block]:
    """Tell how the comments split over the labels."""
    words = {label: label_word(label) for label in split.by_label}
    drawn = drawings.sentiment(split, words)
    if drawn is None:
        return [Words(_("Too few: 1 analysed comment is needed."), quiet=True)]
    return [drawn]


def over_time(
    line: Sequence[tuple[WaveName, Score]],
    step: tuple[WaveName, WaveName] | None,
    changes: Mapping[str, Change | TooFew | NoFigure],
    names: Names,
) -> Section:
    """Tell the index from wave to wave and what the last step changed."""
    title = _("From wave to wave")
    drawn = drawings.over_time(line) if len(line) > 1 else None
    if drawn is None:
        words = _(
            "A line over time needs two waves of the same questionnaire; there is %(num)s.",
            num=number(len(line)),
        )
        return Section(title, [Words(words, quiet=True)])
    if step is None:
        return Section(title, [drawn])
    of = _("Change from %(first)s to %(second)s", first=step[0].name, second=step[1].name)
    if not any(isinstance(each, Change) for each in changes.values()):
        return Section(title, [drawn, Words(f"{of}: {_('too few')}.", quiet=True)])
    return Section(title, [drawn, Words(of), tables.steps_table(changes, names)])


def telling(title: str, reviews: Sequence[Review], names: Names, of_many: bool) -> list[Block]:
    """Print comments; `of_many` says that they come from several organisations."""
    if not reviews:
        return []
    return [Section(title, [Comments([tables.comment(each, names, of_many) for each in reviews])])]


def definitions(*keys: str) -> Section:
    """Say what the figures mean, and first how to read any of them."""
    titles = {
        "intervals": _("How to read the ranges"),
        "index": _("Relationship index"),
        "csat": _("Satisfaction"),
        "nps": _("NPS"),
        "response": _("Response rate (RR2)"),
        "change": _("Difference"),
        "own_change": _("Difference"),
        "matters": _("What goes together with satisfaction"),
        "sentiment": _("Sentiment of comments"),
        "telling": _("How the telling comments are chosen"),
        "order": _("Order of the organisations"),
        "disagree": _("When contacts disagree"),
        "gap": _("How the team sees it"),
    }
    told = [(titles[key], spoken(DEFINITIONS, key)) for key in ("intervals", *keys)]
    return Section(_("How to read this report"), [Terms(told)])
