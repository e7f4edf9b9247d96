"""What each role may do, written out once more as its owner would say it."""

import pytest

from feedback.auth.roles import PERMISSIONS, ROLES, may

VIEWER = {"results.view", "contacts.view", "surveys.view", "campaigns.view"}
MANAGER = VIEWER | {
    *("contacts.manage", "campaigns.manage", "mailbox.read"),
    "results.export",
    "reviews.correct",
    "surveys.edit",
}
ADMIN = MANAGER | {"outbox.manage"}


def test_each_role_carries_exactly_its_permissions() -> None:
    assert {role: set(carried) for role, carried in PERMISSIONS.items()} == {
        "viewer": VIEWER,
        "manager": MANAGER,
        "admin": ADMIN,
    }
    assert ROLES == ("viewer", "manager", "admin")


@pytest.mark.parametrize(
    ("roles", "permission", "allowed"),
    [
        (["viewer"], "results.view", True),
        (["viewer"], "campaigns.manage", False),
        (["manager"], "campaigns.manage", True),
        (["manager"], "outbox.manage", False),
        (["admin"], "outbox.manage", True),
        (["viewer", "admin"], "outbox.manage", True),
        ([], "results.view", False),
        (["owner"], "results.view", False),
        (["admin"], "no.such", False),
        (["admin"], "", False),
    ],
)
def test_a_permission_is_carried_by_the_roles_of_the_table(
    roles: list[str], permission: str, allowed: bool
) -> None:
    assert may(roles, permission) is allowed
