"""One questionnaire with every question type, and three ways to answer all of it."""

from typing import Any

from feedback.surveys.languages import LANGUAGES

Answers = dict[str, str]

LATE = "Late.\nTwice."


def words(text: str) -> dict[str, str]:
    """The same words in every language, marked with it."""
    return {language: f"{text} ({language})" for language in LANGUAGES}


def _asks(key: str, kind: str, **members: Any) -> dict[str, Any]:
    named = {"key": key, "type": kind, "text": words(f"What about {key}?")}
    return named | ({} if kind == "statement" else {"required": True}) | members


def _options(*keys: str, **marks: str) -> list[dict[str, Any]]:
    marked = {key: {mark: True} for mark, key in marks.items()}
    return [{"key": key, "text": words(f"The {key}"), **marked.get(key, {})} for key in keys]


FELT = [
    _asks("hello", "statement", help=words("There is nothing to answer here.")),
    _asks("agree", "agreement", cannot_judge=True, dimension="trust"),
    _asks("csat", "csat", core=True, help=words("Think of the last month.")),
    _asks("why", "long_text", required=False, show_if={"question": "csat", "between": [1, 2]}),
    _asks("effort", "effort"),
    _asks("nps", "nps"),
    _asks("flag", "flag"),
]
CHOSEN = [
    _asks("rating", "rating", options=_options("poor", "fair", "good"), cannot_judge=True),
    _asks("channel", "choice", options=_options("phone", "mail", "rest", other="rest")),
    _asks(
        "wants",
        "choices",
        options=_options("speed", "price", "rest", "none", other="rest", exclusive="none"),
        limits={"least": "2", "most": "2"},
    ),
    _asks("order", "ranking", options=_options("x", "y", "z")),
    {
        **_asks("grid", "grid", scale="agreement", cannot_judge=True),
        "rows": [
            {"key": "r1", "text": words("They keep promises"), "dimension": "reliability"},
            {"key": "r2", "text": words("They answer soon"), "dimension": "responsiveness"},
        ],
    },
]
WRITTEN = [
    _asks("number", "number", limits={"least": "0", "most": "100", "decimals": 1}),
    _asks("date", "date", limits={"least": "2026-01-01", "most": "2026-12-31"}),
    _asks("short", "short_text", limits={"most": "20"}, help=words("A word or two")),
    _asks("long", "long_text", limits={"most": "60"}),
    _asks("consent", "consent"),
]


def definition() -> dict[str, Any]:
    """Return the questionnaire as data: three pages, a follow-up on the first."""
    return {
        "key": "everything",
        "title": words("Everything"),
        "intro": words("We ask about all there is."),
        "sections": [
            {"key": key, "title": words(f"What you have {key}"), "questions": questions}
            for key, questions in (("felt", FELT), ("chosen", CHOSEN), ("written", WRITTEN))
        ],
    }


# What is chosen and typed, as it is to be stored, in the order of the pages; between the three
# every kind of answer occurs. Days are typed month first or day first, as the browser likes:
# therefore those where it makes no difference.
ANSWERS: dict[str, tuple[Answers, Answers, Answers]] = {
    "en": (
        {"agree": "4", "csat": "2", "why": LATE, "effort": "5", "nps": "10", "flag": "no"},
        {
            **{"rating": "good", "channel": "rest\nBy pigeon", "wants": "price,rest\nA smile"},
            **{"order": "y,z,x", "grid-r1": "5", "grid-r2": "na"},
        },
        {
            **{"number": "12.5", "date": "2026-11-11", "short": "Fine", "long": "One\n\nTwo"},
            "consent": "yes",
        },
    ),
    "id": (
        {
            "agree": "na",
            "csat": "1",
            "why": "Tidak jelas",
            "effort": "1",
            "nps": "0",
            "flag": "yes",
        },
        {
            **{"rating": "na", "channel": "phone", "wants": "none", "order": "z,y,x"},
            **{"grid-r1": "na", "grid-r2": "1"},
        },
        {
            **{"number": "100", "date": "2026-01-01", "short": "Baik & cepat"},
            **{"long": "Terima kasih <3", "consent": "yes"},
        },
    ),
    "ms": (
        {"agree": "1", "csat": "5", "effort": "3", "nps": "7", "flag": "yes"},
        {
            **{"rating": "poor", "channel": "mail", "wants": "speed,price", "order": "x,y,z"},
            **{"grid-r1": "3", "grid-r2": "4"},
        },
        {
            **{"number": "0.5", "date": "2026-12-12", "short": '"Elok" = 王', "long": "-"},
            "consent": "yes",
        },
    ),
}


# What is blank or wrong first, as it is typed and ticked: (answers, questions told of), by page.
Wrong = tuple[Answers, tuple[str, ...]]
WRONG: tuple[tuple[Wrong, ...], ...] = (
    (({"csat": "4"}, ("agree", "effort", "nps", "flag")),),
    (
        ({"grid-r1": "2"}, ("rating", "channel", "wants", "order", "grid-r2")),
        (
            {
                **{"rating": "fair", "channel": "rest", "wants": "speed,price,rest\nA smile"},
                **{"order": "z,x,y", "grid-r2": "3"},
            },
            ("channel", "wants"),
        ),
    ),
    (
        ({}, ("number", "date", "short", "long", "consent")),
        (
            {
                **{"number": "12.55", "date": "2025-11-11", "short": "More than twenty letters"},
                "long": "These are words that go on until they are more than sixty letters.",
                "consent": "yes",
            },
            ("number", "date", "short", "long"),
        ),
    ),
)


def all_answers(language: str) -> Answers:
    """Return what is stored in the end of the answers of this language."""
    first, second, third = ANSWERS[language]
    return first | second | third
