"""From a summary to its report: of the portfolio, of a campaign, and of one by public links."""

from flask_babel import gettext as _
from flask_babel import ngettext

from feedback.results.compose import drawings, tables
from feedback.results.compose.sections import (
    Head,
    definitions,
    in_short,
    over_time,
    report,
    sentiment,
    telling,
)
from feedback.results.compose.tiles import nps_tile, response_tile, score_tile
from feedback.results.compose.wording import WORDS, Names, names, say, spoken
from feedback.results.listing import Page
from feedback.results.overview import Overview
from feedback.results.pdf.blocks import Block, Report, Section, Tiles, Words
from feedback.results.places import Places
from feedback.web.filters import number, share

MOST_ORGANISATIONS = 20
MOST_PLACES = 20
# What is said of answers at public links: nobody knows who spoke, so nothing of relationships.
OF_COLLECTED = ("nps", "comments", "comments_unsure", "comments_waiting", "contradicting")
TERMS = ("index", "csat", "nps", "response", "change", "matters", "sentiment", "telling", "order")


def summary_report(summary: Overview, page: Page, head: Head) -> Report:
    """Make the report of a portfolio or a campaign; `page` begins with the lowest organisations."""
    if summary.is_empty:
        return nothing(head)
    known = names()
    step = summary.background.step
    line = [(each.wave, each.index) for each in summary.line]
    changes = step.changes if step else {}
    told = say(summary.statements, known)
    return report(
        head,
        [
            *in_short(told, spoken(WORDS, "people", summary)),
            _figures(summary, known),
            _judged(summary, known),
            over_time(line, (step.first, step.second) if step else None, changes, known),
            _matters(summary, known),
            _coverage(summary),
            _organisations(page),
            *telling(_("Telling comments"), summary.telling, known, of_many=True),
            definitions(*TERMS),
        ],
    )


def collected_report(summary: Overview, places: Places, head: Head) -> Report:
    """Make the report of a campaign by public links: what is known where nobody is."""
    if summary.is_empty:
        return nothing(head)
    known = names()
    told = [each for each in summary.statements if each.code in OF_COLLECTED]
    sentences = [spoken(WORDS, "satisfied", places), *say(told, known)]
    anybody = _("Anybody could answer, so they speak for those who did, not for all customers.")
    basis = f"{spoken(WORDS, 'people', summary)} {anybody}"
    csat = score_tile(known["csat"], places.csat, None, "csat")
    return report(
        head,
        [
            *in_short(sentences, basis, leads=1),
            Tiles([csat, nps_tile(summary.recommendation)]),
            Section(_("What comments say"), sentiment(summary.split)),
            _places(places),
            *telling(_("Telling comments"), summary.telling, known, of_many=True),
            definitions("csat", "nps", "sentiment", "telling"),
        ],
    )


def nothing(head: Head) -> Report:
    """Make the report of a scope in which nobody has answered."""
    return report(head, [Words(_("Nobody has answered in this period."))])


def _figures(summary: Overview, known: Names) -> Tiles:
    step = summary.background.step
    return Tiles(
        [
            score_tile(known["index"], summary.index, step, "index"),
            nps_tile(summary.recommendation, step),
            score_tile(known["csat"], summary.csat, step, "csat"),
            response_tile(summary.rates),
        ]
    )


def _judged(summary: Overview, known: Names) -> Section:
    blocks: list[Block] = [drawings.dimensions(summary.dimensions, known)]
    drawn = drawings.voices(summary.by_dimension, known)
    if drawn:
        blocks.append(drawn)
    return Section(_("The five dimensions"), [*blocks, *sentiment(summary.split)])


def _matters(summary: Overview, known: Names) -> Section:
    title, matters = _("What goes together with satisfaction"), summary.background.matters
    if matters is None:
        return Section(title, [Words(_("Not shown."), quiet=True)])
    reasons = getattr(matters.result, "reasons", None)
    if reasons is not None:
        told = [spoken(WORDS, "reason", each, known) for each in reasons]
        return Section(title, [Words(" ".join([_("Not shown."), *told]), quiet=True)])
    basis = spoken(WORDS, "matters_basis", matters.result, matters.reversed, known)
    return Section(title, [drawings.importance(matters, known, basis) or Words(basis, quiet=True)])


def _coverage(summary: Overview) -> Section:
    """Say of whom anything is known."""
    found, told = summary.background.reach, list[str]()
    if found:
        heard, everybody = found.accounts
        of = {"done": number(heard), "total": number(everybody)}
        told.append(f"{_('Organisations heard')}: {_('%(done)s of %(total)s', **of)}")
        heard, everybody = found.decision_makers
        if everybody:
            of = {"done": number(heard), "total": number(everybody)}
            told.append(f"{_('Decision makers heard')}: {_('%(done)s of %(total)s', **of)}")
        if found.value_share is not None:
            told.append(f"{_('Yearly value heard')}: {share(found.value_share)}")
    return Section(_("Coverage"), [Words(" · ".join(told))])


def _organisations(page: Page) -> Section:
    lines = [line for line in page.lines if line.has_answers][:MOST_ORGANISATIONS]
    shown = {"shown": number(len(lines)), "all": number(page.all)}
    words = _("%(shown)s of %(all)s organisations.", **shown)
    if len(lines) == MOST_ORGANISATIONS:
        words = _("The %(shown)s with the lowest index, of %(all)s organisations.", **shown)
    if page.silent:
        silent = page.silent
        words += " " + ngettext(
            "%(num)s of them has no answers.", "%(num)s of them have no answers.", silent
        )
    return Section(
        _("Organisations"), [Words(words, quiet=True), tables.organisations_table(lines)]
    )


def _places(places: Places) -> Section:
    lines = [line for line in places.lines if line.n]
    shown = {"shown": number(min(len(lines), MOST_PLACES)), "all": number(len(lines))}
    words = _("%(shown)s of %(all)s places with answers.", **shown)
    table = tables.places_table(lines[:MOST_PLACES])
    return Section(_("Places"), [Words(words, quiet=True), table])
