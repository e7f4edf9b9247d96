"""What each shipped questionnaire asks, in which words and order, and what it measures."""

from collections import Counter

import pytest

from feedback.analytics.reading import measures
from feedback.surveys.branching import path
from feedback.surveys.definition import Questionnaire
from feedback.surveys.dimensions import DIMENSIONS, MEASURED, VALUE, get_dimension
from feedback.surveys.layout import estimated_seconds, pages
from feedback.surveys.questions import get_type
from feedback.surveys.shipped import ORDER, get_shipped

ITEMS = ["t1", "t2", "t3", "l1", "l2", "r1", "r2", "k1", "k2", "e1", "e2"]
# The questionnaires that measure a whole relationship, from one side of it or another.
CLIENT, PARTNER, UNIT, TEAM = RELATIONSHIP = ORDER[:4]
each_relationship = pytest.mark.parametrize(
    "questionnaire", [get_shipped(key) for key in RELATIONSHIP], ids=lambda each: each.key
)


def client() -> Questionnaire:
    return get_shipped(CLIENT)


def best_answers(questionnaire: Questionnaire) -> dict[str, int]:
    """The highest point of every question that is answered on a scale."""
    return {
        each.key: number
        for each in questionnaire.questions
        if (points := get_type(each.type).points)
        if (number := points[-1].number) is not None
    }


def test_the_client_relationship_is_estimated_at_174_seconds() -> None:
    assert estimated_seconds(client()) == 174


def test_the_client_relationship_asks_in_the_order_of_the_instrument() -> None:
    tail = ["v1", "v2", "v3", "ces", "flag", "improve"]
    assert [each.key for each in client().questions] == ["csat", "nps", "reason", *ITEMS, *tail]


@each_relationship
def test_the_eleven_items_are_the_core(questionnaire: Questionnaire) -> None:
    assert [each.key for each in questionnaire.questions if each.core] == ITEMS


@each_relationship
def test_trust_and_value_have_three_items_and_the_other_dimensions_two(
    questionnaire: Questionnaire,
) -> None:
    counted = Counter(each.dimension for each in questionnaire.questions if each.dimension)
    assert counted == {key: 3 if key in ("trust", VALUE) else 2 for key in MEASURED}


@each_relationship
def test_only_the_two_opening_questions_are_required(questionnaire: Questionnaire) -> None:
    """A forced answer is a guess or a goodbye; the scores know how to do without one."""
    assert [each.key for each in questionnaire.questions if each.required] == ["csat", "nps"]


@each_relationship
def test_a_dimension_block_is_headed_by_the_name_of_its_dimension(
    questionnaire: Questionnaire,
) -> None:
    blocks = [each for each in questionnaire.sections if each.shuffle_group == "dimensions"]
    assert [each.title for each in blocks] == [get_dimension(key).name for key in DIMENSIONS]
    assert all(each.shuffle_items for each in blocks)


@each_relationship
@pytest.mark.parametrize("seed", range(20))
def test_whatever_the_seed_the_general_questions_come_first(
    questionnaire: Questionnaire, seed: int
) -> None:
    laid_out = [[each.key for each in page.questions] for page in pages(questionnaire, seed)]
    assert [key for key in laid_out[0] if key != "put_right"] == ["csat", "nps", "reason"]
    assert sorted(laid_out[1] + laid_out[2]) == sorted(ITEMS)
    assert ["v1", "v2", "v3", "ces"] in laid_out[3:]


@each_relationship
def test_a_relationship_gives_every_measure(questionnaire: Questionnaire) -> None:
    full = dict.fromkeys(MEASURED, 24) | {"index": 480, "csat": 4, "ces": 4, "nps": 10}
    assert measures(questionnaire, best_answers(questionnaire)) == full


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("customer_moment", {"csat": 4}),
        ("perceived_value", {"csat": 4, "value": 24}),
        ("pulse", {"csat": 4}),
    ],
)
def test_a_part_of_the_relationship_gives_no_measure_of_the_whole(
    key: str, expected: dict[str, int]
) -> None:
    questionnaire = get_shipped(key)
    assert measures(questionnaire, best_answers(questionnaire)) == expected


def test_the_team_answers_what_the_client_answers_word_for_word() -> None:
    """A gap between two wordings would say nothing about two perceptions.

    Only the offer to be contacted is left out: nobody calls the team about the client's problem.
    """
    mirror = get_shipped(TEAM)
    left_out = {each.key for each in client().questions} - {each.key for each in mirror.questions}
    assert left_out == {"flag"}
    assert best_answers(mirror).keys() == best_answers(client()).keys()
    for question in mirror.questions:
        original = client().get_question(question.key)
        assert (question.text, question.type) == (original.text, original.type)
        assert (question.dimension, question.core) == (original.dimension, original.core)


