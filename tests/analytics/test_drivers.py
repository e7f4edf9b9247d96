"""What goes together with satisfaction, and when that is not said."""

import time

import numpy as np
import pytest

from feedback.analytics.crossproducts import crossproducts_of
from feedback.analytics.driver_draws import drawn
from feedback.analytics.driver_figures import Reason, Refusal, key_drivers
from feedback.analytics.drivers import Drivers, DriversRefused, find_drivers, top_group
from feedback.analytics.figures import Method
from tests.builders.driver_sums import NAMES, a_portfolio, summed_by_account


def found_in(rows, answered=None, **options):
    return find_drivers(rows, NAMES, answered or int(rows[:, 0].sum()), **options)


def codes(found):
    assert isinstance(found, DriversRefused)
    return [reason.code for reason in found.reasons]


def test_the_driver_that_was_put_in_is_found():
    found = found_in(a_portfolio())
    assert (found.n, found.accounts, found.complete) == (300, 60, 1.0)
    assert (found.drivers[0].name, found.top) == ("trust", ("trust",))
    assert found.has_most_important
    assert (found.johnson_first, found.method) == ("trust", Method.CLUSTER_BOOTSTRAP)
    assert (found.is_provisional, found.draws) == (False, 1000)


def test_drivers_come_by_share_and_their_shares_add_up_to_one():
    found = found_in(a_portfolio())
    shares = [driver.share for driver in found.drivers]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1)
    assert sum(driver.first for driver in found.drivers) == pytest.approx(1)
    assert all(0 <= d.interval.lo <= d.share <= d.interval.hi <= 1 for d in found.drivers)
    assert 0 < found.r2_interval.lo < found.r2 < found.r2_interval.hi < 1


def test_equal_drivers_are_tied():
    found = found_in(a_portfolio(pulls=(0.25,) * 5))
    assert len(found.top) > 1
    assert not found.has_most_important


def test_a_top_group_is_the_fewest_that_were_first_in_nine_of_ten_draws():
    assert top_group({"a": 0.9, "b": 0.1}) == ("a",)
    assert top_group({"a": 0.1, "b": 0.89, "c": 0.01}) == ("b", "a")
    assert top_group({"a": 0.4, "b": 0.3, "c": 0.3}) == ("a", "b", "c")


def test_a_driver_that_goes_with_less_satisfaction_shows_its_sign():
    found = found_in(a_portfolio(pulls=(0.9, 0.1, 0.1, 0.1, -0.9)))
    signs = {driver.name: driver.correlation for driver in found.drivers}
    assert signs["empathy"] < 0 < signs["trust"]


def test_neither_the_order_of_accounts_nor_empty_ones_change_a_digit():
    rows = a_portfolio()
    shuffled = np.random.default_rng(5).permutation(rows)
    padded = np.r_[shuffled, np.zeros((3, rows.shape[1]), np.int64)]
    assert found_in(rows) == found_in(shuffled) == found_in(padded)
    assert find_drivers(rows.tolist(), NAMES, 300) == found_in(rows)


def test_another_seed_gives_other_draws_of_the_same_figures():
    one, other = found_in(a_portfolio()), found_in(a_portfolio(), seed=7)
    assert one.r2 == other.r2
    assert one.drivers[0].interval != other.drivers[0].interval


def test_persons_who_resemble_each_other_widen_the_intervals():
    """The same 300 persons as accounts of their own, and as sixty whose five answer as one."""
    as_one = np.repeat(a_portfolio(accounts=60, persons=1, seed=3), 5, axis=0)
    groups = as_one.reshape(60, 5, -1).sum(axis=1)
    naive, honest = found_in(as_one), found_in(groups)
    assert naive.drivers[0].share == honest.drivers[0].share
    assert honest.r2_interval.width > 1.7 * naive.r2_interval.width


@pytest.mark.parametrize(
    ("rows", "code", "found", "needed"),
    [
        (a_portfolio(accounts=33, persons=3), Refusal.FEW_PERSONS, 99, 100),
        (a_portfolio(accounts=19, persons=10), Refusal.FEW_ACCOUNTS, 19, 20),
    ],
)
def test_too_few_persons_or_accounts_are_refused_with_their_numbers(rows, code, found, needed):
    assert found_in(rows).reasons == (Reason(code, found, needed),)


def test_one_hundred_persons_of_twenty_accounts_are_enough_but_provisional():
    assert found_in(a_portfolio(accounts=20, persons=5)).is_provisional
    assert not found_in(a_portfolio(accounts=40, persons=5)).is_provisional


def test_below_eighty_percent_complete_is_refused():
    rows = a_portfolio()
    assert isinstance(found_in(rows, 375), Drivers)
    assert found_in(rows, 376).reasons == (Reason(Refusal.INCOMPLETE, 300 / 376, 0.8),)


