"""What the columns of exports are called and mean, in the reader's language."""

from collections.abc import Iterable, Mapping

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback.results.exports.sayings import Saying
from feedback.results.exports.service.values import OF_COLUMN
from feedback.results.exports.tables import CODE, MOMENT, NUMBER, TEXT, Column
from feedback.surveys.dimensions import DIMENSIONS, get_dimension
from feedback.surveys.languages import text_in

_NUMBERS = frozenset(
    {
        *("organisation_id", "contact_id", "version", "yearly_value", "persons"),
        *("invitations", "answers", "promoters", "passives", "detractors"),
        *("polarity", "certainty", "own_score", "number"),
    }
)
_MOMENTS = frozenset(
    {
        *("sent_at", "asked_at", "started_at", "answered_at", "unsubscribed_at", "bounced_at"),
        *("archived_at", "corrected_at", "last_answer"),
    }
)
# Heading and, where that is not enough, what the column holds.
_WORDS: Mapping[str, tuple[object, object]] = {
    "response": (_l("Response"), _l("Number of the response, the same in every export")),
    "organisation_id": (_l("Organisation's number"), ""),
    "organisation": (_l("Organisation"), ""),
    "kind": (_l("Kind of organisation"), ""),
    "segment": (_l("Segment"), ""),
    "owner": (_l("Relationship manager"), ""),
    "yearly_value": (_l("Yearly value"), ""),
    "contact_id": (_l("Contact's number"), ""),
    "contact": (_l("Contact"), ""),
    "email": (_l("Email address"), ""),
    "role": (_l("Job title"), ""),
    "weight": (_l("Decision weight"), ""),
    "external_id": (_l("Contact's id elsewhere"), ""),
    "language": (_l("Language"), ""),
    "place": (_l("Place"), _l("Place of the public link the answer came by")),
    "channel": (_l("Channel"), _l("Channel of the public link the answer came by")),
    "staff_role": (_l("Role of the staff"), ""),
    "version": (_l("Version"), _l("Version of the questionnaire that was asked")),
    "sent_at": (_l("Sent"), _l("When the answers were sent for the last time")),
    "question": (_l("Question"), _l("Key of the question, the same in every version")),
    "question_text": (_l("Question in words"), _l("As it was asked in this version")),
    "question_type": (_l("Type of question"), ""),
    "answer_state": (_l("What was done"), _l("Whether the question was asked and answered")),
    "answer": (_l("Answer"), ""),
    "number": (_l("Number"), _l("The answer as a number, where it has one")),
    "state": (_l("State"), _l("Whether this person can be asked")),
    "progress": (_l("How far"), _l("How far this person came, in any of the campaigns told of")),
    "invitations": (_l("Invitations"), _l("In campaigns that may name people")),
    "answers": (_l("Responses"), _l("Invitations that were answered")),
    "asked_at": (_l("Last invited"), ""),
    "started_at": (_l("Last opened"), ""),
    "answered_at": (_l("Last answered"), ""),
    "unsubscribed_at": (_l("Unsubscribed"), ""),
    "bounced_at": (_l("Bounced"), ""),
    "archived_at": (_l("Archived"), ""),
    "persons": (_l("People"), _l("People whose answers count")),
    "promoters": (_l("Promoters"), _l("Answers of 9 and 10")),
    "passives": (_l("Passives"), _l("Answers of 7 and 8")),
    "detractors": (_l("Detractors"), _l("Answers of 0 to 6")),
    "last_answer": (_l("Last answer"), ""),
    "campaign": (_l("Campaign"), ""),
    "text": (_l("Comment"), _l("As it was written")),
    "label": (_l("Verdict"), _l("What counts: a person's word before the program's")),
    "polarity": (_l("Polarity"), _l("From −1 (criticism) to 1 (praise)")),
    "certainty": (_l("Certainty"), _l("From 0 to 1; a person's word is certain")),
    "text_language": (_l("Language of the comment"), ""),
    "acts": (_l("Wants"), _l("What the comment asks for, warns of or thanks for")),
    "corrected_by": (_l("Corrected by"), ""),
    "corrected_at": (_l("Corrected"), ""),
    "program_label": (_l("Program's verdict"), _l("Where a person has corrected it")),
    "own_measure": (_l("Own score from"), _l("Which answer the writer's own score is")),
    "own_score": (_l("Own score"), _l("Of the writer, from 0 to 100")),
    "contradiction": (_l("Contradiction"), _l("Where score and words say the opposite")),
}


def columns(keys: Iterable[str]) -> tuple[Column, ...]:
    """Return the columns of these keys in the language that is set."""
    return tuple(_column(key) for key in keys)


def saying(language: str, raw: bool, company: str) -> Saying:
    """Return how answers are said in the language that is set."""
    return Saying(
        language=language,
        raw=raw,
        company=company,
        not_asked=_("Question not asked"),
        blank=_("not answered"),
        left_out=_("a rule left the question out"),
        cannot_judge=_("cannot judge, or does not apply"),
        own_words=_("own words"),
        place=_("place {number}"),
        not_chosen=_("not chosen"),
    )


def codebook_headings() -> dict[str, str]:
    """Return the words of the codebook's own columns."""
    return {
        "part": _("Part"),
        "key": _("Key"),
        "heading": _("Heading"),
        "meaning": _("Meaning"),
        "type": _("Type"),
        "version": _("Version"),
        "values": _("Values"),
        "missing": _("Missing"),
        "column": _("Column"),
        "file": _("File"),
    }


def _column(key: str) -> Column:
    if key not in _WORDS:
        return _figure(key)
    heading, meaning = (str(each) for each in _WORDS[key])
    values = OF_COLUMN.get(key, {})
    kind = CODE if values else MOMENT if key in _MOMENTS else NUMBER if key in _NUMBERS else TEXT
    return Column(
        key,
        heading,
        meaning or heading,
        kind,
        values=tuple((code, str(label)) for code, label in values.items()),
    )


def _figure(key: str) -> Column:
    """Return the column of a score, one of its limits, or what is said of a dimension."""
    said = key.removeprefix("said_of_")
    if said != key:
        heading = _("Said of: %(dimension)s", dimension=_name(said))
        missing = (("", _("says nothing of it")),)
        return Column(key, heading, _("From −1 (criticism) to 1 (praise)"), NUMBER, missing=missing)
    measure, _mark, end = key.partition("_")
    name = _name(measure)
    if measure == "nps":
        scale, missing = _("From −100 to 100"), _("fewer than ten people answered")
    else:
        scale, missing = _("From 0 to 100"), _("nobody answered")
    if end == "lo":
        heading = _("%(figure)s, lower limit", figure=name)
        scale = _("Lower limit of the interval (95 per cent)")
    elif end == "hi":
        heading = _("%(figure)s, upper limit", figure=name)
        scale = _("Upper limit of the interval (95 per cent)")
    else:
        heading = name
    return Column(key, heading, scale, NUMBER, missing=(("", missing),))


def _name(measure: str) -> str:
    if measure in DIMENSIONS:
        return text_in(get_dimension(measure).name, str(get_locale()))
    return "NPS" if measure == "nps" else _("Relationship index")
