"""How the invented people answer: valid answers, a realistic level, and changes that are seen."""

import random
from collections import Counter
from functools import cache
from itertools import pairwise
from statistics import mean, median

import pytest

from feedback.demo.behaviour import (
    CAN_BE_NA,
    CORE,
    FIELD_DAYS,
    QUESTION_KEYS,
    DemoInvitation,
    DemoPlan,
    DemoWave,
    Latent,
    answers,
    plan,
)
from feedback.demo.comments import stock

SEEDS = (2026, 1, 2, 3)
POINTS = {"1", "2", "3", "4", "5"}
MOOD_OF = {comment.text: comment.mood for comment in stock()}


@cache
def _plan(seed: int = SEEDS[0]) -> DemoPlan:
    return plan(seed)


def _answered(demo: DemoPlan) -> list[DemoInvitation]:
    return [i for wave in demo.waves for i in wave.invitations if i.outcome == "answered"]


def _score(answered: dict[str, str]) -> float | None:
    points = [int(answered[key]) for key in CORE if answered.get(key, "na") != "na"]
    return 25 * (mean(points) - 1) if points else None


def _organisation_score(wave: DemoWave, organisation: str) -> float:
    return mean(
        score
        for i in wave.invitations
        if i.organisation == organisation and i.outcome == "answered"
        if (score := _score(i.answers)) is not None
    )


def _people(level: float, count: int = 300) -> list[dict[str, str]]:
    return [answers(random.Random(n), Latent(level, language="id")) for n in range(count)]


def test_the_same_seed_gives_the_same_plan():
    assert plan(7) == plan(7)


def test_another_seed_gives_another_plan():
    assert plan(7).waves != plan(8).waves


def test_every_answer_is_one_the_questionnaire_allows():
    for invitation in _answered(_plan()):
        for key, raw in invitation.answers.items():
            if key in {"reason", "improve"}:
                assert raw in MOOD_OF
            elif key == "nps":
                assert raw in {str(n) for n in range(11)}
            elif key == "flag":
                assert raw in {"yes", "no"}
            else:
                assert raw in (POINTS | {"na"} if key in CAN_BE_NA else POINTS)


def test_every_question_is_answered_by_somebody():
    given = {key for invitation in _answered(_plan()) for key in invitation.answers}

    assert given == set(QUESTION_KEYS)


def test_only_the_questions_asked_for_are_answered():
    given = answers(random.Random(1), Latent(0.0), keys=("csat", "nps"))

    assert set(given) <= {"csat", "nps"}


def test_a_few_cannot_judge_and_a_few_leave_a_question_blank():
    items = [i.answers.get(key) for i in _answered(_plan()) for key in CORE]

    assert 0.005 < items.count("na") / len(items) < 0.08
    assert 0.002 < items.count(None) / len(items) < 0.05


@pytest.mark.parametrize("seed", SEEDS)
def test_the_mean_score_is_about_75_and_the_ceiling_is_felt(seed):
    first, second, _ = _plan(seed).waves
    invitations = [i for wave in (first, second) for i in wave.invitations]
    raw = Counter(i.answers.get(key) for i in invitations for key in CORE if i.answers)

    assert 70 <= mean(s for i in invitations if (s := _score(i.answers)) is not None) <= 80
    assert raw["4"] > raw["5"] > raw["3"] > raw["2"] > raw["1"] > 0


def test_recommendation_and_satisfaction_rise_with_the_level():
    low, middle, high = (_people(level) for level in (-1.8, 0.0, 1.5))
    for key in ("nps", "csat", "ces", "v1"):
        means = [
            mean(int(given[key]) for given in group if given.get(key, "na") != "na")
            for group in (low, middle, high)
        ]
        assert means == sorted(means)
        assert means[2] - means[0] > 1.5


def test_a_better_dimension_gets_better_points_than_the_others():
    latent = Latent(0.0, {"trust": 1.5})
    people = [answers(random.Random(n), latent) for n in range(200)]

    def level(key: str) -> float:
        return mean(int(given[key]) for given in people if given.get(key, "na") != "na")

    assert level("t1") > level("l1") + 0.5


def test_the_unhappy_ask_to_be_called():
    unhappy = mean(given.get("flag") == "yes" for given in _people(-2.0))
    happy = mean(given.get("flag") == "yes" for given in _people(1.0))

    assert unhappy > 0.3
    assert happy < 0.06


