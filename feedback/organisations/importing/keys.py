"""How two writings of the same organisation are recognised."""

import hashlib
import unicodedata

_LONGEST = 320  # of the database's column


def fold_name(name: str) -> str:
    """Return the name without case, width and double spaces; signs stay, they tell names apart.

    >>> fold_name("PT  Sagara ") == fold_name("pt sagara")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def id_key(external_id: str) -> str:
    """Return the key of an organisation that has an id elsewhere."""
    return f"id:{external_id}"


def name_key(name: str) -> str:
    """Return the key of an organisation that is known by its name only."""
    key = f"name:{fold_name(name)}"
    if len(key) <= _LONGEST:
        return key
    return f"name:{hashlib.sha256(key.encode()).hexdigest()}"


def match_key(name: str, external_id: str) -> str:
    """Return what an import recognises the organisation by."""
    return id_key(external_id) if external_id else name_key(name)
