"""Says in words what is wrong with a definition, what was edited and what a question type is."""

from collections.abc import Callable, Mapping

from flask_babel import gettext as _
from flask_babel import ngettext

from feedback.surveys.definition import Problem
from feedback.web.languages import LANGUAGES

Params = Mapping[str, str | int]
_Sentences = Mapping[str, Callable[[Params], str]]


def problem_words(problem: Problem) -> str:
    """Return the sentence for a problem or a warning: what it is and what to do."""
    say = _SENTENCES.get(problem.code)
    return say(problem.params) if say else problem.code


def _language(params: Params) -> str:
    code = str(params.get("language", ""))
    return LANGUAGES.get(code, code)


def _wrong_type(params: Params) -> str:
    expected = {
        "object": _("an object in braces { }"),
        "list": _("a list in brackets [ ]"),
        "string": _("a text in quotation marks"),
        "boolean": _("true or false"),
        "pair": _("a list of two values, one of which may be null"),
        "whole number": _("a whole number from 0"),
    }
    wanted = str(params["expected"])
    return _("Here should be %(what)s.", what=expected.get(wanted, wanted))


def _too_many(params: Params) -> str:
    return ngettext(
        "At most %(num)d is possible here. Take some out.",
        "At most %(num)d are possible here. Take some out.",
        int(params["most"]),
    )


def _subject(params: Params) -> str:
    found = (params.get(name) for name in ("question", "dimension", "attribute"))
    return str(next((each for each in found if each), ""))


_OF_TEXTS: _Sentences = {
    "missing_language": lambda p: _(
        "The words in %(language)s are missing.", language=_language(p)
    ),
    "unknown_language": lambda p: _(
        "There is no language “%(language)s”; use en, id or ms.", language=p["language"]
    ),
    "undeclared_language": lambda p: _(
        "The questionnaire is not offered in %(language)s. Add the language or take the words out.",
        language=_language(p),
    ),
    "unstorable_text": lambda _p: _(
        "The text has a character that cannot be stored. Type it anew."
    ),
    "too_long": lambda p: _(
        "The text has %(length)s characters; at most %(limit)s fit.",
        length=p["length"],
        limit=p["limit"],
    ),
    "unknown_field": lambda p: _(
        "There is no field %(name)s. You can use {contact}, {organisation}, {company}, {manager}, "
        "{place} and {channel}.",
        name="{" + str(p["field"]) + "}",
    ),
}
_OF_STRUCTURE: _Sentences = {
    "wrong_type": _wrong_type,
    "missing": lambda _p: _("This has to be there and is missing."),
    "empty": lambda _p: _("There is nothing in it yet. Add something, or take it out."),
    "unknown_key": lambda p: _("Nothing here is called “%(key)s”.", key=p["key"]),
    "key_syntax": lambda p: _(
        "The key “%(key)s” may have small letters, digits, _ and - only, at most 40.", key=p["key"]
    ),
    "reserved_key": lambda p: _("The key “%(key)s” is kept for the program.", key=p["key"]),
    "duplicate_key": lambda p: _("“%(key)s” stands here twice.", key=p["key"]),
    "unknown_type": lambda p: _("There is no question type “%(type)s”.", type=p["type"]),
    "unknown_dimension": lambda p: _(
        "There is no dimension “%(dimension)s”.", dimension=p["dimension"]
    ),
    "not_for_this_type": lambda p: _(
        "“%(member)s” means nothing for the question type “%(type)s”. Take it out.",
        member=p["member"],
        type=p["type"],
    ),
    "too_few": lambda p: ngettext(
        "At least %(num)d is needed here.", "At least %(num)d are needed here.", int(p["least"])
    ),
    "too_many": _too_many,
    "several_others": lambda _p: _("Only one answer can open a line for own words."),
    "wrong_limit": lambda p: _("“%(value)s” is no possible limit here.", value=p["value"]),
    "limits_reversed": lambda p: _(
        "The lower limit %(least)s is above the upper limit %(most)s.",
        least=p["least"],
        most=p["most"],
    ),
}
_OF_RULES: _Sentences = {
    "not_a_rule": lambda _p: _("This is no complete condition."),
    "too_deep": lambda p: _(
        "The conditions are nested deeper than %(limit)s levels.", limit=p["limit"]
    ),
    "unknown_reference": lambda p: _(
        "The condition refers to “%(reference)s”, which is not there (any more).",
        reference=p["reference"],
    ),
    "refers_forward": lambda p: _(
        "The condition refers to “%(subject)s”, which is asked only later. Move one of the two.",
        subject=_subject(p),
    ),
    "cycle": lambda p: _("These questions wait for each other: %(keys)s.", keys=p["keys"]),
    "order_not_fixed": lambda p: _(
        "The condition refers to “%(subject)s”, which some people meet later because the order "
        "is shuffled.",
        subject=_subject(p),
    ),
    "wrong_value": lambda p: _(
        "“%(value)s” is no possible answer to “%(subject)s”.", value=p["value"], subject=_subject(p)
    ),
    "never_shown": lambda _p: _("The conditions can never hold together, so nobody is asked."),
}
_WARNINGS: _Sentences = {
    "always_shown": lambda _p: _(
        "The conditions always hold, so everybody is asked. You can take them out."
    ),
    "takes_long": lambda p: _(
        "About %(seconds)s seconds to answer: %(over)s more than the %(limit)s after which many "
        "people give up.",
        seconds=p["seconds"],
        limit=p["limit"],
        over=int(p["seconds"]) - int(p["limit"]),
    ),
    "required_behind_optional": lambda p: _(
        "A required question depends on what people may leave blank (“%(question)s”).",
        question=p["question"],
    ),
}
_SENTENCES: _Sentences = {
    **_OF_TEXTS,
    **_OF_STRUCTURE,
    **_OF_RULES,
    **_WARNINGS,
}
CODES = frozenset(_SENTENCES)


def edit_words(what: Mapping[str, object]) -> str:
    """Return what an edit of a draft did, beginning with a verb's noun: “Deleted: …”."""
    params = what.get("params")
    name = str(params.get("name", "")) if isinstance(params, Mapping) else ""
    words = {
        "change_settings": _("Changed: title and settings"),
        "import": _("Replaced by an import"),
        "add_section": _("Added: section “%(name)s”", name=name),
        "change_section": _("Changed: section “%(name)s”", name=name),
        "duplicate_section": _("Duplicated: section “%(name)s”", name=name),
        "section_up": _("Moved up: section “%(name)s”", name=name),
        "section_down": _("Moved down: section “%(name)s”", name=name),
        "delete_section": _("Deleted: section “%(name)s” with its questions", name=name),
        "section_rule": _("Changed: when section “%(name)s” is shown", name=name),
        "add_question": _("Added: “%(name)s”", name=name),
        "change_question": _("Changed: “%(name)s”", name=name),
        "duplicate_question": _("Duplicated: “%(name)s”", name=name),
        "question_up": _("Moved up: “%(name)s”", name=name),
        "question_down": _("Moved down: “%(name)s”", name=name),
        "delete_question": _("Deleted: “%(name)s”", name=name),
        "question_rule": _("Changed: when “%(name)s” is shown", name=name),
    }
    return words.get(str(what.get("code")), name)