def test_unrelated_answers_are_refused():
    rng = np.random.default_rng(3)
    values = np.c_[rng.integers(0, 25, (150, 5)), rng.integers(0, 5, 150)]
    found = found_in(summed_by_account(values, np.arange(150) // 3))
    assert codes(found) == [Refusal.NO_RELATION]
    assert found.reasons[0].found >= 0.05


def test_answers_that_say_the_same_twice_are_refused_and_named():
    rng = np.random.default_rng(3)
    x = rng.integers(0, 25, (150, 5))
    x[:, 1] = np.clip(x[:, 0] + rng.integers(0, 2, 150), 0, 24)
    values = np.c_[x, (x[:, 0] + x[:, 2]) // 11]
    found = found_in(summed_by_account(values, np.arange(150) // 3))
    assert codes(found) == [Refusal.COLLINEAR]
    assert found.reasons[0].who == ("trust", "reliability")
    assert found.reasons[0].found > found.reasons[0].needed == 10


def test_a_vif_between_five_and_ten_is_provisional():
    rng = np.random.default_rng(3)
    x = np.clip(np.rint(12 + 4 * rng.normal(size=(300, 5))), 0, 24).astype(int)
    x[:, 1] = np.clip(x[:, 0] + np.rint(1.6 * rng.normal(size=300)), 0, 24)
    values = np.c_[x, np.clip((x[:, 0] + x[:, 2]) // 9, 0, 4)]
    found = found_in(summed_by_account(values, np.arange(300) // 3))
    assert 5 < max(driver.vif for driver in found.drivers) < 10
    assert found.is_provisional


@pytest.mark.parametrize(("column", "who"), [(2, "responsiveness"), (5, "outcome")])
def test_what_everybody_answers_alike_is_refused_and_named(column, who):
    values = np.random.default_rng(3).integers(0, 5, (150, 6))
    values[:, column] = 4
    found = found_in(summed_by_account(values, np.arange(150) // 3))
    assert found.reasons == (Reason(Refusal.NO_SPREAD, 0.0, 0.0, (who,)),)


def test_all_reasons_are_given_at_once():
    assert codes(found_in(a_portfolio(accounts=3, persons=3), 12)) == [
        Refusal.FEW_PERSONS,
        Refusal.FEW_ACCOUNTS,
        Refusal.INCOMPLETE,
        *codes(found_in(a_portfolio(accounts=3, persons=3)))[2:],
    ]


def test_nobody_at_all_is_refused():
    for rows in (np.zeros((0, 28), np.int64), np.zeros((4, 28), np.int64), []):
        found = find_drivers(rows, NAMES, 0)
        assert (found.n, found.accounts) == (0, 0)
        assert codes(found)[:2] == [Refusal.FEW_PERSONS, Refusal.FEW_ACCOUNTS]


def test_more_cases_than_persons_or_hardly_any_draws_are_an_error():
    with pytest.raises(ValueError, match="300 complete cases of 299"):
        found_in(a_portfolio(), 299)
    with pytest.raises(ValueError, match="99 draws"):
        found_in(a_portfolio(), draws=99)


def test_longleys_economy_says_everything_twice():
    """R datasets longley, car::vif: 135.5, 1788.5, 33.6, 3.6, 399.2, 759.0; R2 .9955, F 330.3."""
    rows = [
        (83, 234.289, 235.6, 159, 107.608, 1947, 60.323),
        (88.5, 259.426, 232.5, 145.6, 108.632, 1948, 61.122),
        (88.2, 258.054, 368.2, 161.6, 109.773, 1949, 60.171),
        (89.5, 284.599, 335.1, 165, 110.929, 1950, 61.187),
        (96.2, 328.975, 209.9, 309.9, 112.075, 1951, 63.221),
        (98.1, 346.999, 193.2, 359.4, 113.27, 1952, 63.639),
        (99, 365.385, 187, 354.7, 115.094, 1953, 64.989),
        (100, 363.112, 357.8, 335, 116.219, 1954, 63.761),
        (101.2, 397.469, 290.4, 304.8, 117.388, 1955, 66.019),
        (104.6, 419.18, 282.2, 285.7, 118.734, 1956, 67.857),
        (108.4, 442.769, 293.6, 279.8, 120.445, 1957, 68.169),
        (110.8, 444.546, 468.1, 263.7, 121.95, 1958, 66.513),
        (112.6, 482.704, 381.3, 255.2, 123.366, 1959, 68.655),
        (114.2, 502.601, 393.1, 251.4, 125.368, 1960, 69.564),
        (115.7, 518.173, 480.6, 257.2, 127.852, 1961, 69.331),
        (116.9, 554.894, 400.7, 282.7, 130.081, 1962, 70.551),
    ]
    found = key_drivers(crossproducts_of(rows, 7), list("abcdef"))
    assert [round(one, 1) for one in found.vif] == [135.5, 1788.5, 33.6, 3.6, 399.2, 759.0]
    assert (round(found.r2, 4), round(found.f, 1)) == (0.9955, 330.3)


def test_as_many_persons_as_predictors_have_no_figures():
    rows = [(1, 2, 3), (2, 1, 4), (3, 3, 5)]
    few = key_drivers(crossproducts_of(rows, 3), ["a", "b"])
    assert few == Reason(Refusal.FEW_PERSONS, 3, 100)
    with pytest.raises(ValueError, match="2 predictors"):
        key_drivers(crossproducts_of([(1, 2)], 2), ["a", "b"])


def test_draws_follow_the_bootstrap_of_whole_accounts():
    """The sd of R2 over draws is near that over portfolios drawn anew."""
    anew = [found_in(a_portfolio(seed=seed), draws=100).r2 for seed in range(60)]
    again = drawn(a_portfolio(seed=99), 6, 1000, 1).r2
    assert np.std(again) == pytest.approx(np.std(anew), rel=0.35)


@pytest.mark.parametrize("others", [0, 1])
def test_every_account_is_left_out_of_a_third_of_draws(others):
    """(1-1/20)^20 = .36; only one of twenty accounts varies, the first or the last by its sums."""
    values = np.full((40, 2), others)
    values[:2] = [[0, 0], [1, 1]]
    found = drawn(summed_by_account(values, np.arange(40) // 2), 2, 2000, 1)
    assert len(found.r2) / 2000 == pytest.approx(1 - 0.95**20, abs=0.04)
    assert found.first[0] == len(found.r2) / 2000


def test_a_thousand_draws_of_five_hundred_accounts_take_no_time():
    rows = a_portfolio(accounts=500)
    found_in(rows)
    begun = time.process_time()
    found_in(rows)
    assert time.process_time() - begun < 0.5
