"""Lists of organisations and contacts: what is in them, in which order, at what cost."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.exceptions import NotFound

from feedback import clock
from feedback.extensions import db
from feedback.organisations import queries
from feedback.organisations.queries import ContactFilter, OrganisationFilter
from tests.builders.organisations import a_contact, an_organisation
from tests.builders.people import a_user


def organisations(**wanted: object) -> list[str]:
    page = queries.list_organisations(OrganisationFilter(**wanted))  # type: ignore[arg-type]
    return [row.name for row in page.rows]


def contacts(**wanted: object) -> list[str]:
    page = queries.list_contacts(ContactFilter(**wanted))  # type: ignore[arg-type]
    return [row.name for row in page.rows]


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """Note every statement that reaches the database."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


def test_organisations_are_found_by_part_of_name_or_id(app: Flask) -> None:
    an_organisation(name="PT Sagara Rekaan")
    an_organisation(name="PT Lain", external_id="SAG-1")
    an_organisation(name="100% Rekaan")
    assert organisations(text="sag") == ["PT Lain", "PT Sagara Rekaan"]
    assert organisations(text="100%") == ["100% Rekaan"]
    assert organisations(text="%") == ["100% Rekaan"]


def test_organisations_are_filtered_by_kind_segment_owner_and_archive(app: Flask) -> None:
    owner = a_user()
    an_organisation(name="A", kind="partner", segment="Retail", owner_id=owner.id)
    an_organisation(name="B", archived=True)
    an_organisation(name="C")
    assert organisations() == ["A", "C"]
    assert organisations(kind="partner") == ["A"]
    assert organisations(segment="Retail") == ["A"]
    assert organisations(owner_id=owner.id) == ["A"]
    assert organisations(archived=True) == ["B"]
    assert queries.list_segments() == ["Retail"]


def test_organisations_are_sorted_both_ways_without_case(app: Flask) -> None:
    for name, value in (("b", 3), ("A", None), ("C", 1)):
        an_organisation(name=name, yearly_value=value)
    assert organisations() == ["A", "b", "C"]
    assert organisations(sort="-value") == ["b", "C", "A"]
    assert organisations(sort="nonsense; DROP") == ["A", "b", "C"]


def test_archived_contacts_are_not_counted(app: Flask) -> None:
    organisation = an_organisation()
    a_contact(organisation=organisation)
    a_contact(organisation=organisation, archived_at=clock.now())
    assert [row.contacts for row in queries.list_organisations(OrganisationFilter()).rows] == [1]


def test_contacts_are_found_by_name_address_and_organisation(app: Flask) -> None:
    a_contact(name="王", email="wang@example.com", organisation=an_organisation(name="PT Utara"))
    a_contact(name="Łukasz", email="lukasz@example.com")
    assert contacts(text="王") == ["王"]
    assert contacts(text="LUKASZ@") == ["Łukasz"]
    assert contacts(text="utara") == ["王"]


def test_contacts_are_filtered_by_where_they_stand(app: Flask) -> None:
    now = clock.now()
    a_contact(name="A", language="id", weight="influencer")
    a_contact(name="B", bounced_at=now)
    a_contact(name="C", bounced_at=now, unsubscribed_at=now)
    a_contact(name="D", archived_at=now, unsubscribed_at=now)
    assert contacts() == ["A", "B", "C"]
    states = ("active", "bounced", "unsubscribed", "archived")
    assert [contacts(state=state) for state in states] == [["A"], ["B"], ["C"], ["D"]]
    assert contacts(language="id") == contacts(weight="influencer") == ["A"]


def test_contacts_of_one_organisation_are_found(app: Flask) -> None:
    contact = a_contact(name="A")
    a_contact(name="B")
    assert contacts(organisation_id=contact.organisation_id) == ["A"]


def test_a_page_says_where_it_stands(app: Flask) -> None:
    organisation = an_organisation()
    for _ in range(3):
        a_contact(organisation=organisation)
    page = queries.list_contacts(ContactFilter(), number=2, size=2)
    assert (len(page.rows), page.total) == (1, 3)
    beyond = queries.list_contacts(ContactFilter(), number=9)
    assert (beyond.first, beyond.last, beyond.has_next) == (0, 0, False)


@pytest.mark.parametrize("rows", [1, 8])
def test_a_page_costs_two_queries_however_many_rows(app: Flask, rows: int) -> None:
    for _ in range(rows):
        a_contact()
    with counted_queries() as seen:
        assert len(queries.list_organisations(OrganisationFilter()).rows) == rows
        assert len(queries.list_contacts(ContactFilter()).rows) == rows
    assert len(seen) == 4


def test_a_search_finds_organisations_and_people(app: Flask) -> None:
    contact = a_contact(name="Sagara Dewi")
    organisation = an_organisation(name="PT Sagara")
    found = queries.search(" sagara ")
    assert ([o.id for o in found.organisations], [c.id for c in found.contacts]) == (
        [organisation.id],
        [contact.id],
    )
    assert queries.search("  ").organisations == []


def test_a_name_is_recognised_without_case_and_spaces(app: Flask) -> None:
    organisation = an_organisation(name="PT Sagara", external_id="7")
    assert queries.find_organisations_named(" pt sagara ") == [organisation]
    assert queries.find_organisations_named("PT Saga") == []


def test_what_does_not_exist_is_not_found(app: Flask) -> None:
    for get in (queries.get_organisation, queries.get_contact, queries.get_import):
        with pytest.raises(NotFound):
            get(1)
