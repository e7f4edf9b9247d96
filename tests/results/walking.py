"""Looks at every page there is that a person who logs in can open, with real things in it."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from feedback import clock

# People with a link see their own answers there; logging out ends the walk.
ELSEWHERE = ("static", "responses.", "security.")
# A form's token is another one every second.
_TOKEN = re.compile(rb'(name="csrf_token" value=")[^"]*')

Values = Mapping[str, Sequence[object]]


def addresses(app: Flask, things: Values, queries: Sequence[str] = ("",)) -> list[str]:
    """Return every address that can be made of these things: argument → values."""
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not rule.endpoint.startswith(ELSEWHERE):
            found += [path + query for path in _filled(app, rule, things) for query in queries]
    return sorted(found)


def _filled(app: Flask, rule: Rule, things: Values) -> Iterator[str]:
    names = sorted(rule.arguments)
    choices = [_values(rule, name, things) for name in names]
    adapter = app.url_map.bind("localhost")
    for values in itertools.product(*choices):
        yield adapter.build(rule.endpoint, dict(zip(names, values, strict=True)))


def _values(rule: Rule, name: str, things: Values) -> Sequence[object]:
    if name in things:
        return things[name]
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)
    return [1] if isinstance(converter, IntegerConverter) else ["nothing-here"]


def walk(client: FlaskClient, paths: Sequence[str], now: datetime) -> dict[str, bytes]:
    """Open every address, all at the same moment; return what came back, also where it failed."""
    found = {}
    with clock.standing_at(now):
        for path in paths:
            answer = client.get(path)
            assert answer.status_code < 500, path
            found[path] = str(answer.status_code).encode() + _TOKEN.sub(rb"\1", answer.data)
    return found


def differing(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> set[str]:
    """Return the addresses whose page has changed by any byte."""
    return {path for path, page in after.items() if before[path] != page}
