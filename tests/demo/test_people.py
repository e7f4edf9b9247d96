"""The invented organisations and people: their number, their spread, and that nobody is real."""

import re
from collections import Counter

import pytest

from feedback.demo.people import CONTACTS_AT_MOST, DEMO_MANAGERS, MARK, DemoContact, organisations

SEED = 2026
RESERVED = re.compile(r"[a-z0-9.]+@[a-z0-9-]+\.example\.(com|org|net)")


def _contacts(seed: int = SEED) -> list[DemoContact]:
    return [contact for organisation in organisations(seed) for contact in organisation.contacts]


def test_the_same_seed_gives_the_same_people():
    assert organisations(SEED) == organisations(SEED)


def test_another_seed_gives_other_people():
    assert {c.name for c in _contacts(1)} != {c.name for c in _contacts(2)}


def test_there_are_sixty_organisations_of_four_kinds():
    kinds = Counter(organisation.kind for organisation in organisations(SEED))

    assert kinds == {"client": 38, "partner": 14, "internal": 5, "community": 3}


@pytest.mark.parametrize("seed", [0, 1, 7, SEED])
def test_four_hundred_contacts_are_spread_over_all_organisations(seed):
    sizes = [len(organisation.contacts) for organisation in organisations(seed)]

    assert sum(sizes) == 400
    assert min(sizes) >= 1
    assert max(sizes) <= CONTACTS_AT_MOST
    assert len(set(sizes)) >= 6


@pytest.mark.parametrize("seed", [0, 1, 7, SEED])
def test_names_addresses_and_external_ids_are_unique(seed):
    contacts = _contacts(seed)
    ids = [c.external_id for c in contacts] + [o.external_id for o in organisations(seed)]

    assert len({c.email for c in contacts}) == len(contacts)
    assert len({c.name for c in contacts}) == len(contacts)
    assert len(set(ids)) == len(ids)


def test_every_address_lies_in_a_reserved_domain():
    assert [c.email for c in _contacts() if not RESERVED.fullmatch(c.email)] == []
    assert all(user.email.endswith("@example.com") for user in DEMO_MANAGERS)


def test_every_external_id_carries_the_mark_of_the_demo():
    assert all(o.external_id.startswith(f"{MARK}-") for o in organisations(SEED))
    assert all(c.external_id.startswith(f"{MARK}-") for c in _contacts())


def test_every_organisation_is_owned_by_a_manager_and_each_manager_owns_five_to_fifty():
    owned = Counter(organisation.owner for organisation in organisations(SEED))

    assert set(owned) == {user.key for user in DEMO_MANAGERS if user.account == "manager"}
    assert all(5 <= count <= 50 for count in owned.values())


def test_a_parent_is_another_organisation_of_the_demo_that_has_no_parent_itself():
    by_id = {organisation.external_id: organisation for organisation in organisations(SEED)}
    children = [o for o in by_id.values() if o.parent is not None]

    assert len(children) >= 3
    assert all(by_id[o.parent].parent is None for o in children)
    assert all(o.parent != o.external_id for o in children)


def test_few_clients_bring_most_of_the_yearly_value():
    values = sorted((o.yearly_value for o in organisations(SEED)), reverse=True)

    assert sum(values[:12]) > 0.5 * sum(values)
    assert all(isinstance(value, int) and value >= 0 for value in values)


def test_only_clients_and_partners_have_a_yearly_value():
    without = {o.kind for o in organisations(SEED) if o.yearly_value == 0}

    assert without == {"internal", "community"}


def test_all_three_languages_are_spoken_and_fit_the_country():
    spoken = {(o.country, c.language) for o in organisations(SEED) for c in o.contacts}

    assert {"id", "ms", "en"} == {language for _, language in spoken}
    assert ("id", "ms") not in spoken
    assert ("ms", "id") not in spoken


def test_names_come_from_many_traditions():
    names = [contact.name for contact in _contacts()]

    for sign in (
        r"^\w+$",
        r"^(I|Ni) ",
        r" bin ",
        r" binti ",
        r" a/[lp] ",
        r"^(Tan|Lim|Teoh|Wong) ",
    ):
        assert any(re.search(sign, name) for name in names), sign


def test_an_organisation_with_two_contacts_or_more_has_a_decision_maker():
    lacking = [
        organisation.name
        for organisation in organisations(SEED)
        if len(organisation.contacts) >= 2
        and not any(c.weight == "decision_maker" for c in organisation.contacts)
    ]

    assert lacking == []


def test_there_are_more_users_than_influencers_and_more_influencers_than_deciders():
    weights = Counter(contact.weight for contact in _contacts())

    assert weights["user"] > weights["influencer"] > weights["decision_maker"] >= 40
