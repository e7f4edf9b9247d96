"""Forms of public links: one by one, or many from pasted lines."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields import SelectChoice, TextAreaField
from wtforms.validators import DataRequired, Length

from feedback.campaigns.forms.campaigns import single_line
from feedback.campaigns.links import LONGEST, MOST_LINES, LineProblem, Spot, read_lines
from feedback.organisations.forms import options
from feedback.web.forms import ManagerForm
from feedback.web.languages import LANGUAGES

CHANNEL_WORDS = {
    "counter": _l("Counter"),
    "phone": _l("Phone"),
    "visit": _l("Visit"),
    "chat": _l("Chat"),
    "social": _l("Social media"),
}
MOST_CHARACTERS = MOST_LINES * 3 * LONGEST


class _LinksForm(ManagerForm):
    """What links made together have in common."""

    organisation_id = SelectField(_l("The answers count for"), coerce=int)
    language = SelectField(_l("Language it opens in"), choices=options(LANGUAGES))
    kiosk = BooleanField(_l("A device of ours stands there (kiosk)"))

    def offer(self, units: Sequence[tuple[int, str, str]]) -> None:
        """Fill the choices that depend on the database, our own units first."""
        ours, others = _("Internal units"), _("Other organisations")
        self.organisation_id.choices = [
            SelectChoice(value=id_, label=name, optgroup=ours if kind == "internal" else others)
            for id_, name, kind in units
        ]

    def settings(self) -> dict[str, Any]:
        """Return what the links made from this form share."""
        return {
            "organisation_id": self.organisation_id.data,
            "language": self.language.data,
            "kiosk": self.kiosk.data,
        }


class LinkForm(_LinksForm):
    """One link."""

    place = StringField(
        _l("Place"),
        [DataRequired(_l("Name the place.")), Length(max=LONGEST), single_line],
    )
    channel = SelectField(_l("Channel"), choices=options(CHANNEL_WORDS))
    staff_role = StringField(_l("Role of the staff"), [Length(max=LONGEST), single_line])

    def spots(self) -> list[Spot]:
        """Return the one spot of the form."""
        place, role = (" ".join((f.data or "").split()) for f in (self.place, self.staff_role))
        return [Spot(place, self.channel.data, role)]

    def say_taken(self, _positions: Sequence[int]) -> None:
        """Say that there is such a link already."""
        self.place.errors = [_("There is a link for this place, channel and role already.")]


class LinesForm(_LinksForm):
    """Several links: one on each line."""

    lines = TextAreaField(
        _l("Places, one on each line"),
        [Length(max=MOST_CHARACTERS)],
    )

    def validate_lines(self, field: TextAreaField) -> None:
        """Each line is read; each that cannot be is named with its reason."""
        _spots, problems = read_lines(field.data or "")
        field.errors += [problem_words(problem) for problem in problems]

    def spots(self) -> list[Spot]:
        """Return the spots of the lines."""
        return read_lines(self.lines.data or "")[0]

    def say_taken(self, positions: Sequence[int]) -> None:
        """Say which of the spots have a link already."""
        spots = self.spots()
        self.lines.errors = [
            _(
                "“%(place)s” has a link with this channel and role already. Take its line out.",
                place=spots[at].place,
            )
            for at in positions
        ]


def problem_words(problem: LineProblem) -> str:
    """Return what is wrong with a pasted line, and what to do."""
    named = {"line": problem.line, "given": problem.given, "most": MOST_LINES}
    words = {
        "none": _("Write at least one line, for example: Counter 1; counter; cashier"),
        "too_many": _("At most %(most)s lines fit at once.", **named),
        "too_many_parts": _(
            "Line %(line)s: after place, channel and role comes nothing more, but here stands"
            " “%(given)s”.",
            **named,
        ),
        "no_place": _("Line %(line)s: the place is missing.", **named),
        "unprintable": _("Line %(line)s: remove control characters.", **named),
        "unknown_channel": _(
            "Line %(line)s: “%(given)s” is no channel. Write counter, phone, visit, chat or"
            " social media.",
            **named,
        ),
        "too_long": _(
            "Line %(line)s: place and role may have %(longest)s characters each.",
            longest=LONGEST,
            **named,
        ),
        "twice": _("Line %(line)s says the same as line %(given)s.", **named),
    }
    return words[problem.code]
