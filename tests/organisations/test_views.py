"""Pages of organisations and contacts over HTTP."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from feedback.extensions import db
from feedback.organisations.models import Contact, Organisation
from tests.builders.organisations import a_contact, an_organisation

Login = Callable[[str], FlaskClient]

PERSON = {"name": "Dewi", "email": "dewi@example.com", "language": "id", "weight": "user"}


def text_of(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.text


def values(page: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}"[^>]*value="([^"]*)"', page)


def test_an_organisation_is_added_by_form(login: Login) -> None:
    client = login("manager")
    data = {"name": "PT Sagara", "kind": "partner", "yearly_value": "1.500.000", "owner_id": "0"}
    response = client.post("/organisations/new", data=data)
    assert response.status_code == 303
    made = db.session.scalars(select(Organisation)).one()
    assert (made.name, made.kind, made.yearly_value) == ("PT Sagara", "partner", 1_500_000)
    assert made.owner_id is None
    assert "PT Sagara was added." in text_of(client, "/organisations")


def test_a_wrong_organisation_keeps_what_was_typed(login: Login) -> None:
    response = login("manager").post(
        "/organisations/new",
        data={"name": "", "segment": "Retail <i>", "yearly_value": "plenty", "kind": "client"},
    )
    assert response.status_code == 422
    assert values(response.text, "segment") == ["Retail &lt;i&gt;"]
    assert values(response.text, "yearly_value") == ["plenty"]
    assert "Enter the organisation's name." in response.text
    assert "Enter a number" in response.text


def test_a_second_organisation_of_that_name_is_refused_on_the_page(login: Login) -> None:
    client = login("manager")
    an_organisation(name="PT Sagara")
    data = {"name": "pt sagara", "kind": "client", "owner_id": "0"}
    response = client.post("/organisations/new", data=data)
    assert response.status_code == 422
    assert "There is such an organisation already." in response.text
    assert values(response.text, "name") == ["pt sagara"]


def test_an_organisation_is_edited_and_archived(login: Login) -> None:
    client = login("manager")
    number = an_organisation(name="PT Lama", segment="Bank").id
    address = f"/organisations/{number}/edit"
    assert values(text_of(client, address), "segment") == ["Bank"]
    data = {"name": "PT Baru", "kind": "client", "owner_id": "0"}
    assert client.post(address, data=data).status_code == 303
    assert client.post(f"/organisations/{number}/archive").status_code == 303
    found = db.session.get_one(Organisation, number)
    assert (found.name, found.archived_at is None) == ("PT Baru", False)
    client.post(f"/organisations/{number}/archive", data={"restore": "1"})
    assert db.session.get_one(Organisation, number).archived_at is None


def test_rows_lead_to_the_organisations_own_page(login: Login) -> None:
    number = an_organisation().id
    page = text_of(login("viewer"), "/organisations")
    assert f'href="/organisations/{number}"' in page


def test_a_contact_is_added_at_its_organisation(login: Login) -> None:
    client = login("manager")
    number = an_organisation(name="PT Sagara").id
    page = text_of(client, f"/contacts/new?organisation={number}")
    assert values(page, "organisation") == ["PT Sagara"]
    response = client.post("/contacts/new", data=PERSON | {"organisation": "pt sagara"})
    assert response.status_code == 303
    made = db.session.scalars(select(Contact)).one()
    assert (made.name, made.language, made.organisation_id) == ("Dewi", "id", number)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"organisation": "PT Sag"}, "Similar: PT Sagara."),
        ({"organisation": "Nobody"}, "No organisation has this name."),
        ({"email": "dewi"}, "An email address needs an @."),
        ({"email": "DEWI@taken.example.com"}, "Sari at PT Sagara has this address already."),
        ({"name": "Dewi\nBcc: x"}, "Remove line breaks"),
        ({"name": "x" * 201}, "Use at most 200 characters."),
    ],
)
def test_a_wrong_contact_keeps_what_was_typed_and_says_why(
    login: Login, change: dict[str, str], sentence: str
) -> None:
    client = login("manager")
    organisation = an_organisation(name="PT Sagara")
    a_contact(name="Sari", email="dewi@taken.example.com", organisation=organisation)
    data = PERSON | {"organisation": "PT Sagara", "role": "Head of <b>"} | change
    response = client.post("/contacts/new", data=data)
    assert response.status_code == 422
    assert sentence in response.text
    assert values(response.text, "role") == ["Head of &lt;b&gt;"]
    assert values(response.text, "email") == [data["email"]]
    assert db.session.scalars(select(Contact.name)).all() == ["Sari"]


def test_a_contact_of_one_of_two_organisations_of_a_name_stays_there(login: Login) -> None:
    client = login("manager")
    an_organisation(name="PT Sagara", external_id="1")
    contact = a_contact(organisation=an_organisation(name="PT Sagara", external_id="2"))
    at = contact.organisation_id
    data = PERSON | {"organisation": "PT Sagara"}
    assert client.post(f"/contacts/{contact.id}/edit", data=data).status_code == 303
    assert db.session.scalars(select(Contact.organisation_id)).all() == [at]
    response = client.post("/contacts/new", data=data | {"email": "other@example.com"})
    assert "Several organisations have this name." in response.text


def test_a_contact_is_edited_and_archived(login: Login) -> None:
    client = login("manager")
    contact = a_contact(name="Dewi Lama")
    number, company = contact.id, contact.organisation.name
    assert values(text_of(client, f"/contacts/{number}/edit"), "name") == ["Dewi Lama"]
    data = PERSON | {"organisation": company}
    assert client.post(f"/contacts/{number}/edit", data=data).status_code == 303
    assert client.post(f"/contacts/{number}/archive").status_code == 303
    found = db.session.get_one(Contact, number)
    assert (found.name, found.archived_at is None) == ("Dewi", False)
    client.post(f"/contacts/{number}/archive", data={"restore": "1"})
    assert db.session.get_one(Contact, number).archived_at is None


def test_names_are_shown_as_text(login: Login) -> None:
    """SEC-01."""
    organisation = an_organisation(name="<b>PT</b>")
    a_contact(name='Dewi "Ayu" <script>x</script>', organisation=organisation)
    client = login("manager")
    for address in ("/organisations", "/contacts", f"/contacts?organisation={organisation.id}"):
        page = text_of(client, address)
        assert "&lt;b&gt;PT&lt;/b&gt;" in page
        assert "<b>PT</b>" not in page
        assert "<script>x" not in page


def test_filters_stay_in_the_address_of_the_next_page(login: Login) -> None:
    organisation = an_organisation()
    for _ in range(51):
        a_contact(organisation=organisation, language="ms")
    page = text_of(login("viewer"), "/contacts?language=ms&sort=-email")
    assert "1–50 of 51" in page
    assert 'href="/contacts?language=ms&amp;sort=-email&amp;page=2" rel="next"' in page


def test_an_empty_list_says_what_to_do_next(login: Login) -> None:
    assert "/contacts/import" in text_of(login("manager"), "/contacts")
    assert "Nobody fits these filters" in text_of(login("manager"), "/contacts?text=nobody")


def test_nonsense_in_the_address_does_no_harm(login: Login) -> None:
    text_of(login("viewer"), "/organisations?page=-3&owner=x&sort=;&kind=%00&archived=7&text=%00")
    text_of(login("viewer"), f"/contacts?page={10**40}&organisation={10**40}&state=x")


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "/organisations/new"),
        ("POST", "/organisations/new"),
        ("GET", "/organisations/1/edit"),
        ("POST", "/organisations/1/archive"),
        ("GET", "/contacts/new"),
        ("POST", "/contacts/new"),
        ("GET", "/contacts/1/edit"),
        ("POST", "/contacts/1/archive"),
        ("GET", "/contacts/import"),
        ("POST", "/contacts/import"),
        ("GET", "/contacts/import/1"),
        ("POST", "/contacts/import/1/confirm"),
    ],
)
def test_who_may_only_look_changes_nothing(login: Login, method: str, address: str) -> None:
    assert login("viewer").open(address, method=method).status_code == 403


def test_nobody_sees_contacts_without_logging_in(client: FlaskClient) -> None:
    for address in ("/contacts", "/organisations"):
        assert "/login" in client.get(address).headers["Location"]


def test_what_does_not_exist_is_not_found(login: Login) -> None:
    client = login("manager")
    for address in ("/contacts/9/edit", "/organisations/9/edit", "/contacts/import/9"):
        assert client.get(address).status_code == 404
