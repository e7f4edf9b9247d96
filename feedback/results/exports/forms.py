"""The form of an order, and why something is refused, in words."""

from collections.abc import Sequence
from dataclasses import replace

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField

from feedback.campaigns.confidentiality import LEAST
from feedback.campaigns.models import Campaign
from feedback.organisations.forms import options
from feedback.results.exports.orders import CSV, LABELS, MOST_ATTEMPTS, MOST_OPEN, RAW, XLSX, Wanted
from feedback.results.exports.service import kind_words
from feedback.results.gate import names_people
from feedback.web.forms import ManagerForm

FILES = {
    XLSX: _l("Excel workbook (XLSX), with a sheet that explains every column"),
    CSV: _l("CSV, with a codebook in a file of its own"),
}
VALUES = {
    LABELS: _l("Words, for people: answers in your language, safe to open in spreadsheet programs"),
    RAW: _l("Raw, for machines: keys and codes as stored, not protected against formulas"),
}
ALL = 0


class OrderForm(ManagerForm):
    """What is exported, of which campaign, as which file."""

    what = RadioField(_l("What to export"))
    campaign = SelectField(_l("Of which campaign"), coerce=int, default=ALL)
    file = RadioField(_l("File"), choices=options(FILES), default=XLSX)
    values = RadioField(_l("Cells"), choices=options(VALUES), default=LABELS)

    def wanted(self, filters: Wanted, language: str) -> Wanted:
        """Return the order: what was filled in, narrowed by the filters of the address."""
        return replace(
            filters,
            kind=self.what.data,
            format=self.file.data,
            form=self.values.data,
            language=language,
            campaign_id=self.campaign.data or None,
        )


def order_form(campaigns: Sequence[Campaign], filters: Wanted) -> OrderForm:
    """Return the form with these campaigns to choose from, begun with what the address says."""
    begun = {"what": filters.kind, "campaign": filters.campaign_id or ALL}
    form = OrderForm(data=begun)
    form.what.choices = options(kind_words())
    form.campaign.choices = options({ALL: _("All")} | {each.id: _named(each) for each in campaigns})
    return form


def _named(campaign: Campaign) -> str:
    launched = format_date(campaign.launched_at, "d MMMM yyyy")
    if names_people(campaign.confidentiality):
        return f"{campaign.name}, {launched}"
    return _("%(name)s, %(day)s (confidential)", name=campaign.name, day=launched)


def refusal(code: str) -> str:
    """Return why an order is refused or has failed."""
    reasons = {
        "gone": _("This campaign or organisation is no longer there."),
        "no_campaign": _("Answers belong to a questionnaire. Choose one campaign."),
        "no_year": _("A year goes with the scores of organisations over all campaigns only."),
        "confidential": _(
            "Answers of this campaign are confidential: they are published for groups of at least "
            "%(least)s people only. Nothing about single people or organisations can be exported.",
            least=LEAST,
        ),
        "public": _(
            "Nobody knows who answers at a public link: there are answers and reviews to export, "
            "but no contacts and no scores of organisations."
        ),
        "mirror": _(
            "This campaign holds our own team's guesses: there are answers and reviews to export, "
            "but no scores that organisations gave."
        ),
        "too_many_orders": _(
            "%(most)s of your exports are still waiting. Order again when one is finished.",
            most=MOST_OPEN,
        ),
        "too_many_rows": _("A workbook cannot hold this many rows. Order it as CSV."),
        "too_many_columns": _("A workbook cannot hold this many columns. Order it as CSV."),
        "too_long_text": _("A text is too long for a cell of a workbook. Order it as CSV."),
        "count": _(
            "Fewer or more rows came out than were counted, so the file is not offered. Tell an "
            "administrator."
        ),
        "disk_full": _("The disk of the server is full. Tell an administrator, then order again."),
        "unwritable": _("The file could not be written. Tell an administrator, then order again."),
        "interrupted": _(
            "The work was interrupted %(most)s times. Tell an administrator, then order again.",
            most=MOST_ATTEMPTS,
        ),
    }
    return reasons.get(code) or _("A fault of ours. Tell an administrator, then order again.")
