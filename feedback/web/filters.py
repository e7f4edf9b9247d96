"""Template filters: numbers, dates and scores in the reader's locale."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import Flask
from flask_babel import (
    format_date,
    format_decimal,
    format_percent,
    format_time,
    get_locale,
    get_timezone,
)
from jinja2 import pass_context
from jinja2.runtime import Context


def init_filters(app: Flask) -> None:
    """Register the filters under the names templates use."""
    app.jinja_env.filters.update(
        day=day,
        month=month,
        moment=moment,
        hour=hour,
        number=number,
        score=score,
        hundredths=hundredths,
        signed=signed,
        share=share,
    )
    plural: Any = app.jinja_env.globals["ngettext"]

    @pass_context
    def ngettext(context: Context, one: str, many: str, num: int, **given: Any) -> Any:
        """Write %(num)s with the locale's separators, as everywhere else on a page."""
        return plural(context, one, many, num, **given, **{"num": number(num)})

    app.jinja_env.globals["ngettext"] = ngettext


def day(value: datetime | None) -> str:
    """Return the date in words of the locale, '' for none."""
    return _date(value, "d MMMM yyyy", str(get_locale()), str(get_timezone())) if value else ""


def month(value: datetime | None) -> str:
    """Return month and year, short, '' for none."""
    return _date(value, "MMM yyyy", str(get_locale()), str(get_timezone())) if value else ""


@lru_cache(maxsize=2_000)
def _date(value: datetime, pattern: str, _locale: str, _zone: str) -> str:
    """Remember what dates look like: a list names the same few months in every line."""
    return str(format_date(value, pattern))


def moment(value: datetime | None) -> str:
    """Return date and time, '' for none."""
    return f"{format_date(value, 'd MMM yyyy')}, {hour(value)}" if value else ""


def hour(value: datetime | None) -> str:
    """Return the time of day, '' for none."""
    return format_time(value, "short") if value else ""


def number(value: float) -> str:
    """Return a number with the locale's separators."""
    return _decimal(value, None, str(get_locale()))


def score(value: float) -> str:
    """Return a score 0…100 as a whole number."""
    return _decimal(value, "0", str(get_locale()))


@lru_cache(maxsize=20_000)
def _decimal(value: float, pattern: str | None, _locale: str) -> str:
    """Remember what numbers look like: a table has thousands, and few are new."""
    return str(format_decimal(value, pattern))


def hundredths(value: float) -> str:
    """Return a number with two decimals, trailing zeros too."""
    return _decimal(value, "0.00", str(get_locale()))


def signed(value: float) -> str:
    """Return a whole number with its sign, a true minus sign included."""
    return _decimal(round(value) or 0, "+0;−0", str(get_locale()))


def share(value: float) -> str:
    """Return a share 0…1 as whole per cent."""
    return str(format_percent(value))
