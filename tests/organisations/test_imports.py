"""The way of a contact list from upload to contacts."""

import pytest
from flask import Flask
from sqlalchemy import select

from feedback import clock
from feedback.extensions import db
from feedback.organisations import service
from feedback.organisations.importing.matching import Defaults
from feedback.organisations.importing.sheet import UnreadableFile
from feedback.organisations.models import Contact, Organisation
from tests.builders.organisations import a_contact, a_csv, a_workbook, an_organisation
from tests.builders.people import a_user
from tests.organisations.lists import (
    HEADER,
    Work,
    a_list,
    count,
    counted,
    imported,
    people,
    reasons,
)


def test_a_list_becomes_organisations_and_contacts(app: Flask, work: Work) -> None:
    found = imported(work, *people(20))
    assert (found.state, counted(found)) == ("done", (20, 20, 20, 0))
    assert (count(Organisation), count(Contact)) == (7, 20)


def test_nothing_is_written_before_it_is_confirmed(app: Flask, work: Work) -> None:
    found = a_list(*people(3))
    work()
    assert (found.state, found.total, found.good) == ("checked", 3, 3)
    assert count(Organisation) == count(Contact) == 0


def test_all_or_good_rows_is_a_choice(app: Flask, work: Work) -> None:
    found = a_list(("PT A", "Ayu", "ayu@example.com"), ("PT A", "", "x@example.com"))
    work()
    with pytest.raises(service.AllRowsNotGood):
        service.confirm(found, "all")
    work()
    assert (found.state, count(Contact)) == ("checked", 0)
    service.confirm(found, "good")
    work()
    assert (found.state, counted(found)) == ("done", (2, 1, 1, 0))
    assert reasons(found) == [(3, "name", "missing")]


def test_all_rows_refuse_to_start_when_one_has_become_bad(app: Flask, work: Work) -> None:
    found = a_list(("PT A", "Ayu", "ayu@example.com"), ("PT A", "Budi", "budi@example.com"))
    work()
    a_contact(email="budi@example.com", organisation=an_organisation(name="PT B"))
    service.confirm(found, "all")
    work()
    assert (found.state, found.failure, found.good) == ("checked", "changed", 1)
    assert reasons(found) == [(3, "organisation", "other_organisation")]
    assert count(Contact) == 1


def test_a_list_imported_again_changes_nothing(app: Flask, work: Work) -> None:
    imported(work, *people(20))
    stamps = db.session.scalars(select(Contact.updated_at)).all()
    again = imported(work, *people(20))
    assert counted(again) == (20, 20, 0, 0)
    assert db.session.scalars(select(Contact.updated_at)).all() == stamps
    assert (count(Organisation), count(Contact)) == (7, 20)


def test_a_list_imported_again_updates_by_address(app: Flask, work: Work) -> None:
    imported(work, ("PT A", "Ayu", "ayu@example.com"), ("PT A", "Budi", "budi@example.com"))
    again = imported(
        work, ("PT A", "Ayu Lestari", "AYU@example.com"), ("PT A", "C", "c@example.com")
    )
    assert counted(again) == (2, 2, 1, 1)
    assert set(db.session.scalars(select(Contact.name))) == {"Ayu Lestari", "Budi", "C"}


def test_a_list_imported_again_updates_by_external_id(app: Flask, work: Work) -> None:
    header = (*HEADER, "Contact ID", "Organisation ID")
    imported(work, ("PT A", "Ayu", "ayu@example.com", "7", "70"), header=header)
    again = imported(work, ("PT A Baru", "Ayu", "new@example.com", "7", "70"), header=header)
    assert counted(again) == (1, 1, 0, 1)
    assert db.session.scalars(select(Contact.email_key)).all() == ["new@example.com"]
    assert db.session.scalars(select(Organisation.name)).all() == ["PT A Baru"]


def test_an_empty_cell_changes_nothing(app: Flask, work: Work) -> None:
    header = (*HEADER, "Role", "Language", "Segment", "Yearly value")
    row = ("PT A", "Ayu", "ayu@example.com")
    imported(work, (*row, "Head", "ms", "Retail", "1.000.000"), header=header)
    imported(work, (*row, "", "", "", ""), header=header)
    contact = db.session.scalars(select(Contact)).one()
    assert (contact.role, contact.language) == ("Head", "ms")
    assert contact.organisation.yearly_value == 1_000_000


