"""What an address asks for: periods, filters, parts of the list; and nonsense of every kind."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import Headers

from feedback import clock
from feedback.results.listing import SORTS
from feedback.results.scope import Selection
from feedback.results.views.asking import NOBODY, asked_selection
from feedback.storage import reading
from feedback.web.arguments import here_with, number_argument, page_number, text_argument
from tests.builders.portfolio import COLLEAGUES, COUNTER, NOW, Portfolio
from tests.results.conftest import Reader
from tests.results.screens import Screen

KNOWN = ("period", "campaign", "kind", "segment", "owner", "team", "text", "sort", "page")
# Names that mean something to the code below a page; to an address they are filters like others.
ODD = ("endpoint", "_external", "_scheme", "_method", "_anchor", "organisation_id", "self", "")
nonsense = [
    "",
    "w",
    "w1",
    "w999",
    "2026",
    "1999",
    "0",
    "-1",
    "1e3",
    "９",
    "\0",
    "%",
    "'",
    "a" * 999,
]
values = st.one_of(
    st.text(max_size=12),
    st.sampled_from([*nonsense, *SORTS, *(f"-{sort}" for sort in SORTS)]),
    st.integers(-(2**70), 2**70).map(str),
)
queries = st.dictionaries(st.sampled_from(KNOWN + ODD) | st.text(max_size=4), values, max_size=5)


def status(reader: Reader, path: str, **more: object) -> int:
    """Ask for an address and return the answer's status."""
    with clock.standing_at(NOW), reading(False):
        return reader.client.get(path, **more).status_code


def paths(made: Portfolio) -> tuple[str, str, str]:
    """Return one page of each kind."""
    wave, home = made.campaigns["Summer 2026"], made.organisations["Food 1"]
    return "/", f"/campaigns/{wave}/summary", f"/organisations/{home}"


@settings(max_examples=15)
@given(queries, st.integers(0, 2))
def test_no_address_breaks_a_page(reader: Reader, query: dict[str, str], at: int) -> None:
    path = paths(reader.made)[at]
    assert status(reader, path, query_string=query) in (200, 400, 404)


@given(queries)
def test_what_is_read_from_an_address_is_safe_to_compare(
    reader: Reader, query: dict[str, str]
) -> None:
    with reader.app.test_request_context("/", query_string=query):
        for name in KNOWN:
            assert "\0" not in text_argument(name)
            assert len(text_argument(name)) <= 200
            number = number_argument(name)
            assert number is None or 0 < number < 2**31
        assert 1 <= page_number() <= 1_000_000


@given(queries)
def test_a_link_to_this_page_stays_on_this_page(reader: Reader, query: dict[str, str]) -> None:
    path = paths(reader.made)[2]
    with reader.app.test_request_context(path, query_string=query):
        link = here_with(page=2, text=None)
    with reader.app.test_request_context(link) as after:
        assert link.startswith(f"{path}?")
        kept = {k: v for k, v in query.items() if v and k not in ("page", "text")}
        assert after.request.args.to_dict() == kept | {"page": "2"}


@pytest.mark.parametrize("where", [0, 2])
@pytest.mark.parametrize(
    "period", ["x", "w", "w0", "w999", "wx", "w-1", "1999", "2201", "20266", "2026.5", "２０２６"]
)
def test_a_period_that_does_not_exist_is_not_found(reader: Reader, period: str, where: int) -> None:
    assert status(reader, f"{paths(reader.made)[where]}?period={period}") == 404


@pytest.mark.parametrize("name", [COLLEAGUES, COUNTER])
def test_a_wave_in_which_nobody_may_be_named_is_no_period(reader: Reader, name: str) -> None:
    """PRV-08: at a counter and among colleagues only groups of five people are told."""
    wave = reader.made.campaigns[name]
    for asked in (f"period=w{wave}", f"campaign={wave}"):
        for unit in ("Finance", "Service desk"):
            where = reader.made.organisations[unit]
            assert status(reader, f"/organisations/{where}?{asked}") == 404
        assert status(reader, f"/?{asked}") == 404


