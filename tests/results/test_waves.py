"""Waves side by side: which are put into one line, what changed between the last two."""

from datetime import UTC, datetime

import pytest

from feedback import clock
from feedback.analytics.figures import Change, Direction, NoFigure, NpsChange, TooFew
from feedback.analytics.measures import NPS
from feedback.results import scope
from feedback.results.queries.waves import list_comparable, list_periods, list_waves
from feedback.results.scope import Selection
from feedback.results.tallies import Tallies, Tally
from feedback.results.waves import WaveName, directions, last_step, line
from tests.builders.portfolio import COLLEAGUES, COUNTER, NOW, PARTNERS, PULSE, WAVES, Portfolio
from tests.results.conftest import Reader
from tests.results.test_statements import a_change

DAY = datetime(2026, 3, 1, tzinfo=UTC)
FIRST, SECOND = WaveName(1, "First", DAY), WaveName(2, "Second", DAY)


def wave_of(*points: int | None, measure: str = "trust") -> Tallies:
    """Make a wave in which one person of every organisation gave so many points of 24, or none."""
    return Tallies(
        Tally(at, measure, 1, each, each * each, int(each <= 6), int(each >= 9))
        for at, each in enumerate(points)
        if each is not None
    )


def test_a_change_is_the_second_mean_less_the_first() -> None:
    before, after = wave_of(*[12, 14] * 5), wave_of(*[18, 17, 21] * 3, 20)
    step = last_step([FIRST, SECOND], {1: before, 2: after})
    assert step is not None
    change = step.changes["trust"]
    assert isinstance(change, Change)
    assert change.diff == pytest.approx(100 * (18.8 - 13) / 24)
    assert change.direction is Direction.IMPROVED
    assert (change.n_first, change.n_second) == (10, 10)


@pytest.mark.parametrize(("both", "missing"), [(9, 1), (3, 7), (10, 0)])
def test_a_change_needs_ten_organisations(both: int, missing: int) -> None:
    before, after = wave_of(*range(both)), wave_of(*range(3, both + 3))
    step = last_step([FIRST, SECOND], {1: before, 2: after})
    assert step is not None
    change = step.changes["trust"]
    assert isinstance(change, TooFew) == bool(missing)
    if isinstance(change, TooFew):
        assert (change.n, change.missing) == (both, missing)


def test_organisations_of_either_wave_count_together() -> None:
    before, after = wave_of(*[3, 5] * 3, *[None] * 4), wave_of(*[None] * 6, *[20, 22] * 2)
    step = last_step([FIRST, SECOND], {1: before, 2: after})
    assert step is not None
    assert isinstance(step.changes["trust"], Change)


def test_a_measure_nobody_was_asked_has_too_few_and_equal_answers_no_change() -> None:
    same = wave_of(*[12] * 10)
    step = last_step([FIRST, SECOND], {1: same, 2: same})
    assert step is not None
    assert step.changes["empathy"] == TooFew(0, 10)
    assert isinstance(step.changes["trust"], NoFigure)
    assert "trust" not in step.directions


def test_recommendations_of_ten_organisations_are_compared() -> None:
    before, after = wave_of(*[9] * 12, measure=NPS), wave_of(*[3] * 12, measure=NPS)
    step = last_step([FIRST, SECOND], {1: before, 2: after})
    assert step is not None
    assert isinstance(step.nps, NpsChange)
    assert step.nps.diff_adj < -150
    few = last_step([FIRST, SECOND], {1: wave_of(9, measure=NPS), 2: after})
    assert few is not None
    assert isinstance(few.nps, TooFew)


def test_only_the_last_two_of_many_waves_are_compared() -> None:
    third = WaveName(3, "Third", DAY)
    waves = {1: wave_of(*[20] * 10), 2: wave_of(*range(10)), 3: wave_of(*range(2, 12))}
    step = last_step([FIRST, SECOND, third], waves)
    assert step is not None
    assert (step.first, step.second) == (SECOND, third)
    change = step.changes["trust"]
    assert not isinstance(change, TooFew)
    assert last_step([FIRST], waves) is None
    assert last_step([], {}) is None


