"""Contact lists on their way, for the tests of imports."""

from collections.abc import Callable, Sequence

from sqlalchemy import func, select

from feedback.extensions import db
from feedback.organisations import service
from feedback.organisations.importing.matching import Defaults
from feedback.organisations.models import Contact, ContactImport, Organisation
from tests.builders.organisations import a_csv
from tests.builders.people import a_user

Work = Callable[[], None]
HEADER = ("Organisation", "Name", "Email")


def a_list(*rows: Sequence[object], header: Sequence[str] = HEADER) -> ContactImport:
    """Upload a list and accept the guessed columns."""
    found = service.upload("list.csv", a_csv(header, *rows), a_user().id)
    service.set_mapping(found, found.mapping["columns"], Defaults())
    return found


def people(count: int) -> list[tuple[str, str, str]]:
    return [(f"PT {n % 7}", f"Person {n}", f"p{n}@example.com") for n in range(count)]


def imported(work: Work, *rows: Sequence[object], header: Sequence[str] = HEADER) -> ContactImport:
    found = a_list(*rows, header=header)
    work()
    service.confirm(found, "good")
    work()
    return found


def count(model: type[Contact] | type[Organisation]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def reasons(found: ContactImport) -> list[tuple[int, str, str]]:
    return [(p["row"], p["column"], p["code"]) for p in found.problems]


def counted(found: ContactImport) -> tuple[int, int, int, int]:
    return found.total, found.good, found.added, found.changed
