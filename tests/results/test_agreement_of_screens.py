"""Two screens never disagree: whatever figure is shown twice, is shown the same."""

import re

import pytest

from feedback.results.charts import END, START
from tests.builders.portfolio import COUNTER, PARTNERS, PULSE, WAVES
from tests.results.conftest import Reader
from tests.results.screens import Screen

MAILED = (*WAVES, PARTNERS, PULSE)
LAST = "Summer 2026"
INDEX, NPS, CSAT, RATE = "Relationship index", "NPS", "Satisfaction", "Response rate (RR2)"
DIMENSIONS = "Dimensions: score from 0 to 100"
LINE, HEARD = "Relationship index from wave to wave", "Comments from wave to wave"
SENTIMENT, VOICES = "Comments by sentiment", "Comments by dimension"
ASKED = "Campaigns this organisation was asked in"
PARTS = ("figures", "dimensions", "sentiment", "waves", "matters", "voices", "reach")
# Filters that leave exactly one organisation, and its name.
EXACTLY = {"owner=budi": "Food 1", "segment=solo": "Alone", "team=sari": "Plain 2"}


def period(reader: Reader, name: str) -> str:
    """Return what stands for a wave, a year or the last 365 days in an address."""
    return f"period=w{reader.made.campaigns[name]}" if name in MAILED else f"period={name}"


def named(reader: Reader, query: str) -> str:
    """Put a person's number for the name in a filter."""
    key, _, value = query.partition("=")
    return f"{key}={reader.made.users.get(value, value)}"


def score_of(screen: Screen, label: str = INDEX) -> list[str]:
    """Return value, limits and n of a figure, as a row of a table has them."""
    stat = screen.stat(label)
    return [stat.value, stat.limits, stat.n]


def sentiment_of(screen: Screen) -> dict[str, int]:
    """Return label → comments, those without any left out."""
    if not screen.has(SENTIMENT):
        return {}
    rows = {head.split()[-1]: int(row[0]) for head, row in screen.table(SENTIMENT).items()}
    return {label: count for label, count in rows.items() if count}


def nps_of(screen: Screen) -> list[str]:
    """Return the score, if any, and the promoters, passives and detractors."""
    stat = screen.stat(NPS)
    counts = re.findall(r"(?:promoters|passives|detractors) (\d+)", stat.basis)
    return [stat.value if re.search(r"\d", stat.value) else "", *counts]


@pytest.mark.parametrize("name", MAILED)
def test_a_wave_is_the_same_in_the_portfolio_and_on_its_own_page(reader: Reader, name: str) -> None:
    here, there = reader.portfolio(period(reader, name)), reader.wave(name)
    assert here.lead == there.lead
    assert here.findings == there.findings
    for part in PARTS:
        assert here.main.one(id=part).text == there.main.one(id=part).text, part
    assert reader.lines(here) == reader.lines(there)


@pytest.mark.parametrize("name", ["", *MAILED, *("kind=client", "segment=food", "2026", "2025")])
def test_a_point_in_a_line_is_that_waves_own_figure(reader: Reader, name: str) -> None:
    chosen = name if "=" in name else ""
    here = reader.portfolio(chosen or (period(reader, name) if name else ""))
    if not here.has(LINE):
        return
    points, heard = list(here.table(LINE).values()), list(here.table(HEARD).values())
    for wave, point, voices in zip(WAVES, points, heard, strict=False):
        alone = period(reader, wave)
        there = reader.portfolio(f"{chosen}&{alone}" if chosen else alone)
        assert point == score_of(there), wave
        told = [int(cell) for cell in voices[:-1]]
        assert sum(told) == there.count(r"Sentiment of (\d+) comment")
        words = ("Positive", "Neutral", "Mixed", "Negative", "Unsure")
        counted = {word: n for word, n in zip(words, told, strict=True) if n}
        assert counted == sentiment_of(there), wave


def spoken(cell: str) -> dict[str, int]:
    """Return label → comments as a line of the list has them."""
    return {word: int(n) for word, n in re.findall(r"([A-Z][a-z]+) (\d+)", cell)}


