"""What changed between two definitions, for the question "what is new since version 3"."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from feedback.surveys.completeness import as_list, as_object

_TEXTS = ("title", "intro", "text", "help")
_SETTINGS = {
    "definition": ("key", "languages", "one_page"),
    "section": ("show_if", "shuffle_group", "shuffle_items"),
    "question": (
        *("type", "scale", "dimension", "core", "required", "cannot_judge"),
        *("limits", "show_if"),
    ),
    "option": ("other", "exclusive"),
    "row": ("dimension", "core"),
}
_CODES = {"show_if": "rule_changed"}
_PARTS = {"option": "options", "row": "rows"}


@dataclass(frozen=True)
class Change:
    """One difference: where, in what (`key`), which (`code`), what it was and what it is.

    Paths are those of the new definition; of the old one for what was removed. Codes, with
    <thing> one of section, question, option, row:
    <thing>_added (new: its data), <thing>_removed (old: its data), <thing>_moved (old and new:
    {"position", from 1, and for a question "section"}), text_changed (path with the language),
    rule_changed, and <member>_changed for the other members: type, scale, dimension, core,
    required, cannot_judge, limits, other, exclusive, shuffle_group, shuffle_items, one_page,
    languages, key. A member that is absent is None.
    """

    path: str
    key: str
    code: str
    old: object = None
    new: object = None


@dataclass(frozen=True)
class _Item:
    name: tuple[str, int]  # key, and which one of that key while a draft still has two
    path: str
    data: Mapping[str, object]
    within: tuple[str, int] | None  # the section of a question
    position: int


def changes(old: Mapping[str, object], new: Mapping[str, object]) -> tuple[Change, ...]:
    """Return what is different in `new`, both as data that may be unfinished; () if nothing is.

    Sections, questions, options and rows are recognised by their keys: a thing with a new key is
    a new thing. Of things that changed places as few as possible are called moved. The questions
    of an added or removed section are part of it and not listed again.
    """
    return tuple(_all(old, new))


def _all(old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[Change]:
    yield from _members("definition", "$", old, new)
    before, after = (_items(each.get("sections"), "$.sections") for each in (old, new))
    yield from _order("section", before, after)
    for was, now in _pairs(before, after):
        yield from _members("section", now.path, was.data, now.data)
    kept = {item.name for item in before} & {item.name for item in after}
    was_asked, is_asked = _questions(before), _questions(after)
    for change, item in _placed("question", was_asked, is_asked):
        if change.code == "question_moved" or item.within in kept:
            yield change
    for was, now in _pairs(was_asked, is_asked):
        yield from _members("question", now.path, was.data, now.data)
        for kind, member in _PARTS.items():
            olds = _items(was.data.get(member), f"{was.path}.{member}")
            news = _items(now.data.get(member), f"{now.path}.{member}")
            yield from _order(kind, olds, news)
            for one, other in _pairs(olds, news):
                yield from _members(kind, other.path, one.data, other.data)


def _members(
    kind: str, path: str, old: Mapping[str, object], new: Mapping[str, object]
) -> Iterator[Change]:
    key = str(new.get("key") or "")
    for name in _SETTINGS[kind]:
        was, now = _plain(old.get(name)), _plain(new.get(name))
        if was != now:
            yield Change(f"{path}.{name}", key, _CODES.get(name, f"{name}_changed"), was, now)
    for name in _TEXTS:
        texts = as_object(old.get(name)), as_object(new.get(name))
        for language in dict.fromkeys((*texts[0], *texts[1])):
            words = [text.get(language) or None for text in texts]
            if words[0] != words[1]:
                yield Change(f"{path}.{name}.{language}", key, "text_changed", *words)


def _plain(value: object) -> object:
    """Return None for whatever means the same as being absent."""
    return None if value is False or value in (None, "", [], {}) else value


def _items(data: object, path: str, within: tuple[str, int] | None = None) -> list[_Item]:
    seen: Counter[str] = Counter()
    items = []
    for index, each in enumerate(as_list(data)):
        thing = as_object(each)
        key = str(thing.get("key") or "")
        items.append(_Item((key, seen[key]), f"{path}[{index}]", thing, within, index + 1))
        seen[key] += 1
    return items


def _questions(sections: Sequence[_Item]) -> list[_Item]:
    seen: Counter[str] = Counter()
    questions = []
    for section in sections:
        path = f"{section.path}.questions"
        for item in _items(section.data.get("questions"), path, section.name):
            key = item.name[0]
            name = (key, seen[key])
            questions.append(_Item(name, item.path, item.data, section.name, item.position))
            seen[key] += 1
    return questions


def _pairs(old: Sequence[_Item], new: Sequence[_Item]) -> Iterator[tuple[_Item, _Item]]:
    before = {item.name: item for item in old}
    return ((before[item.name], item) for item in new if item.name in before)


def _order(kind: str, old: Sequence[_Item], new: Sequence[_Item]) -> Iterator[Change]:
    return (change for change, _ in _placed(kind, old, new))


def _placed(
    kind: str, old: Sequence[_Item], new: Sequence[_Item]
) -> Iterator[tuple[Change, _Item]]:
    """Give what was removed, added or moved, with the item that it is about."""
    before, after = ({item.name: item for item in each} for each in (old, new))
    for item in old:
        if item.name not in after:
            yield Change(item.path, item.name[0], f"{kind}_removed", item.data), item
    steady = _steady(old, new)
    for item in new:
        was = before.get(item.name)
        if was is None:
            yield Change(item.path, item.name[0], f"{kind}_added", None, item.data), item
        elif item.name not in steady:
            places = (_place(was), _place(item))
            yield Change(item.path, item.name[0], f"{kind}_moved", *places), item


def _place(item: _Item) -> dict[str, object]:
    section = {} if item.within is None else {"section": item.within[0]}
    return {**section, "position": item.position}


def _steady(old: Sequence[_Item], new: Sequence[_Item]) -> set[tuple[str, int]]:
    """Return the names of what kept its place: per parent the longest run in the old order."""
    rank = {item.name: (item.within, number) for number, item in enumerate(old)}
    runs: dict[object, list[tuple[int, tuple[str, int]]]] = {}
    for item in new:
        within, number = rank.get(item.name, (None, -1))
        if number >= 0 and within == item.within:
            runs.setdefault(within, []).append((number, item.name))
    return {name for run in runs.values() for name in _longest_rising(run)}


def _longest_rising(run: Sequence[tuple[int, tuple[str, int]]]) -> Iterator[tuple[str, int]]:
    """Give the names of a longest subsequence whose numbers rise (patience sorting)."""
    tops: list[int] = []
    holders: list[int] = []
    previous: list[int | None] = []
    for index, (number, _) in enumerate(run):
        pile = bisect_left(tops, number)
        previous.append(holders[pile - 1] if pile else None)
        tops[pile : pile + 1] = [number]
        holders[pile : pile + 1] = [index]
    at = holders[-1] if holders else None
    while at is not None:
        yield run[at][1]
        at = previous[at]
