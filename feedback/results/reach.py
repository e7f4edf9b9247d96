"""Of whom we know anything: organisations, decision makers and yearly value behind the answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.results.listing import Known


@dataclass(frozen=True, slots=True)
class Reach:
    """Coverage of a scope: each pair is (heard, all)."""

    accounts: tuple[int, int]
    decision_makers: tuple[int, int]
    value: tuple[int, int]  # yearly value of the organisations heard, and of all

    @property
    def silent(self) -> int:
        """Organisations nobody has answered from."""
        return self.accounts[1] - self.accounts[0]

    @property
    def value_share(self) -> float | None:
        """The share 0…1 of yearly value behind the answers; None where no value is known."""
        heard, whole = self.value
        return heard / whole if whole else None


def reach(known: Sequence[Known], decision_makers: tuple[int, int]) -> Reach:
    """Count what the answers of a scope cover."""
    heard = [each for each in known if each.persons]
    return Reach(
        accounts=(len(heard), len(known)),
        decision_makers=decision_makers,
        value=(sum(each.value or 0 for each in heard), sum(each.value or 0 for each in known)),
    )
