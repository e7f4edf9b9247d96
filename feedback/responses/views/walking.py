"""One request of somebody at a public link, and what keeps machines and haste out of it."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, request, url_for

from feedback import clock
from feedback.campaigns.models import PublicLink
from feedback.responses import queries, walking_in
from feedback.responses.views.visit import Visit

DEVICE_COOKIE = "kesan-device"
HONEYPOT = "homepage"

# What a page of a personal link is called, and its sister at a public link.
_SISTERS = {
    ".show": ".walk_in",
    ".save_answer": ".save_walk_in_answer",
    ".thanks": ".walk_in_thanks",
}


class WalkIn(Visit):
    """Somebody at a public link with the key under which the answers go on.

    The key stands in the address, never in a cookie; until an answer is saved nothing is stored
    under it. `device` tells one device from another for a day, where it answers for itself.
    """

    def __init__(self, token: str, link: PublicLink, key: str) -> None:
        self.link = link
        self.key = key
        self.device = _device(link)
        self._token_key = current_app.config["TOKEN_KEY"]
        id_ = walking_in.response_id(self._token_key, link.id, key)
        super().__init__(token, queries.walked_in(link, id_, self._mark()))

    def again(self) -> "WalkIn":
        """Return the visit as it is after something was saved."""
        return type(self)(self.token, self.link, self.key)

    @property
    def is_open(self) -> bool:
        """Whether answers are taken; while the campaign is paused, from who has begun only."""
        begun = self.response is not None
        return super().is_open and (begun or self.campaign.state != "paused")

    @property
    def is_left(self) -> bool:
        """Whether this is a shared device and whoever answered here has gone away."""
        newest = max((row.saved_at for row in self.answers.values()), default=None)
        return bool(self.link.kiosk and newest and clock.now() - newest > walking_in.KIOSK_IDLE)

    @property
    def has_answered_today(self) -> bool:
        """Whether this device has sent another response here today; never on a shared device."""
        mark = self.respondent.device
        return mark is not None and queries.has_answered(
            self.link.id, mark, besides=self.respondent.seed
        )

    @property
    def wants_again(self) -> bool:
        """Whether the person was asked whether to answer once more, and said yes."""
        return "again" in request.values

    @property
    def guard(self) -> Mapping[str, Any]:  # type: ignore[override]
        """What a page carries along to be told from a machine's."""
        shown = self._shown or clock.now()
        return {
            "since": walking_in.signed_moment(self._token_key, self.key, shown),
            "again": self.wants_again,
            "kiosk": self.link.kiosk,
            **(self.idle if self.response is not None else {}),
        }

    @property
    def idle(self) -> Mapping[str, Any]:
        """Where a shared device goes by itself, and after how many seconds of nobody's doing."""
        if not self.link.kiosk:
            return {}
        seconds = int(walking_in.KIOSK_IDLE.total_seconds())
        return {"idle_url": self.start(), "idle_seconds": seconds}

    @property
    def is_hasty(self) -> bool:
        """Whether the first page came back sooner than anybody can read and answer it."""
        known = [self._shown, self.response.started_at if self.response else None]
        first = min((moment for moment in known if moment), default=None)
        return first is None or clock.now() - first < walking_in.LEAST_TIME

    @property
    def is_trapped(self) -> bool:
        """Whether the field was filled in that people do not see."""
        return bool(request.form.get(HONEYPOT))

    def address(self, endpoint: str, language: str, **values: Any) -> str:
        """Return an address of this response in a language.

        On a shared device the thanks stand where no key leads back to the answers.
        """
        if endpoint == ".thanks" and self.link.kiosk:
            return url_for(".kiosk_thanks", token=self.token, lang=language)
        if self.wants_again:
            values["again"] = 1
        return url_for(_SISTERS[endpoint], token=self.token, key=self.key, lang=language, **values)

    def start(self, **values: Any) -> str:
        """Return the address of the link itself."""
        return url_for(".walk_in_start", token=self.token, **values)

    @cached_property
    def _shown(self) -> Any:
        return walking_in.read_moment(self._token_key, self.key, request.form.get("since", ""))

    def _mark(self) -> str | None:
        if self.device is None:
            return None
        zone = ZoneInfo(current_app.config["KESAN"].timezone)
        today = clock.now().astimezone(zone).date()
        return walking_in.device_mark(self._token_key, self.link.id, today, self.device)


def _device(link: PublicLink) -> str | None:
    """Return the device's own random name; a new one only for who sends an answer."""
    if link.kiosk:
        return None
    kept = request.cookies.get(DEVICE_COOKIE, "")
    if walking_in.is_key(kept):
        return kept
    return walking_in.new_key() if request.method == "POST" else None