@pytest.mark.parametrize("campaign", ["x", "999", "0", "-1", "w1"])
def test_a_campaign_that_does_not_exist_is_not_found(reader: Reader, campaign: str) -> None:
    for path in ("/", paths(reader.made)[2]):
        assert status(reader, f"{path}?campaign={campaign}") == 404
    assert status(reader, f"/campaigns/{campaign}/summary") == 404


@pytest.mark.parametrize(
    "number", ["0", "999", str(2**31 - 1), str(2**31), str(2**63), "9" * 5000, "-1", "x"]
)
def test_what_has_no_such_number_is_not_found(reader: Reader, number: str) -> None:
    assert status(reader, f"/organisations/{number}") == 404
    assert status(reader, f"/campaigns/{number}/summary") == 404


@pytest.mark.parametrize("sort", ["revenue", "--score", "-", "Score", "score "])
def test_an_order_that_does_not_exist_is_refused(reader: Reader, sort: str) -> None:
    for path in paths(reader.made)[:2]:
        assert status(reader, path, query_string={"sort": sort}) == 400


@pytest.mark.parametrize("sort", [*SORTS, *(f"-{sort}" for sort in SORTS)])
def test_every_order_there_is_is_shown(reader: Reader, sort: str) -> None:
    for path in paths(reader.made)[:2]:
        assert status(reader, f"{path}?sort={sort}") == 200


@pytest.mark.parametrize("value", ["x", "0", "-5", "1.5", "99999999999", "rina"])
def test_a_person_nobody_knows_selects_nobody(reader: Reader, value: str) -> None:
    """A mistyped filter must not look like everybody."""
    with reader.app.test_request_context(f"/?owner={value}&team={value}"):
        assert asked_selection() == Selection(owner_id=NOBODY, team_id=NOBODY)
    for name in ("owner", "team"):
        page = reader.portfolio(f"{name}={value}")
        assert "Nobody has answered in what these filters leave." in page.lead


@pytest.mark.parametrize("query", ["kind=nonsense", "segment=Food", "segment=%25", "kind=client'"])
def test_what_nothing_is_called_selects_nobody(reader: Reader, query: str) -> None:
    page = reader.portfolio(query)
    assert "Nobody has answered in what these filters leave." in page.lead
    assert not page.has("Organisations with index")


@pytest.mark.parametrize("query", ["kind=&segment=&owner=&team=&period=", "owner=%20", "page=x"])
def test_blank_filters_leave_everything(reader: Reader, query: str) -> None:
    assert reader.portfolio(query).stat("NPS") == reader.portfolio().stat("NPS")


def test_filters_stay_in_the_form_and_in_the_pages_links(reader: Reader) -> None:
    wave = reader.made.campaigns["Autumn 2025"]
    owner = reader.made.users["rina"]
    page = reader.portfolio(f"kind=client&segment=retail&owner={owner}&period=w{wave}&sort=n")
    form = next(each for each in page.main.of_class("filters"))
    chosen = {
        each.given["name"]: option.given["value"]
        for each in form.all("select")
        for option in each.all("option")
        if "selected" in option.given
    }
    assert chosen == {
        "period": f"w{wave}",
        "kind": "client",
        "segment": "retail",
        "owner": str(owner),
    }
    assert form.one("input", name="sort").given["value"] == "n"
    header = next(link for link in page.main.all("a") if link.text == "Organisation")
    for part in ("kind=client", "segment=retail", f"owner={owner}", f"period=w{wave}"):
        assert part in header.given["href"]


def test_a_part_of_the_page_alone_is_given_to_who_asks_for_it(reader: Reader) -> None:
    with clock.standing_at(NOW), reading(False):
        part = reader.client.get("/?kind=client", headers=Headers({"HX-Request": "true"})).text
    assert part.lstrip().startswith('<div id="results">')
    assert Screen("", part).page.text == reader.portfolio("kind=client").main.one(id="results").text