def test_an_import_neither_restores_nor_writes_to_whom_it_must_not(app: Flask, work: Work) -> None:
    """EML-05: a list does not undo a person's wish."""
    organisation = an_organisation(name="PT A")
    contact = a_contact(
        organisation=organisation,
        email="ayu@example.com",
        unsubscribed_at=clock.now(),
        archived_at=clock.now(),
    )
    imported(work, ("PT A", "Ayu Lestari", "ayu@example.com"))
    db.session.refresh(contact)
    assert contact.name == "Ayu Lestari"
    assert contact.unsubscribed_at is not None
    assert contact.archived_at is not None


def test_new_contacts_get_the_chosen_defaults(app: Flask, work: Work) -> None:
    found = service.upload("x.csv", a_csv(HEADER, *people(1)), a_user().id)
    service.set_mapping(found, found.mapping["columns"], Defaults("id", "partner", "influencer"))
    work()
    service.confirm(found, "all")
    work()
    contact = db.session.scalars(select(Contact)).one()
    assert (contact.language, contact.weight) == ("id", "influencer")
    assert contact.organisation.kind == "partner"


def test_an_owner_is_found_by_address(app: Flask, work: Work) -> None:
    user = a_user()
    rows = (
        ("PT A", "Ayu", "a@example.com", user.email.upper()),
        ("PT B", "B", "b@example.com", "no@example.com"),
    )
    found = imported(work, *rows, header=(*HEADER, "Owner email"))
    assert reasons(found) == [(3, "owner", "unknown")]
    assert db.session.scalars(select(Organisation.owner_id)).all() == [user.id]


def test_a_second_confirmation_is_refused(app: Flask, work: Work) -> None:
    found = a_list(*people(3))
    work()
    service.confirm(found, "all")
    with pytest.raises(service.WrongMoment):
        service.confirm(found, "all")


def test_columns_can_be_chosen_again_after_the_check(app: Flask, work: Work) -> None:
    found = a_list(("PT A", "Ayu", "x", "ayu@example.com"), header=(*HEADER, "Catatan"))
    work()
    assert found.good == 0
    service.set_mapping(found, {"organisation": 0, "name": 1, "email": 3}, Defaults())
    work()
    assert (found.good, found.problems) == (1, [])


@pytest.mark.parametrize(
    ("columns", "missing", "twice"),
    [
        ({"organisation": 0, "name": 1}, ["email"], []),
        ({"organisation": 0, "name": 1, "email": 99}, ["email"], []),
        ({"organisation": 0, "name": 1, "email": 1}, [], ["email"]),
    ],
)
def test_columns_that_cannot_be_are_refused(
    app: Flask, columns: dict[str, int], missing: list[str], twice: list[str]
) -> None:
    found = service.upload("x.csv", a_csv(HEADER, *people(1)), a_user().id)
    with pytest.raises(service.BadMapping) as refused:
        service.set_mapping(found, columns, Defaults())
    assert (refused.value.missing, refused.value.twice) == (missing, twice)


def test_a_large_workbook_is_read_by_the_worker(app: Flask, work: Work) -> None:
    rows = [(f"PT {n}", "x" * 60, f"p{n}@example.com") for n in range(12_000)]
    found = service.upload("C:\\lists\\big.xlsx", a_workbook(HEADER, *rows), a_user().id)
    assert (found.state, found.filename, found.mapping) == ("reading", "big.xlsx", {})
    work()
    assert found.state == "uploaded"
    assert found.mapping["columns"] == {"organisation": 0, "name": 1, "email": 2}


def test_a_file_that_cannot_be_read_is_refused_at_once(app: Flask) -> None:
    with pytest.raises(UnreadableFile):
        service.upload("x.csv", b"Name\0", a_user().id)


def test_a_fault_below_the_head_is_found_by_the_worker(app: Flask, work: Work) -> None:
    content = a_csv(HEADER, *people(9)) + b'"PT A,Ayu,ayu@example.com\r\n'
    found = service.upload("x.csv", content, a_user().id)
    service.set_mapping(found, found.mapping["columns"], Defaults())
    work()
    assert (found.state, found.failure) == ("failed", "open_quote")


def test_at_most_a_thousand_problems_are_kept_and_all_are_counted(app: Flask, work: Work) -> None:
    found = a_list(*[("PT A", "", f"p{n}@example.com") for n in range(1_200)])
    work()
    assert (found.total, found.good, len(found.problems)) == (1_200, 0, 1_000)


def test_the_file_is_not_kept_once_it_is_imported(app: Flask, work: Work) -> None:
    assert imported(work, *people(2)).content == b""
