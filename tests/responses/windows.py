"""A model of two windows that save answers over a slow network, to hold the service against."""

from dataclasses import dataclass, field

from feedback.campaigns.models import Invitation
from feedback.extensions import db
from feedback.responses import queries, service
from feedback.responses.models import Answer, SurveyResponse
from feedback.responses.queries import invited
from feedback.responses.service import Incoming, Origin
from feedback.surveys.questions import Answered

Stored = tuple[str, str, int] | None  # value, window, version


@dataclass(frozen=True)
class Request:
    """One save on its way: what the page sent when it was typed."""

    window: str
    question: str
    value: str
    version: int
    sequence: int


@dataclass
class Window:
    """One window: the versions its page shows, the numbers of its saves."""

    name: str
    shown: dict[str, int] = field(default_factory=dict)
    sequence: int = 0
    loads: int = 0

    @property
    def id(self) -> str:
        """Each load of the page is a window of its own."""
        return f"{self.name}{self.loads}"


class TwoWindows:
    """Two windows of one person on one form, each save judged as it arrives."""

    def __init__(self, invitation: Invitation, script: bool) -> None:
        db.session.rollback()
        db.session.query(Answer).delete()
        db.session.query(SurveyResponse).delete()
        db.session.commit()
        self.invitation = invitation
        self.script = script
        self.windows = {name: Window(name) for name in "AB"}
        self.on_the_way: list[Request] = []
        self.arrived: list[Request] = []

    def load(self, name: str) -> None:
        """The window loads the page anew and shows what is stored."""
        window = self.windows[name]
        window.loads += 1
        window.shown = {key: row.version for key, row in self._rows().items()}

    def type(self, name: str, question: str, value: str) -> None:
        """The window sends an answer off; without script all its saves carry the number 0."""
        window = self.windows[name]
        window.sequence += 1 if self.script else 0
        version = window.shown.get(question, 0)
        self.on_the_way.append(Request(window.id, question, value, version, window.sequence))

    def arrive(self, at: int) -> None:
        """One of the saves on the way reaches the server; the others still wait."""
        if not self.on_the_way:
            return
        request = self.on_the_way.pop(at % len(self.on_the_way))
        before = self.stored(request.question)
        answered = Answered(request.value) if request.value else None
        saved = service.save(
            invited(self.invitation),
            [Incoming(request.question, answered, request.version)],
            Origin("en", request.window, request.sequence, 0),
        )
        self._judge(request, before, saved)
        self.arrived.append(request)
        window = self.windows[request.window[0]]
        # The status line brings the new version into the page that sent the save.
        if self.script and request.window == window.id and not saved.conflicts:
            window.shown[request.question] = saved.versions.get(request.question, 0)

    def stored(self, question: str) -> Stored:
        """Return what the database holds for a question."""
        row = self._rows().get(question)
        return (row.value, row.window, row.version) if row else None

    def _rows(self) -> dict[str, Answer]:
        return queries.saved_answers(queries.find_response(self.invitation.id))

    def _judge(self, request: Request, before: Stored, saved: service.Saved) -> None:
        after = self.stored(request.question)
        value_before = before[0] if before else ""
        value_after = after[0] if after else ""
        if saved.conflicts:
            (conflict,) = saved.conflicts
            assert after == before, "a save that was refused changed something"
            assert (conflict.yours, conflict.stored) == (request.value, value_before)
        elif value_after != request.value:
            assert self._overtaken(request), f"acknowledged and gone: {request}"
        if value_after != value_before:
            assert not self._overtaken(request), f"an older save came over a newer one: {request}"
            own = before is None or before[1] == request.window
            known = before is None or before[2] == request.version
            assert known or (own and self.script), f"came over what it never saw: {request}"

    def _overtaken(self, request: Request) -> bool:
        """Whether a later save of the same window for the same question has arrived already."""
        return any(
            (each.window, each.question) == (request.window, request.question)
            and each.sequence > request.sequence
            for each in self.arrived
        )