def lines_agree(here: Screen, name: str, line: dict[str, str], there: Screen) -> None:
    """Compare an organisation's line in a list with its own page."""
    index, (score, *counts) = there.stat(INDEX), nps_of(there)
    assert line["Index"] == f"{index.value} {index.limits}", name
    assert line["People"] == str(there.count(r"Contacts (\d+) of \d+ answered")), name
    limits = there.stat(NPS).limits
    told = f"{score} {limits}" if score else line["NPS"]
    assert line["NPS"] == told, name
    assert score or re.findall(r"\d+", line["NPS"]) == counts, name
    assert spoken(line["Sentiment"]) == sentiment_of(there), name
    if "Waves" in line and there.has(LINE):
        points = [row[0] if row[0].isdigit() else "too few" for row in there.table(LINE).values()]
        drawn = line["Waves"].split(", ")
        assert drawn[: len(points)] == points, name
        assert set(drawn[len(points) :]) <= {"too few"}, name


@pytest.mark.parametrize("when", ["", LAST, "Autumn 2025", "2026", "2025"])
def test_an_organisation_is_the_same_in_the_list_and_on_its_page(reader: Reader, when: str) -> None:
    query = period(reader, when) if when else ""
    here = reader.portfolio(query)
    rows = {name: row for name, row in reader.lines(here).items() if row["People"] != "0"}
    shown = rows if not when else ["Retail 1", "Food 6", "Plain 3"]
    assert len(rows) > 20
    for name in shown:
        lines_agree(here, name, rows[name], reader.organisation(name, query))


@pytest.mark.parametrize("when", ["", LAST, "2026"])
@pytest.mark.parametrize("query", EXACTLY)
def test_filters_that_leave_one_organisation_show_what_its_page_shows(
    reader: Reader, query: str, when: str
) -> None:
    at = period(reader, when) if when else ""
    here = reader.portfolio(f"{named(reader, query)}&{at}" if at else named(reader, query))
    there = reader.organisation(EXACTLY[query], at)
    assert list(reader.lines(here)) == [EXACTLY[query]]
    for label in (INDEX, CSAT, RATE):
        assert score_of(here, label) == score_of(there, label), label
    assert nps_of(here) == nps_of(there)
    assert here.stat(RATE).basis == there.stat(RATE).basis
    assert here.table(DIMENSIONS) == there.table(DIMENSIONS)
    assert sentiment_of(here) == sentiment_of(there)
    assert here.table(VOICES) == there.table(VOICES) if there.has(VOICES) else True
    assert here.table(LINE) == there.table(LINE)


def test_an_organisations_waves_are_those_of_the_campaigns_pages(reader: Reader) -> None:
    for name in ("Retail 1", "Food 6", "Partner 2", "Gone"):
        for wave, told in reader.organisation(name).cells(ASKED).items():
            listed = reader.lines(reader.wave(wave))[name]
            own = reader.organisation(name, period(reader, wave))
            if told["Index"] == "too few":
                assert listed["Index"] in ("too few", "No answers yet"), wave
            else:
                assert told["Index"] == listed["Index"], wave
                assert own.stat(INDEX).value == told["Index"].split()[0]
                assert own.stat(RATE).basis.startswith(told["Sent an answer"])


@pytest.mark.parametrize("at", ["", LAST])
def test_the_hollow_dots_are_the_segments_own_scores(reader: Reader, at: str) -> None:
    query = period(reader, at) if at else ""
    own = reader.organisation("Retail 2", query)
    segment = reader.portfolio(f"segment=retail&{query}".removesuffix("&"))
    dots = [
        float(dot.given["cx"].removesuffix("%"))
        for dot in own.main.one(id="dimensions").of_class("dot-hollow")
        if "%" in dot.given["cx"]
    ]
    scores = [round((dot - START) / (END - START) * 100) for dot in dots]
    assert [str(score) for score in scores] == [
        row[0] for row in segment.table(DIMENSIONS).values()
    ]


def every_screen(reader: Reader) -> list[Screen]:
    """Return one page of every kind, in several periods."""
    queries = ("", "kind=client", "kind=partner", "segment=food", "period=2025", "period=2026")
    found = [reader.portfolio(query) for query in queries]
    found += [reader.wave(name) for name in MAILED]
    found += [reader.organisation(name) for name in ("Retail 1", "One voice", "Partner 1")]
    return found


