"""Reads the imports of every module and says where they go against the order of the house."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOMS = (
    "outbox",
    "auth",
    "organisations",
    "surveys",
    "campaigns",
    "responses",
    "sentiment",
    "analytics",
    "followup",
    "results",
    "demo",
)
PURE, VIEWS = 0, 5
LAYERS = {
    "models": 1,
    "queries": 2,
    "signals": 2,
    "compose": 2,
    "transports": 2,
    "service": 3,
    "worker": 3,
    "access": 4,
    "forms": 4,
    "views": VIEWS,
    "cli": VIEWS,
}
# What stands under the rooms and knows none of them.
GROUND = ("config", "clock", "extensions", "storage", "web")
# What wires the rooms together and stands above all of them.
ROOF = ("rooms", "pipeline", "cli", "serving", "tables")
IMPURE_PACKAGES = ("flask", "flask_*", "sqlalchemy", "alembic", "werkzeug", "wtforms", "psycopg")
IMPURE_GROUND = ("clock", "extensions", "storage", "web")
WALL_CLOCK = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
}
SEEDED = {"random.Random", "numpy.random.default_rng", "numpy.random.RandomState"}
IMPORTING = ("importlib.import_module", "import_module", "__import__")
UNSEEDED = ("random.", "numpy.random.")


@dataclass(frozen=True, slots=True)
class Violation:
    """One import or call that goes against the order; `kind` is the rule it breaks."""

    path: str
    line: int
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.kind}: {self.text}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a module stands: its room ('' outside), its layer, its name below the package."""

    room: str
    layer: int
    below: tuple[str, ...] = field(default=())


def place(below: tuple[str, ...]) -> Place:
    """Return where the module of this dotted name (without the package's own) stands."""
    room = below[0] if below and below[0] in ROOMS else ""
    # The first name that is a layer's: results/exports/models.py is models, too.
    named = (LAYERS[name] for name in below[1:] if name in LAYERS)
    layer = next(named, PURE) if room else PURE
    return Place(room, layer, below)


def violations(package: Path) -> list[Violation]:
    """Return every violation in the package folder, in the order of its files."""
    return [found for path in modules(package) for found in _in_module(package, path)]


def modules(package: Path) -> list[Path]:
    """Return every Python file of the package."""
    return sorted(package.rglob("*.py"))


def _in_module(package: Path, path: Path) -> Iterator[Violation]:
    tree = ast.parse(path.read_text())
    here = place(_dotted(package, path))
    shown = str(path.relative_to(package.parent))
    for line, name in imports(package, path, tree):
        for kind in _broken_by_import(here, name, package.name):
            yield Violation(shown, line, kind, f"imports {name}")
    for line, name, has_arguments in _calls(tree):
        for kind in _broken_by_call(here, name, has_arguments):
            yield Violation(shown, line, kind, f"calls {name}")


def _dotted(package: Path, path: Path) -> tuple[str, ...]:
    parts = path.relative_to(package).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


def imports(package: Path, path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Give the line and full name of everything imported, inside functions too.

    `from a import b` gives a.b where that is a module of the package, else a.
    """
    inside = path.relative_to(package.parent).parts[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(inside[: len(inside) - node.level + 1]) if node.level else ""
            source = ".".join(part for part in (base, node.module) if part)
            targets = {_module_of(package, source, alias.name) for alias in node.names}
            yield from ((node.lineno, target) for target in sorted(targets))
        elif isinstance(node, ast.Call) and _name(node.func) in IMPORTING:
            written = [arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)]
            yield from ((node.lineno, str(name)) for name in written)


def _module_of(package: Path, source: str, name: str) -> str:
    if source.split(".", maxsplit=1)[0] != package.name:
        return source
    target = package.parent.joinpath(*source.split("."), name)
    is_module = target.is_dir() or target.with_suffix(".py").is_file()
    return f"{source}.{name}" if is_module else source


def _broken_by_import(here: Place, name: str, package: str) -> Iterator[str]:
    if name.split(".", maxsplit=1)[0] != package:
        if here.room and here.layer == PURE and _is_impure_package(name):
            yield "impure"
        return
    there = place(tuple(name.split(".")[1:]))
    top = there.below[0] if there.below else ""
    if here.room:
        yield from _broken_in_room(here, there, top)
    elif here.below and here.below[0] in GROUND and (there.room or top in ROOF):
        yield "ground knows a room"


def _broken_in_room(here: Place, there: Place, top: str) -> Iterator[str]:
    if top in ROOF or not top:
        yield "room imports the roof"
    if there.room and ROOMS.index(there.room) > ROOMS.index(here.room):
        yield "later room"
    if there.room and there.layer > here.layer:
        yield "higher layer"
    if there.room not in ("", here.room) and there.below[1:2] == ("views",):
        yield "foreign views"
    if here.layer == PURE and top in IMPURE_GROUND:
        yield "impure"


def _is_impure_package(name: str) -> bool:
    top = name.split(".", maxsplit=1)[0]
    return any(
        top.startswith(banned[:-1]) if banned.endswith("*") else top == banned
        for banned in IMPURE_PACKAGES
    )


def _calls(tree: ast.Module) -> Iterator[tuple[int, str, bool]]:
    known = _meanings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := _name(node.func)):
            first, _, rest = name.partition(".")
            if first in known:
                full = f"{known[first]}.{rest}" if rest else known[first]
                yield node.lineno, full, bool(node.args or node.keywords)


def _meanings(tree: ast.Module) -> dict[str, str]:
    """Return what each imported name stands for."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                known[alias.asname or alias.name.split(".")[0]] = (
                    alias.name if alias.asname else alias.name.split(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                known[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return known


def _name(node: ast.expr) -> str:
    """Return the dotted name of an expression such as a.b.c, '' for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := _name(node.value)):
        return f"{before}.{node.attr}"
    return ""


def _broken_by_call(here: Place, name: str, has_arguments: bool) -> Iterator[str]:
    if name in WALL_CLOCK and here.below != ("clock",):
        yield "wall clock"
    seeded = name in SEEDED and has_arguments
    if here.room and here.layer == PURE and name.startswith(UNSEEDED) and not seeded:
        yield "chance without a seed"
