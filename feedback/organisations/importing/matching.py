"""Compares good rows with the organisations and contacts already known: what would change."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from feedback.organisations.importing.checking import ContactRow, RowProblem
from feedback.organisations.importing.keys import fold_name, id_key, match_key, name_key


@dataclass(slots=True)
class OrganisationRow:
    """What a list says about one organisation: of each value the first that is given."""

    name: str
    external_id: str
    kind: str | None = None
    segment: str = ""
    yearly_value: int | None = None
    owner: str = ""
    # Two ids under one name: then neither may take over what is known by that name only.
    sole_of_name: bool = True

    @property
    def key(self) -> str:
        """What the organisation is recognised by."""
        return match_key(self.name, self.external_id)

    def learn(self, row: ContactRow) -> None:
        """Take from a further row what was not said so far."""
        self.kind = self.kind or row.kind
        self.segment = self.segment or row.segment
        self.owner = self.owner or row.owner
        if self.yearly_value is None:
            self.yearly_value = row.yearly_value


@dataclass(frozen=True, slots=True)
class Line:
    """A good row together with its organisation, which it shares with its colleagues' rows."""

    contact: ContactRow
    organisation: OrganisationRow


@dataclass(frozen=True, slots=True)
class Defaults:
    """What new organisations and contacts get where the list says nothing."""

    language: str = "en"
    kind: str = "client"
    weight: str = "user"


@dataclass(frozen=True, slots=True)
class Known:
    """What the database holds about the rows at hand; values as its columns name them."""

    organisations: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # by match key
    addresses: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # contacts
    external_ids: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # contacts
    owners: Mapping[str, int] = field(default_factory=dict)  # user ids by address


@dataclass(slots=True)
class Changes:
    """What to write for some rows, and how many of them add, change or leave a contact."""

    new_organisations: dict[str, dict[str, Any]] = field(default_factory=dict)
    changed_organisations: dict[str, dict[str, Any]] = field(default_factory=dict)
    new_contacts: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    changed_contacts: list[dict[str, Any]] = field(default_factory=list)
    refused: list[RowProblem] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    unchanged: int = 0


def join(
    rows: Iterable[ContactRow], known_ids: Mapping[str, Set[str]]
) -> tuple[list[Line], list[RowProblem]]:
    """Give every row its organisation; a problem where its name fits several.

    An organisation id decides. A row without one belongs to the only organisation of that name,
    in the list or in `known_ids` (folded name → ids).
    """
    rows = list(rows)
    ids: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.organisation_id:
            ids[fold_name(row.organisation)].add(row.organisation_id)
    organisations: dict[str, OrganisationRow] = {}
    lines, problems = [], []
    for row in rows:
        external_id = row.organisation_id
        if not external_id:
            folded = fold_name(row.organisation)
            candidates = ids.get(folded, set()) | known_ids.get(folded, set())
            if len(candidates) > 1:
                problems.append(
                    RowProblem(row.row, "organisation", "ambiguous", row.organisation[:120])
                )
                continue
            external_id = next(iter(candidates), "")
        key = match_key(row.organisation, external_id)
        shared = organisations.setdefault(key, OrganisationRow(row.organisation, external_id))
        shared.sole_of_name = len(ids.get(fold_name(row.organisation), ())) <= 1
        shared.learn(row)
        lines.append(Line(row, shared))
    return lines, problems


def compare(lines: Iterable[Line], known: Known, defaults: Defaults) -> Changes:
    """Return what these lines would write; nothing for a row that is refused.

    A contact is recognised by its id, else by its address. Refused are rows whose address
    belongs to somebody with another id in this list, whose person is at another organisation
    (people are moved by hand, not by a list), and whose owner cannot log in.
    """
    changes = Changes()
    for line in lines:
        organisation = _find_organisation(line.organisation, known)
        contact = known.external_ids.get(line.contact.external_id) or known.addresses.get(
            line.contact.email_key
        )
        problem = _refusal(line, organisation, contact, known)
        if problem:
            changes.refused.append(problem)
            continue
        touched = _note_organisation(line.organisation, organisation, known, defaults, changes)
        _note_contact(line, contact, defaults, changes, touched)
    return changes


def _find_organisation(row: OrganisationRow, known: Known) -> Mapping[str, Any] | None:
    by_id = known.organisations.get(id_key(row.external_id)) if row.external_id else None
    if by_id or not row.sole_of_name:
        return by_id
    return known.organisations.get(name_key(row.name))


def _refusal(
    line: Line,
    organisation: Mapping[str, Any] | None,
    contact: Mapping[str, Any] | None,
    known: Known,
) -> RowProblem | None:
    row = line.contact
    holder = known.addresses.get(row.email_key)
    if holder and contact and (holder["id"] != contact["id"] or _ids_differ(row, holder)):
        return RowProblem(row.row, "email", "address_taken", row.email, holder["name"])
    if contact and (organisation is None or contact["organisation_id"] != organisation["id"]):
        other = contact["organisation_name"]
        return RowProblem(row.row, "organisation", "other_organisation", row.email, other)
    if line.organisation.owner and line.organisation.owner not in known.owners:
        return RowProblem(row.row, "owner", "unknown", line.organisation.owner)
    return None


def _ids_differ(row: ContactRow, contact: Mapping[str, Any]) -> bool:
    return bool(
        row.external_id and contact["external_id"] and row.external_id != contact["external_id"]
    )


def _note_organisation(
    row: OrganisationRow,
    stored: Mapping[str, Any] | None,
    known: Known,
    defaults: Defaults,
    changes: Changes,
) -> bool:
    """Note the organisation once; say whether this row is the first that changes a known one."""
    given: dict[str, Any] = {
        "kind": row.kind,
        "segment": row.segment,
        "yearly_value": row.yearly_value,
        "owner_id": known.owners.get(row.owner),
        "external_id": row.external_id,
    }
    given = {name: value for name, value in given.items() if value not in (None, "")}
    if stored is None:
        values = {"kind": defaults.kind, "segment": "", "yearly_value": None, "owner_id": None}
        values |= {"external_id": "", "name": row.name, "match_key": row.key} | given
        changes.new_organisations.setdefault(row.key, values)
        return False
    if row.external_id:
        # Recognised by its id it may have a new name; one known by name only gets the id.
        given |= {"name": row.name, "match_key": row.key}
    if all(stored[name] == value for name, value in given.items()):
        return False
    is_first = row.key not in changes.changed_organisations
    changes.changed_organisations[row.key] = {**stored, **given}
    return is_first


def _note_contact(
    line: Line,
    stored: Mapping[str, Any] | None,
    defaults: Defaults,
    changes: Changes,
    touched: bool,
) -> None:
    row = line.contact
    given: dict[str, Any] = {
        "name": row.name,
        "email": row.email,
        "email_key": row.email_key,
        "external_id": row.external_id,
        "language": row.language,
        "role": row.role,
        "weight": row.weight,
    }
    given = {name: value for name, value in given.items() if value}
    if stored is None:
        values: dict[str, Any] = {"external_id": "", "role": "", "language": defaults.language}
        values |= {"weight": defaults.weight} | given
        changes.new_contacts.append((line.organisation.key, values))
        changes.added += 1
        return
    if any(stored[name] != value for name, value in given.items()):
        # A new address has not bounced yet.
        bounced_at = stored["bounced_at"] if stored["email_key"] == row.email_key else None
        changes.changed_contacts.append({**stored, **given, "bounced_at": bounced_at})
        changes.changed += 1
    elif touched:
        changes.changed += 1
    else:
        changes.unchanged += 1