def test_what_a_chart_says_its_table_says(reader: Reader) -> None:
    for screen in every_screen(reader):
        figure = screen.main.one(id="dimensions")
        heads = [part.text for part in figure.of_class("row-head")]
        tabled = [
            f"{name} {row[0]} ({row[1]}) n {row[2]}" if len(row) == 4 else f"{name} too few answers"
            for name, row in screen.table(DIMENSIONS).items()
        ]
        assert heads == tabled, screen.path
        if screen.has(LINE):
            drawn = re.findall(r"<title>([^<]*: \d+ \([^<]*\), n [^<]*)</title>", screen.html)
            tabled = [
                f"{name}: {row[0]} ({row[1]}), n {row[2]}"
                for name, row in screen.table(LINE).items()
                if len(row) == 3
            ]
            assert drawn == tabled, screen.path


def test_what_a_page_says_in_words_its_figures_say(reader: Reader) -> None:
    for screen in every_screen(reader):
        index = screen.stat(INDEX)
        words = " ".join([screen.lead, *(text for text, _ in screen.findings)])
        if index.limits:
            assert f"index is {index.value} ({index.limits})" in words, screen.path
            assert re.search(rf"from ({index.n}|one) (person|people)", words), screen.path
        nps = screen.stat(NPS)
        if nps.limits:
            assert f"NPS is {nps.value} ({nps.limits}), from {nps.n} answers" in words
        rate = screen.stat(RATE)
        assert re.search(rf"{rate.value} of {rate.n} invitation", words), screen.path
        total = sum(sentiment_of(screen).values())
        assert total == screen.count(r"Sentiment of (\d+) comment"), screen.path
        assert (f"Of {total} comment" in words) == (total > 0), screen.path


def test_the_lines_of_the_list_add_up_to_the_summary(reader: Reader) -> None:
    for screen in [reader.portfolio(), *(reader.wave(name) for name in MAILED)]:
        rows = reader.lines(screen)
        people = sum(int(row["People"]) for row in rows.values())
        assert people == screen.count(r"Answers of (\d+) people count"), screen.path
        heard = sum(sum(spoken(row["Sentiment"]).values()) for row in rows.values())
        assert heard == sum(sentiment_of(screen).values()), screen.path


def test_organisations_invitations_add_up_to_the_portfolios(reader: Reader) -> None:
    total = [0, 0]
    for name in reader.lines(reader.portfolio()):
        basis = reader.organisation(name).stat(RATE).basis
        found = re.match(r"(\d+) of (\d+) invitations", basis)
        if found:
            total = [total[0] + int(found[1]), total[1] + int(found[2])]
    assert reader.portfolio().stat(RATE).basis.startswith(f"{total[0]} of {total[1]} invitations")


def test_a_counters_answers_are_on_its_campaigns_page_only(reader: Reader) -> None:
    assert reader.wave(COUNTER).count(r"Answers of (\d+) people count") == 6
    assert reader.lines(reader.portfolio())["Service desk"]["People"] == "0"
    assert sentiment_of(reader.organisation("Service desk")) == {}


def test_what_is_called_changed_in_a_sentence_is_called_so_in_the_table(reader: Reader) -> None:
    screens = every_screen(reader)
    screens += [reader.organisation(name) for name in reader.lines(reader.portfolio("kind=client"))]
    told = 0
    for screen in screens:
        if not screen.has("Change from"):
            continue
        words = " ".join(text for text, _ in screen.findings)
        for name, row in screen.table("Change from").items():
            sentence = re.search(rf"{name} has (improved|declined) by (\d+) points", words)
            clear = re.search(r"[+−](\d+) (improved|declined)", row[0])
            if name in ("Relationship index", "Satisfaction"):
                continue
            assert bool(sentence) == bool(clear), (screen.path, name)
            if sentence and clear:
                assert (sentence[1], sentence[2]) == (clear[2], clear[1]), screen.path
                told += 1
    assert told > 10
