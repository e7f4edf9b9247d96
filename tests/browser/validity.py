"""Asks the Nu Html Checker, the one of validator.w3.org, what is no HTML in pages."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

VENDOR = Path(__file__).parents[1] / "vendor"
# What htmx reads is no attribute of HTML; it would be with "data-" before it.
IGNORED = r".*Attribute “hx-[a-z-]+” not allowed on element.*"


def errors(pages: Mapping[str, str], folder: Path) -> list[str]:
    """Return "page:line: what is wrong" for pages given as they were delivered."""
    names = {}
    for number, (name, html) in enumerate(pages.items()):
        path = folder / f"{number}.html"
        path.write_text(html)
        names[path.as_uri()] = name
    (checker,) = VENDOR.glob("vnu-jar-*/vnu.jar")
    options = ["--errors-only", "--exit-zero-always", "--format", "json"]
    done = subprocess.run(
        ["java", "-jar", checker, *options, "--filterpattern", IGNORED, *folder.glob("*.html")],
        capture_output=True,
        check=True,
        text=True,
    )
    found = json.loads(done.stderr)["messages"]
    return sorted(
        f"{names.get(each['url'].replace('file:/', 'file:///', 1), each['url'])}:"
        f"{each.get('lastLine', 0)}: {each['message']}: {each.get('extract', '')[:120]}"
        for each in found
    )
