"""Where a form leads back to: an address of this site that the page itself gave along."""

from flask import request

_LONGEST = 2_000


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


def way_back() -> str:
    """Return the address this request names to come back to, "" where it names none or another."""
    target = request.values.get("back", "")
    fits = is_local(target) and len(target) <= _LONGEST and "#" not in target
    return target if fits else ""
