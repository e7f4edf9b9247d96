"""Numbers in addresses: what no database can hold is not found, whatever the page."""

import re

import pytest
from flask import Flask
from werkzeug.routing import IntegerConverter

from tests.house.visitors import a_visitor

LARGE = (str(2**31 - 1), str(2**31), str(2**63 - 1), str(2**63), "9" * 30, "9" * 5_000)


def test_no_page_breaks_at_a_number_that_no_row_can_have(bare_app: Flask) -> None:
    client = a_visitor(bare_app, "admin")
    rules = [
        rule
        for rule in bare_app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and any(isinstance(each, IntegerConverter) for each in rule._converters.values())
    ]
    assert len(rules) > 10
    for rule in rules:
        for number in LARGE:
            path = re.sub(r"<[^>]+>", "x", re.sub(r"<(?:int|long):\w+>", number, rule.rule))
            assert client.get(path).status_code in (404, 405), path


@pytest.mark.parametrize(
    ("path", "endpoint"),
    [
        (f"/organisations/{2**31 - 1}", "results.organisation"),
        (f"/organisations/{2**31}", None),
        (f"/reviews/{2**63 - 1}/reason/read", "results.review"),
        (f"/reviews/{2**63}/reason/read", None),
    ],
)
def test_the_largest_number_a_row_can_have_is_looked_up(
    bare_app: Flask, path: str, endpoint: str | None
) -> None:
    with bare_app.test_request_context(path) as asked:
        assert asked.request.endpoint == endpoint
