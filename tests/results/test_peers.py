"""What an organisation's figures borrow from all others is what they would have among them."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback import clock
from feedback.analytics.account_change import AccountChanges, account_changes
from feedback.analytics.change import PairSums
from feedback.analytics.figures import AccountMean, Change, TooFew
from feedback.analytics.intervals import PRIOR_NU0, AccountIntervals, account_intervals
from feedback.analytics.measures import SCALES
from feedback.results import scope
from feedback.results.peers import NOTHING, peers_of
from feedback.results.queries import account as own
from feedback.results.queries.counted import read_tallies, read_waves
from feedback.results.queries.pages import read_account, read_peers
from feedback.results.scope import Selection
from feedback.results.tallies import Tallies, Tally
from tests.builders.portfolio import NOW, WAVES
from tests.results.conftest import Reader

NO_PAIRS = PairSums(0, 0, 0, 0, 0, 0)
people = st.lists(st.integers(0, 480), max_size=6)


def tallies_of(organisations: Mapping[int, list[int]], measure: str = "index") -> Tallies:
    """Add up what persons gave."""
    return Tallies(
        Tally(key, measure, len(each), sum(each), sum(value * value for value in each))
        for key, each in organisations.items()
        if each
    )


def close(one: AccountMean | TooFew, other: AccountMean | TooFew) -> bool:
    """Say whether two figures are the same but for rounding."""
    if isinstance(one, TooFew) or isinstance(other, TooFew):
        return one == other
    pairs = (
        (one.mean, other.mean),
        (one.interval.lo, other.interval.lo),
        (one.interval.hi, other.interval.hi),
    )
    same = (one.n, one.dispersion, one.crit, one.conf) == (
        other.n,
        other.dispersion,
        other.crit,
        other.conf,
    )
    return same and all(a == pytest.approx(b, abs=1e-9) for a, b in pairs)


@given(st.dictionaries(st.integers(1, 40), people, max_size=12))
def test_every_figure_is_the_one_among_all_the_others(organisations: dict[int, list[int]]) -> None:
    tallies = tallies_of(organisations)
    rows = tallies.of("index")
    scale = SCALES["index"]
    among = account_intervals(
        [row.sums for row in rows.values()], PRIOR_NU0, scale.phi0, full=scale.full
    )
    assert isinstance(among, AccountIntervals)
    peers = peers_of(tallies, {7: tallies}, {})
    for at, (key, row) in enumerate(rows.items()):
        for alone in (peers.figure("index", row.sums), peers.in_wave(7, row.sums)):
            assert close(alone, among.figure(at))
        assert close(tallies.account_score("index", key), among.figure(at))


@given(
    st.dictionaries(
        st.integers(1, 20), st.tuples(people, people, st.integers(0, 6)), min_size=1, max_size=10
    )
)
def test_every_change_is_the_one_among_all_the_others(
    organisations: dict[int, tuple[list[int], list[int], int]],
) -> None:
    before = tallies_of({key: one for key, (one, _, _) in organisations.items()})
    after = tallies_of({key: two for key, (_, two, _) in organisations.items()})
    pairs = {
        key: {"index": paired}
        for key, (one, two, most) in organisations.items()
        if (paired := pairs_of(one, two, most)).n
    }
    keys = sorted(before.of("index").keys() | after.of("index").keys())
    first, second = (
        [each.of("index")[key].sums if key in each.of("index") else NOTHING for key in keys]
        for each in (before, after)
    )
    shared = [pairs.get(key, {}).get("index", NO_PAIRS) for key in keys]
    scale = SCALES["index"]
    among = account_changes(first, second, shared, PRIOR_NU0, scale.phi0, full=scale.full)
    peers = peers_of(Tallies(()), {}, {(1, 2): (before, after, pairs)})
    for at in range(len(keys)):
        alone = peers.change((1, 2), "index", first[at], second[at], shared[at])
        assert isinstance(among, AccountChanges)
        other = among.figure(at)
        assert type(alone) is type(other)
        if isinstance(alone, Change) and isinstance(other, Change):
            for name in ("diff", "se", "df", "p"):
                assert getattr(alone, name) == pytest.approx(getattr(other, name), abs=1e-9)


def pairs_of(one: list[int], two: list[int], most: int) -> PairSums:
    """Pair the first persons of both waves."""
    both = list(zip(one, two, strict=False))[:most]
    return PairSums(
        len(both),
        sum(a for a, _ in both),
        sum(b for _, b in both),
        sum(a * a for a, _ in both),
        sum(b * b for _, b in both),
        sum(a * b for a, b in both),
    )


def test_without_any_others_an_organisation_borrows_from_the_prior_alone() -> None:
    none = peers_of(Tallies(()), {}, {})
    own = tallies_of({1: [240, 300]})
    sums = own.of("index")[1].sums
    assert none.figure("index", sums) == none.in_wave(3, sums) == own.score("index")
    assert none.figure("index", NOTHING) == none.in_wave(3, NOTHING) == TooFew(0, 1)
    assert none.change((1, 2), "index", sums, sums, None) == TooFew(0, 1)


def test_every_organisation_has_on_its_page_what_it_has_among_all(reader: Reader) -> None:
    wave = reader.made.campaigns["Summer 2026"]
    for within in (
        scope.portfolio(NOW),
        scope.in_year(2025),
        scope.wave(wave, WAVES["Summer 2026"], NOW),
    ):
        with reader.app.app_context(), clock.standing_at(NOW):
            tallies = read_tallies(within)
            for key in list(tallies.of("index"))[:: 1 if within.key == 0 else 4]:
                facts = read_account(within, key, read_peers(within, key), "en")
                for measure in SCALES:
                    row = facts.own.get(measure)
                    alone = facts.peers.figure(measure, row.sums if row else NOTHING)
                    assert close(alone, tallies.account_score(measure, key)), (key, measure)


def test_every_organisation_changed_on_its_page_as_it_did_among_all(reader: Reader) -> None:
    recent = scope.portfolio(NOW)
    first, second = (reader.made.campaigns[name] for name in ("Autumn 2025", "Summer 2026"))
    with reader.app.app_context(), clock.standing_at(NOW):
        waves = read_waves([first, second], recent)
        pairs = own.read_all_pairs(first, second)
        ones, others = waves[first].of("index"), waves[second].of("index")
        keys = sorted(ones.keys() | others.keys())
        shared = [pairs.get(key, {}).get("index", NO_PAIRS) for key in keys]
        among = account_changes(
            [ones[key].sums if key in ones else NOTHING for key in keys],
            [others[key].sums if key in others else NOTHING for key in keys],
            shared,
            PRIOR_NU0,
            SCALES["index"].phi0,
            full=SCALES["index"].full,
        )
        assert isinstance(among, AccountChanges)
        assert sum(each.n for each in shared) > 20
        for at, key in enumerate(keys):
            peers = read_peers(recent, key)
            before, after = (each[key].sums if key in each else NOTHING for each in (ones, others))
            alone = peers.change((first, second), "index", before, after, shared[at])
            assert type(alone) is type(among.figure(at))
            if isinstance(alone, Change):
                assert alone.diff == pytest.approx(among.diff[at])
                assert alone.p == pytest.approx(among.p[at])


def test_a_filter_changes_nobodys_interval(reader: Reader) -> None:
    with reader.app.app_context(), clock.standing_at(NOW):
        for within in (scope.portfolio(NOW), scope.in_year(2025)):
            whole = read_tallies(within)
            for selection in (Selection(segment="solo"), Selection(segment="food")):
                part = read_tallies(within.of(selection))
                assert len(part.of("index")) < len(whole.of("index"))
                for key in part.of("index"):
                    one, other = (each.account_score("index", key) for each in (part, whole))
                    assert one == other
