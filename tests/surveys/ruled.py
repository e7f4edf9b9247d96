"""Adds rules to an invented questionnaire that read only what everybody has met before."""

from typing import Any

from hypothesis import strategies as st

_SCALES = {"agreement": (1, 5), "csat": (1, 5), "effort": (1, 5), "nps": (0, 10)}
_POINTS = {key: [str(each) for each in range(a, b + 1)] for key, (a, b) in _SCALES.items()}
_Found = list[tuple[str, dict[str, Any]]]


@st.composite
def with_rules(draw: st.DrawFn, data: dict[str, Any]) -> dict[str, Any]:
    """The same definition with rules on some sections and questions (it may hide one for good)."""
    earlier: _Found = []
    stretch: _Found = []
    before: dict[str, Any] = {}
    for section in data["sections"]:
        group = section.get("shuffle_group")
        if not group or group != before.get("shuffle_group"):
            earlier += stretch
            stretch = []
        before = section
        _maybe(draw, section, earlier)
        here: _Found = []
        for question in section["questions"]:
            known = earlier if section["shuffle_items"] else earlier + here
            own = [] if section["shuffle_items"] else stretch
            _maybe(draw, question, [each for each in known if each not in own])
            here += _flat(question)
        stretch += here
    return data


def _maybe(draw: st.DrawFn, thing: dict[str, Any], known: _Found) -> None:
    if draw(st.booleans()):
        thing["show_if"] = draw(rules(known))


def rules(known: _Found) -> st.SearchStrategy[dict[str, Any]]:
    """Rules about these questions, about the contact, or both."""
    contact = st.sampled_from(
        [
            {"contact": "language", "is": "id"},
            {"contact": "role", "in": ["decision_maker", "user"]},
        ]
    )
    leaf = contact if not known else contact | st.sampled_from(known).flatmap(_about)
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.builds(lambda rule: {"not": rule}, inner),
            st.builds(lambda some: {"all": some}, st.lists(inner, min_size=1, max_size=3)),
            st.builds(lambda some: {"any": some}, st.lists(inner, min_size=1, max_size=3)),
        ),
        max_leaves=3,
    )


def _about(found: tuple[str, dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    key, question = found
    tests: list[dict[str, Any]] = [{"answered": True}, {"answered": False}]
    kind = question["type"]
    if kind in _SCALES:
        least, most = _SCALES[kind]
        middle = (least + most) // 2
        tests += [{"between": [None, middle]}, {"between": [middle, most]}]
        tests += [{"is": _POINTS[kind][-1]}, {"in": _POINTS[kind][:2]}]
    if kind in ("choice", "choices", "rating"):
        tests += [{"is": option["key"]} for option in question["options"]]
    if kind == "rating":
        tests.append({"between": [1, 2]})
    if kind == "number":
        tests += [{"between": [-4, 3]}, {"is": 3}]
    if kind == "date":
        tests += [{"between": ["2026-03-01", None]}, {"is": "2026-05-17"}]
    if kind == "flag":
        tests.append({"is": "yes"})
    return st.sampled_from([{"question": key, **test} for test in tests])


def _flat(question: dict[str, Any]) -> _Found:
    if question["type"] == "grid":
        rows = question["rows"]
        return [(f"{question['key']}-{row['key']}", {"type": question["scale"]}) for row in rows]
    return [] if question["type"] == "statement" else [(question["key"], question)]