def test_the_mood_of_the_comment_follows_the_points_save_for_a_few_contradictions():
    texts = [
        (score, MOOD_OF[i.answers["reason"]])
        for seed in SEEDS
        for i in _answered(_plan(seed))
        if "reason" in i.answers and (score := _score(i.answers)) is not None
    ]
    against = sum(
        (score >= 70 and mood == "negative") or (score < 45 and mood == "positive")
        for score, mood in texts
    )

    assert 0.04 <= against / len(texts) <= 0.12


@pytest.mark.parametrize("seed", SEEDS)
def test_about_every_second_invitation_of_a_wave_is_answered(seed):
    for wave in _plan(seed).waves:
        answered = sum(i.outcome == "answered" for i in wave.invitations)
        assert 0.45 <= answered / len(wave.invitations) <= 0.60


def test_every_outcome_occurs_in_every_wave():
    for wave in _plan().waves:
        outcomes = {invitation.outcome for invitation in wave.invitations}
        assert outcomes == {"bounced", "unopened", "opened", "partial", "answered"}


def test_nobody_is_invited_again_after_a_bounce_or_twice_in_a_wave():
    gone: set[str] = set()
    for wave in _plan().waves:
        invited = [invitation.contact for invitation in wave.invitations]
        assert len(set(invited)) == len(invited)
        assert gone.isdisjoint(invited)
        gone |= {i.contact for i in wave.invitations if i.outcome == "bounced"}


def test_the_waves_lie_in_the_past_months_apart():
    months = [wave.months_ago for wave in _plan().waves]

    assert len(months) == 3
    assert months == sorted(months, reverse=True)
    assert min(a - b for a, b in pairwise(months)) >= 3
    assert months[-1] >= 1


def test_only_those_who_answered_have_answers_a_time_and_a_duration():
    for wave in _plan().waves:
        for i in wave.invitations:
            if i.outcome in {"partial", "answered"}:
                assert i.answers
                assert i.days_after_launch is not None
                assert 0 < i.days_after_launch < FIELD_DAYS
                assert i.completion_seconds is not None
                assert 12 <= i.completion_seconds <= 1500
            else:
                assert (i.answers, i.days_after_launch, i.completion_seconds) == ({}, None, None)


def test_a_partial_answer_stops_on_the_way_through_the_form():
    for wave in _plan().waves:
        for i in wave.invitations:
            if i.outcome == "partial":
                order = [QUESTION_KEYS.index(key) for key in i.answers]
                assert order == sorted(order)
                assert "improve" not in i.answers
                assert len(i.answers) < 17


def test_the_median_answer_takes_less_than_three_minutes():
    assert 90 <= median(i.completion_seconds for i in _answered(_plan())) <= 180


def test_a_few_tick_one_column_in_no_time():
    hasty = [
        i
        for i in _answered(_plan())
        if len({i.answers[key] for key in CORE if key in i.answers}) == 1
        and i.completion_seconds < 30
    ]

    assert 1 <= len(hasty) <= 25


@pytest.mark.parametrize("seed", SEEDS)
def test_four_organisations_fall_clearly_from_the_second_wave_to_the_third(seed):
    demo = _plan(seed)
    falls = [
        _organisation_score(demo.waves[1], o) - _organisation_score(demo.waves[2], o)
        for o in demo.declining
    ]

    assert len(falls) == 4
    assert min(falls) >= 12
    assert mean(falls) >= 25


@pytest.mark.parametrize("seed", SEEDS)
def test_two_other_organisations_rise_clearly(seed):
    demo = _plan(seed)
    rises = [
        _organisation_score(demo.waves[2], o) - _organisation_score(demo.waves[0], o)
        for o in demo.improving
    ]

    assert len(rises) == 2
    assert min(rises) >= 8
    assert set(demo.improving).isdisjoint(demo.declining)


def test_the_decision_makers_of_one_falling_organisation_are_silent_in_the_end():
    demo = _plan()
    deciders = {
        contact.external_id
        for organisation in demo.organisations
        if organisation.external_id == demo.declining[0]
        for contact in organisation.contacts
        if contact.weight == "decision_maker"
    }
    last = {i.contact: i.outcome for i in demo.waves[-1].invitations}

    assert deciders
    assert all(last.get(contact) not in {"answered", "partial"} for contact in deciders)


def test_people_answer_in_all_three_languages():
    assert {i.language for i in _answered(_plan())} == {"id", "ms", "en"}
