"""Numbers in addresses: what no database can hold is not found, whatever the page."""

import re

from flask import Flask
from werkzeug.routing import IntegerConverter

from tests.house.visitors import a_visitor

TOO_LARGE = (str(2**63), "9" * 30, "9" * 5_000)


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
        for number in TOO_LARGE:
            path = re.sub(r"<[^>]+>", "x", re.sub(r"<int:\w+>", number, rule.rule))
            assert client.get(path).status_code in (404, 405), path


def test_the_largest_number_a_row_can_have_is_looked_up(bare_app: Flask) -> None:
    client = a_visitor(bare_app, "viewer")
    assert client.get(f"/organisations/{2**63 - 1}").status_code == 404
    with bare_app.test_request_context(f"/organisations/{2**63 - 1}") as asked:
        assert asked.request.endpoint == "results.organisation"
