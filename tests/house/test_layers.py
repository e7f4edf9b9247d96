"""The order of the rooms and layers holds, and the checker finds what breaks it."""

from pathlib import Path

import pytest

import feedback
from tests.house.layers import modules, violations

PACKAGE = Path(feedback.__file__).parent

# File, its text, the rule it breaks.
PLANTED = [
    ("outbox/service.py", "from feedback.auth.models import User", "later room"),
    ("auth/queries.py", "import feedback.campaigns.models", "later room"),
    ("surveys/service.py", "def f():\n    from feedback.responses import queries", "later room"),
    ("analytics/scores.py", "from ..results import charts", "later room"),
    ("campaigns/models.py", "from feedback.campaigns import queries", "higher layer"),
    ("campaigns/queries.py", "from feedback.outbox.service import enqueue", "higher layer"),
    ("campaigns/service.py", "from feedback.campaigns.forms import CampaignForm", "higher layer"),
    ("campaigns/forms.py", "from feedback.campaigns import views", "higher layer"),
    ("campaigns/schedule.py", "from feedback.campaigns.models import Campaign", "higher layer"),
    ("results/queries/pages.py", "from feedback.results.views import bp", "higher layer"),
    ("outbox/service.py", "from . import cli", "higher layer"),
    ("results/exports/models.py", "from feedback.campaigns import queries", "higher layer"),
    ("results/exports/tables.py", "from sqlalchemy import select", "impure"),
    (
        "auth/service.py",
        "import importlib\nimportlib.import_module('feedback.auth.views')",
        "higher layer",
    ),
    ("results/views.py", "from feedback.campaigns.views import bp", "foreign views"),
    ("results/views/portfolio.py", "from feedback.auth import views", "foreign views"),
    ("surveys/branching.py", "from flask import g", "impure"),
    ("surveys/branching.py", "def f():\n    import sqlalchemy.orm", "impure"),
    ("surveys/branching.py", "from flask_babel import gettext", "impure"),
    ("surveys/questions/scale.py", "from wtforms import StringField", "impure"),
    ("surveys/branching.py", "from feedback import clock", "impure"),
    ("surveys/branching.py", "from feedback.extensions import db", "impure"),
    ("surveys/branching.py", "from feedback.storage import Utc", "impure"),
    ("surveys/branching.py", "from feedback.web.languages import LANGUAGES", "impure"),
    ("surveys/__init__.py", "from flask import Blueprint", "impure"),
    ("surveys/branching.py", "from datetime import datetime\ndatetime.now()", "wall clock"),
    ("surveys/service.py", "import datetime as d\nd.date.today()", "wall clock"),
    ("surveys/views.py", "import time\ntime.time()", "wall clock"),
    ("pipeline.py", "from time import time\ntime()", "wall clock"),
    ("demo/people.py", "import random\nrandom.choice('ab')", "chance without a seed"),
    ("demo/people.py", "from random import shuffle\nshuffle([])", "chance without a seed"),
    ("demo/people.py", "import random\nrandom.Random()", "chance without a seed"),
    ("demo/people.py", "import numpy as np\nnp.random.rand(3)", "chance without a seed"),
    ("demo/people.py", "import numpy as np\nnp.random.default_rng()", "chance without a seed"),
    ("auth/service.py", "from feedback.rooms import register_rooms", "room imports the roof"),
    ("auth/service.py", "from feedback import create_app", "room imports the roof"),
    ("followup/service.py", "def f():\n    from feedback import pipeline", "room imports the roof"),
    ("web/filters.py", "from feedback.auth.models import User", "ground knows a room"),
    ("web/errors.py", "def f():\n    from feedback import rooms", "ground knows a room"),
    ("storage.py", "import feedback.outbox.models", "ground knows a room"),
]

ALLOWED = [
    ("results/views/portfolio.py", "from feedback.results.views import bp"),
    ("results/views.py", "from feedback.auth.access import requires"),
    ("campaigns/service.py", "from feedback.outbox.service import enqueue"),
    ("campaigns/worker.py", "from feedback.campaigns import service"),
    ("results/exports/queries/orders.py", "from sqlalchemy import select"),
    ("campaigns/queries.py", "from feedback import clock\nfrom feedback.extensions import db"),
    ("surveys/branching.py", "from feedback.surveys.dimensions import DIMENSIONS"),
    ("surveys/branching.py", "from feedback.config import Settings"),
    ("surveys/branching.py", "from datetime import datetime\ndatetime.fromisoformat('2026-01-01')"),
    ("demo/people.py", "import random\nrandom.Random(7).choice('ab')"),
    ("demo/people.py", "import numpy as np\nnp.random.default_rng(7)"),
    ("clock.py", "from datetime import UTC, datetime\ndatetime.now(UTC)"),
    ("rooms.py", "from feedback.auth import views\nfrom feedback.results import views"),
    ("web/filters.py", "from flask import Flask\nfrom feedback.extensions import db"),
]


def _package(folder: Path, name: str, text: str) -> Path:
    """Write a small house of the real rooms' shape with one planted file."""
    package = folder / "feedback"
    standing = (
        "__init__ rooms pipeline clock config extensions storage web/__init__ web/languages "
        "outbox/models outbox/service outbox/cli auth/models auth/access auth/views "
        "surveys/dimensions campaigns/models campaigns/queries campaigns/forms campaigns/views "
        "campaigns/service responses/queries results/charts results/views/__init__"
    )
    for module in standing.split():
        path = package / f"{module}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    planted = package / name
    planted.parent.mkdir(parents=True, exist_ok=True)
    planted.write_text(text)
    return package


def test_the_house_keeps_its_order() -> None:
    found = violations(PACKAGE)
    assert not found, "\n" + "\n".join(map(str, found))


def test_the_checker_reads_the_whole_house() -> None:
    read = {str(path.relative_to(PACKAGE)) for path in modules(PACKAGE)}
    assert {"config.py", "web/security.py", "auth/views.py", "outbox/models.py"} <= read
    assert len(read) > 50


@pytest.mark.parametrize(("name", "text", "kind"), PLANTED)
def test_a_planted_violation_is_found(tmp_path: Path, name: str, text: str, kind: str) -> None:
    found = violations(_package(tmp_path, name, text))
    assert [f.path for f in found if f.kind == kind] == [f"feedback/{name}"]


@pytest.mark.parametrize(("name", "text"), ALLOWED)
def test_what_the_order_allows_is_not_reported(tmp_path: Path, name: str, text: str) -> None:
    assert violations(_package(tmp_path, name, text)) == []
