"""What an autosaved answer opens and closes on the page it was given on."""

from flask import render_template, request
from flask_babel import ngettext

from feedback.responses.arriving import Saved
from feedback.responses.parts import changed, open_parts, parts
from feedback.responses.showing import Entered
from feedback.responses.views.pages import InPlace
from feedback.responses.views.visit import Visit
from feedback.surveys.questions import get_type


def following(visit: Visit, saved: Saved) -> str:
    """Return what is swapped into the page besides the status line, "" for nothing.

    The page tells which boxes it shows open. Only boxes that were not what they are now are
    swapped, so never the question that was answered: rules look at questions before them.
    """
    number = request.form.get("page", 0, type=int)
    if not visit.branches or not 1 <= number <= len(visit.pages):
        return ""
    page, ahead = visit.pages[number - 1], visit.route(saved.values)
    seen, shown = ahead.find_page(number), set(request.form.getlist("shown"))
    now_open = open_parts(page, seen)
    if ahead.keys == visit.route(visit.values).keys and shown == set(now_open):
        return ""
    entered = Entered(saved.values, saved.versions)
    blocks = parts(page, seen, visit.language, visit.respondent.fields(), entered)
    whole, single = changed(blocks, shown)
    added = {
        question.key
        for part in now_open.keys() - shown
        for question in now_open[part]
        if get_type(question.type).answers
    }
    return render_template(
        "responses/_following.html",
        page=InPlace(visit, ahead.progress(number)),
        blocks=whole,
        units=single,
        said=ngettext(
            "A question was added on this page.",
            "%(num)d questions were added on this page.",
            len(added),
        )
        if added
        else "",
    )
