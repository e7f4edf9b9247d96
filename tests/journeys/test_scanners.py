"""Mail scanners open every link of every mail, at once and again: nothing may come of it."""

import re
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from feedback.auth.models import User
from feedback.campaigns import service
from feedback.extensions import db
from tests.builders.campaigns import a_launched_campaign
from tests.builders.organisations import a_contact
from tests.installation import Installation
from tests.rows import dump

SCANNER = "Mozilla/5.0 (compatible; Invented-Link-Scanner/1.0)"
BROWSER = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile"


def _fetch(call: tuple[str, str, str]) -> int:
    method, address, agent = call
    request = urllib.request.Request(address, method=method, headers={"User-Agent": agent})
    try:
        with urllib.request.urlopen(request) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return int(refused.code)


def _links(site: Installation) -> list[str]:
    """Return every link of every mail, from both of its texts."""
    found = set()
    for mail in site.post.mails:
        for kind in ("plain", "html"):
            body = mail.get_body((kind,))
            assert body is not None
            text = body.get_content().replace("&amp;", "&")
            found |= set(re.findall(r"http://127\.0\.0\.1:\d+/[^\s\"<>]+", text))
        if mail["List-Unsubscribe"]:
            found.add(mail["List-Unsubscribe"].strip("<>"))
    return sorted(found)


def test_opening_every_link_of_every_mail_changes_nothing(installation: Installation) -> None:
    """EML-01: GET and HEAD of every link, three times, in parallel, leave every row as it was."""
    with installation.app.app_context():
        for language in ("en", "id", "ms"):
            a_contact(language=language)
        campaign = a_launched_campaign()
        service.send_test(campaign, db.session.scalar(select(User)), "id")
    for _ in range(200):
        if len(installation.post.mails) == 4:
            break
        time.sleep(0.1)
    links = _links(installation)
    assert len(links) >= 3 * 7 + 6  # the scale, the survey, unsubscribing; the test mail's
    before = dump(installation.app)
    calls = [
        (method, link, agent)
        for method in ("GET", "HEAD")
        for link in links
        for agent in (SCANNER, BROWSER, SCANNER)
    ]
    with ThreadPoolExecutor(12) as pool:
        codes = set(pool.map(_fetch, calls))
    assert codes <= {200, 302}
    assert dump(installation.app) == before
