"""One installation for all tests that only need people and pages of their own in it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from feedback.config import Settings
from feedback.surveys import queries as surveys
from tests.browser.everything import definition
from tests.builders.campaigns import an_invitation, token_of
from tests.builders.organisations import a_contact
from tests.builders.surveys import a_published
from tests.installation import Installation, running
from tests.rows import inside


@pytest.fixture(scope="session")
def site(
    migrated: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """A running Kesan that these tests share: whoever asks for it brings its own people."""
    folder = tmp_path_factory.mktemp("site")
    settings = Settings(
        data_dir=str(folder),
        database_url=migrated(folder),
        company_name="Sagara",
        default_language="en",
        mail_from="feedback@sagara.example.com",
        htmx_source="local",
    )
    with running(settings) as found:
        yield found


@pytest.fixture(scope="session")
def invite(site: Installation) -> Callable[[str], tuple[int, str]]:
    """Give a function that asks somebody new all there is: (id of the invitation, the link)."""

    def invited(language: str) -> tuple[int, str]:
        with inside(site.app):
            version = surveys.find_newest_version("everything") or a_published(definition())
            person = a_contact(language=language)
            invitation = an_invitation(person, survey_version_id=version.id)
            return invitation.id, f"{site.url}/r/{token_of(invitation)}"

    return invited