def test_the_team_is_told_whose_answers_it_gives() -> None:
    intro = get_shipped(TEAM).intro
    assert intro is not None
    for language, words in {
        "en": "Answer as you believe your contacts at {organisation} would answer.",
        "id": "Jawablah seperti yang menurut Anda akan dijawab oleh kontak Anda di {organisation}.",
        "ms": "Jawab seperti yang anda percaya akan dijawab oleh wakil {organisation}.",
    }.items():
        assert intro[language].startswith(words)


def test_a_partner_also_judges_terms_and_planning_outside_the_five_dimensions() -> None:
    section = next(s for s in get_shipped(PARTNER).sections if s.key == "terms")
    assert [each.key for each in section.questions] == ["f1", "f2", "p1", "p2"]
    assert not any(each.dimension or each.core for each in section.questions)


def test_who_wants_to_be_contacted_is_asked_how_and_nobody_else() -> None:
    moment = get_shipped("customer_moment")
    assert "contact_details" in path(moment, {"csat": "4", "flag": "yes"}).keys
    assert "contact_details" not in path(moment, {"csat": "4", "flag": "no"}).keys
    assert "contact_details" not in path(moment, {"csat": "4"}).keys


def test_value_climbs_from_attributes_over_consequences_to_desired_end_states() -> None:
    levels = {each.key: each for each in get_shipped("perceived_value").sections[1:4]}
    assert list(levels) == ["attributes", "consequences", "end_states"]
    for head, level in zip(("v1", "v2", "v3"), levels.values(), strict=True):
        assert level.questions[0].text == client().get_question(head).text
        assert [each.key for each in level.questions if each.dimension == VALUE] == [head]
        assert len(level.questions) == 4


@pytest.mark.parametrize("key", ["customer_moment", "perceived_value", "pulse"])
@pytest.mark.parametrize(
    ("csat", "asked"), [("1", True), ("2", True), ("3", False), ("5", False), ("", False)]
)
def test_who_is_dissatisfied_is_asked_what_to_put_right_first(
    key: str, csat: str, asked: bool
) -> None:
    assert ("put_right" in path(get_shipped(key), {"csat": csat}).keys) == asked


@pytest.mark.parametrize(
    ("csat", "nps", "asked", "spared"),
    [
        ("2", "9", "put_right", "improve"),
        ("4", "6", "put_right", "improve"),
        ("4", "0", "put_right", "improve"),
        ("3", "7", "improve", "put_right"),
        ("5", "10", "improve", "put_right"),
    ],
)
def test_a_unit_is_asked_once_what_to_change_sooner_if_it_is_unhappy(
    csat: str, nps: str, asked: str, spared: str
) -> None:
    keys = path(get_shipped(UNIT), {"csat": csat, "nps": nps}).keys
    assert asked in keys
    assert spared not in keys


def test_the_pulse_asks_satisfaction_and_its_reason_in_the_same_words() -> None:
    pulse = get_shipped("pulse")
    assert [each.key for each in pulse.questions] == ["csat", "reason", "put_right"]
    assert pulse.one_page
    for key in ("csat", "reason"):
        assert pulse.get_question(key).text == client().get_question(key).text


@pytest.mark.parametrize(
    ("questionnaire", "key", "language", "words"),
    [
        (
            CLIENT,
            "t3",
            "en",
            "We feel safe being open with {company} about our problems.",
        ),
        (CLIENT, "l2", "id", "{company} menepati tenggat waktu yang dijanjikannya."),
        (CLIENT, "ces", "id", "{company} memudahkan kami menyelesaikan urusan."),
        (CLIENT, "reason", "ms", "Apakah sebab utama bagi jawapan anda?"),
        (
            PARTNER,
            "e1",
            "en",
            "{company} understands the constraints we work under.",
        ),
        (PARTNER, "r1", "id", "{company} menjawab pertanyaan kami dengan cepat."),
        (
            PARTNER,
            "l1",
            "ms",
            "{company} mematuhi apa yang telah dipersetujui bersama.",
        ),
        (UNIT, "k2", "en", "{company} asks for our input when it sets priorities."),
        (UNIT, "v2", "id", "Dukungan {company} memudahkan pekerjaan unit kami."),
        (UNIT, "e1", "ms", "{company} memahami cara unit kami bekerja."),
    ],
)
def test_the_wording_is_that_of_the_instrument(
    questionnaire: str, key: str, language: str, words: str
) -> None:
    assert get_shipped(questionnaire).get_question(key).text[language] == words
