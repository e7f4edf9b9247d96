"""Rows find their organisations, and what is known about them."""

from typing import Any

from feedback.organisations.importing.checking import ContactRow
from feedback.organisations.importing.keys import match_key, name_key
from feedback.organisations.importing.matching import Changes, Defaults, Known, compare, join


def a_row(number: int = 2, **given: Any) -> ContactRow:
    email = given.pop("email", f"p{number}@example.com")
    values = {"organisation": "PT A", "name": "Dewi"} | given
    return ContactRow(row=number, email=email, email_key=email, **values)


def stored_organisation(**given: Any) -> dict[str, Any]:
    values = {"id": 1, "external_id": "", "name": "PT A", "kind": "client", "segment": ""}
    values |= {"yearly_value": None, "owner_id": None} | given
    return values | {"match_key": match_key(values["name"], values["external_id"])}


def stored_contact(**given: Any) -> dict[str, Any]:
    values = {"id": 5, "organisation_id": 1, "organisation_name": "PT A", "name": "Dewi"}
    values |= {"email": "p2@example.com", "external_id": "", "language": "en", "role": ""}
    values |= {"weight": "user", "bounced_at": None} | given
    return values | {"email_key": values["email"]}


def known(
    organisations: list[dict[str, Any]], contacts: list[dict[str, Any]], **owners: int
) -> Known:
    return Known(
        {o["match_key"]: o for o in organisations},
        {c["email_key"]: c for c in contacts},
        {c["external_id"]: c for c in contacts if c["external_id"]},
        {f"{name}@example.com": key for name, key in owners.items()},
    )


def compared(*rows: ContactRow, about: Known | None = None) -> Changes:
    return compare(join(rows, {})[0], about or Known(), Defaults())


def counts(changes: Changes) -> tuple[int, int, int, int]:
    return changes.added, changes.changed, changes.unchanged, len(changes.refused)


def test_colleagues_share_one_new_organisation() -> None:
    changes = compared(a_row(2), a_row(3, organisation="pt  a"))
    assert [o["name"] for o in changes.new_organisations.values()] == ["PT A"]
    assert counts(changes) == (2, 0, 0, 0)


def test_an_organisation_is_described_by_the_first_value_given() -> None:
    changes = compared(a_row(2), a_row(3, segment="Retail"), a_row(4, segment="Bank"))
    assert [o["segment"] for o in changes.new_organisations.values()] == ["Retail"]


def test_a_name_without_id_belongs_to_the_only_organisation_of_that_name() -> None:
    lines, problems = join([a_row(2, organisation_id="7"), a_row(3)], {})
    assert [line.organisation.external_id for line in lines] == ["7", "7"]
    assert problems == []


def test_a_name_that_fits_several_organisations_is_refused() -> None:
    _lines, problems = join([a_row(2)], {"pt a": {"7", "8"}})
    assert [(p.row, p.column, p.code) for p in problems] == [(2, "organisation", "ambiguous")]


def test_a_known_contact_is_updated_not_doubled() -> None:
    about = known([stored_organisation()], [stored_contact()])
    changes = compared(a_row(name="Dewi Ayu"), about=about)
    assert counts(changes) == (0, 1, 0, 0)
    assert changes.changed_contacts[0]["name"] == "Dewi Ayu"


def test_a_list_that_says_nothing_new_changes_nothing() -> None:
    about = known([stored_organisation(segment="Retail")], [stored_contact(role="Head")])
    assert counts(compared(a_row(), about=about)) == (0, 0, 1, 0)


def test_a_contact_known_by_id_gets_a_new_address_that_has_not_bounced() -> None:
    about = known([stored_organisation()], [stored_contact(external_id="7", bounced_at="then")])
    changes = compared(a_row(external_id="7", email="new@example.com"), about=about)
    assert changes.changed_contacts[0]["email_key"] == "new@example.com"
    assert changes.changed_contacts[0]["bounced_at"] is None


def test_a_person_at_another_organisation_is_not_moved_by_a_list() -> None:
    about = known([stored_organisation()], [stored_contact()])
    changes = compared(a_row(organisation="PT B"), about=about)
    assert [(p.code, p.other) for p in changes.refused] == [("other_organisation", "PT A")]
    assert changes.new_organisations == {}


def test_an_address_of_somebody_with_another_id_is_refused() -> None:
    about = known([stored_organisation()], [stored_contact(external_id="7")])
    changes = compared(a_row(external_id="8"), about=about)
    assert [(p.code, p.other) for p in changes.refused] == [("address_taken", "Dewi")]


def test_an_organisation_known_by_name_gets_its_id() -> None:
    about = known([stored_organisation()], [])
    changes = compared(a_row(organisation_id="7"), about=about)
    assert [o["match_key"] for o in changes.changed_organisations.values()] == ["id:7"]
    assert changes.new_organisations == {}


def test_two_ids_of_one_name_leave_what_is_known_by_name_alone() -> None:
    about = known([stored_organisation()], [])
    rows = a_row(2, organisation_id="7"), a_row(3, organisation_id="8")
    changes = compared(*rows, about=about)
    assert sorted(changes.new_organisations) == ["id:7", "id:8"]
    assert changes.changed_organisations == {}


def test_an_organisation_known_by_id_gets_its_new_name() -> None:
    about = known([stored_organisation(external_id="7")], [])
    changes = compared(a_row(organisation="PT A Baru", organisation_id="7"), about=about)
    assert [o["name"] for o in changes.changed_organisations.values()] == ["PT A Baru"]


def test_an_owner_who_cannot_log_in_is_a_problem_of_the_row() -> None:
    changes = compared(a_row(owner="rina@example.com"))
    assert [(p.column, p.code) for p in changes.refused] == [("owner", "unknown")]


def test_an_owner_is_found_by_address() -> None:
    changes = compared(a_row(owner="rina@example.com"), about=known([], [], rina=9))
    assert [o["owner_id"] for o in changes.new_organisations.values()] == [9]


def test_a_very_long_name_still_has_a_key_that_fits() -> None:
    assert len(name_key("ﷺ" * 200)) <= 320
    assert name_key("ﷺ" * 200) != name_key("ﷺ" * 199)
