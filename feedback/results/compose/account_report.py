"""From one organisation's figures to its report."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from feedback.analytics.figures import TooFew
from feedback.results.account import Account
from feedback.results.compose import drawings
from feedback.results.compose.gaps import gaps
from feedback.results.compose.sections import (
    Head,
    definitions,
    in_short,
    over_time,
    report,
    sentiment,
    telling,
)
from feedback.results.compose.summary_report import nothing
from feedback.results.compose.tiles import nps_tile, response_tile, score_tile
from feedback.results.compose.wording import Names, names, say
from feedback.results.pdf.blocks import Block, Report, Section, Tiles, Words
from feedback.results.tallies import Score
from feedback.results.telling import choose
from feedback.results.waves import LastStep
from feedback.web.filters import day, number

TERMS = ("index", "csat", "nps", "response", "own_change", "sentiment", "disagree")


@dataclass(frozen=True, slots=True)
class Compared:
    """What the hollow dots beside the organisation's own show: their name and scores."""

    name: str
    scores: Mapping[str, Score]


def account_report(
    account: Account, compared: Compared, weights: Mapping[str, str], head: Head
) -> Report:
    """Make the report of one organisation; `weights` are the words for decision weights."""
    if not account.answered and not account.split.n:
        return nothing(head)
    known = names()
    compared_with_team = gaps(account.mirror, known)
    chosen = choose(account.reviews, account.split.by_label, account.by_dimension)
    return report(
        head,
        [
            *in_short(say(account.statements, known), ""),
            _figures(account, known),
            _judged(account, compared, known),
            *compared_with_team,
            over_time(account.line, account.step, account.changes, known),
            _people(account, weights),
            *telling(_("Telling comments"), chosen, known, of_many=False),
            *_questions(account),
            definitions(*TERMS, *(["gap"] if compared_with_team else [])),
        ],
    )


def _figures(account: Account, known: Names) -> Tiles:
    step = None
    if account.step:
        step = LastStep(*account.step, account.changes, TooFew(0, 1))
    return Tiles(
        [
            score_tile(known["index"], account.index, step, "index"),
            nps_tile(account.recommendation),
            score_tile(known["csat"], account.csat, step, "csat"),
            response_tile(account.rates),
        ]
    )


def _judged(account: Account, compared: Compared, known: Names) -> Section:
    dots = drawings.dimensions(account.dimensions, known, compared.scores, compared.name)
    drawn = drawings.voices(account.by_dimension, known)
    blocks: list[Block] = [dots, *([drawn] if drawn else [])]
    return Section(_("The five dimensions"), [*blocks, *sentiment(account.split)])


def _people(account: Account, weights: Mapping[str, str]) -> Section:
    told = []
    for each in account.coverage:
        of = {"done": number(each.answered), "total": number(each.contacts)}
        told.append(f"{weights[each.weight]}: {_('%(done)s of %(total)s', **of)}")
    return Section(_("Who answered"), [Words(" · ".join(told))])


def _questions(account: Account) -> list[Block]:
    if not account.questions or account.questions_of is None:
        return []
    wave = account.questions_of
    basis = _(
        "Answers of the wave %(name)s, launched %(day)s.", name=wave.name, day=day(wave.launched_at)
    )
    texts = {each.key: each.text for each in account.questions}
    words: list[Block] = [Words(basis, quiet=True)]
    if account.disagreed:
        count = len(account.disagreed)
        say_so = ngettext(
            "The contacts disagree on %(num)s question:",
            "The contacts disagree on %(num)s questions:",
            count,
        )
        quoted = ", ".join(f"“{texts[key]}”" for key in account.disagreed)
        words.append(Words(f"{say_so} {quoted}"))
    drawn = drawings.agreement(account.questions)
    if not drawn:
        few = _("How often each point was chosen is told from two answers on.")
        words.append(Words(few, quiet=True))
    return [Section(_("Question by question"), [*words, *drawn])]
