"""Where a form leads back to: an address of this site that the page itself gave along."""

from flask import request

# Encoded once more inside of another address, it still has to fit into a request's first line.
_LONGEST = 1_200


def is_local(target: str) -> bool:
    """Say whether an address leads to this site and nowhere else (SEC-13).

    One leading slash, no second slash or backslash, no control character.
    """
    return bool(
        target.startswith("/")
        and not target.startswith(("//", "/\\"))
        and target.isprintable()
        and "\\" not in target
    )


def fit_to_come_back(target: str) -> str:
    """Return an address of a page of this site that another one may lead back to, else ""."""
    fits = is_local(target) and len(target) <= _LONGEST and "#" not in target
    return target if fits else ""


def way_back() -> str:
    """Return the address this request names to come back to, "" where it names none or another."""
    return fit_to_come_back(request.values.get("back", ""))
