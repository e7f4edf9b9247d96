"""Cutting a comment at the words that decided."""

from hypothesis import given
from hypothesis import strategies as st

from feedback.sentiment.marking import Segment, segments

spans = st.lists(
    st.builds(
        lambda start, end, weight: {"start": start, "end": end, "weight": weight},
        st.integers(-5, 60),
        st.integers(-5, 60),
        st.floats(-1, 1),
    )
)


def test_marked_words_stand_between_unmarked_ones() -> None:
    assert segments("slow but kind", [{"start": 0, "end": 4, "weight": -0.5}]) == [
        Segment("slow", -0.5),
        Segment(" but kind"),
    ]


def test_offsets_count_characters_not_bytes() -> None:
    text = "👍 terima kasih"
    found = segments(text, [{"start": 2, "end": 14, "weight": 0.7}])
    assert found[1] == Segment("terima kasih", 0.7)


def test_a_stretch_beyond_the_text_is_cut_off() -> None:
    assert segments("slow", [{"start": 2, "end": 99, "weight": -1}]) == [
        Segment("sl"),
        Segment("ow", -1.0),
    ]


def test_of_two_that_overlap_the_later_one_loses_what_they_share() -> None:
    pieces = [{"start": 2, "end": 6, "weight": 1}, {"start": 0, "end": 4, "weight": -1}]
    assert segments("abcdef", pieces) == [Segment("abcd", -1.0), Segment("ef", 1.0)]


@given(st.text(max_size=50), spans)
def test_the_segments_together_are_the_text_unchanged(
    text: str, evidence: list[dict[str, float]]
) -> None:
    found = segments(text, evidence)
    assert "".join(piece.text for piece in found) == text
    assert all(piece.text for piece in found)


def test_what_was_searched_for_is_marked_inside_and_outside_of_evidence() -> None:
    found = segments("slow but kind", [{"start": 0, "end": 8, "weight": -0.5}], [(5, 13)])
    assert [(part.weight, part.pieces) for part in found] == [
        (-0.5, [("slow ", False), ("but", True)]),
        (None, [(" kind", True)]),
    ]


@given(
    st.text(max_size=50),
    spans,
    st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60))),
)
def test_exactly_the_characters_searched_for_are_marked(
    text: str, evidence: list[dict[str, float]], hits: list[tuple[int, int]]
) -> None:
    pieces = [piece for part in segments(text, evidence, hits) for piece in part.pieces]
    assert "".join(piece for piece, _ in pieces) == text
    marked = [is_hit for piece, is_hit in pieces for _ in piece]
    assert marked == [any(a <= at < b for a, b in hits) for at in range(len(text))]