def test_dimensions_are_put_into_words_as_a_list_and_the_index_by_itself() -> None:
    """The p of trust alone is below .05; among five it is not enough."""
    changes = {"index": a_change(5, 0.04), "csat": a_change(5, 0.06), "trust": a_change(5, 0.04)}
    others = ("reliability", "responsiveness", "communication", "empathy")
    words = directions(changes | dict.fromkeys(others, a_change(1, 0.8)))
    assert words["index"] is Direction.IMPROVED
    assert words["csat"] is words["trust"] is Direction.UNCLEAR
    assert directions(changes)["trust"] is Direction.IMPROVED
    assert directions({"trust": TooFew(1, 10)}) == {}


def test_a_line_has_the_index_and_the_comments_of_every_wave() -> None:
    waves = {1: wave_of(240, 360, measure="index"), 2: wave_of(measure="index")}
    heard = [(2, "positive", 3), (2, "waiting", 1), (1, "negative", 2), (2, "positive", 1)]
    first, second = line([FIRST, SECOND], waves, heard)
    assert not isinstance(first.index, TooFew)
    assert first.index.mean == pytest.approx(62.5)
    assert second.index == TooFew(0, 1)
    assert (first.split.negative, second.split.positive, second.split.waiting) == (2, 4, 1)


def comparable(reader: Reader, within: scope.Scope, name: str | None = None) -> list[str]:
    """Return the names of the waves a scope, or an organisation in it, is shown with."""
    where = reader.made.organisations[name] if name else None
    with reader.app.app_context(), clock.standing_at(NOW):
        return [wave.name for wave in list_comparable(within, where)]


def test_only_waves_of_one_questionnaire_stand_in_one_line(reader: Reader) -> None:
    """The pulse is newer, but shows no index; the partners were asked something else."""
    recent = scope.portfolio(NOW)
    assert comparable(reader, recent) == list(WAVES)
    assert comparable(reader, recent.of(Selection(kind="partner"))) == [PARTNERS]
    assert comparable(reader, recent.of(Selection(kind="client"))) == list(WAVES)
    assert comparable(reader, recent.of(Selection(kind="internal"))) == []


def test_a_line_ends_with_the_wave_or_year_asked_for(reader: Reader) -> None:
    made = reader.made.campaigns
    autumn = scope.wave(made["Autumn 2025"], WAVES["Autumn 2025"], NOW)
    assert comparable(reader, autumn) == ["Summer 2025", "Autumn 2025"]
    assert comparable(reader, scope.in_year(2025)) == ["Summer 2025", "Autumn 2025"]
    assert comparable(reader, scope.in_year(2024)) == []
    pulse = scope.wave(made[PULSE], NOW, NOW)
    assert comparable(reader, pulse) == [PULSE]


@pytest.mark.parametrize("name", [COUNTER, COLLEAGUES])
def test_what_speaks_for_itself_only_stands_in_no_line(reader: Reader, name: str) -> None:
    own = scope.wave(reader.made.campaigns[name], NOW, NOW)
    assert comparable(reader, own) == []


def test_an_organisations_line_is_that_of_what_it_answered_last(reader: Reader) -> None:
    recent = scope.portfolio(NOW)
    assert comparable(reader, recent, "Partner 1") == [PARTNERS]
    assert comparable(reader, recent, "Retail 1") == list(WAVES)
    assert comparable(reader, recent, "Silent") == []
    assert comparable(reader, recent, "Finance") == []


def test_an_organisations_campaigns_are_the_named_ones_it_was_asked_in(
    reader: Reader, made: Portfolio
) -> None:
    with reader.app.app_context():
        names = {
            name: [row.name for row in list_waves(made.organisations[name])]
            for name in ("Food 1", "Silent", "Finance", "Service desk")
        }
    newest_first = [PULSE, *reversed(WAVES)]
    assert names == {
        "Food 1": newest_first, "Silent": newest_first, "Finance": [], "Service desk": [],
    }  # fmt: skip


def test_periods_are_the_years_with_answers_and_the_waves_by_mail(reader: Reader) -> None:
    with reader.app.app_context(), clock.standing_at(NOW):
        years, waves = list_periods()
    assert years == [2026, 2025]
    newest_first = [PULSE, "Summer 2026", PARTNERS, "Autumn 2025", "Summer 2025"]
    assert [each.name for each in waves] == newest_first
