"""The program of the child process that sets a report: JSON on its input, PDF on its output.

A file of its own that knows nothing of Kesan: it is started by its path and so loads typst and
little else. What typst needs is given back when it ends, and a report that would take for ever
takes nobody with it.
"""

import json
import resource
import sys
from pathlib import Path

import typst

TEMPLATES = Path(__file__).parent.parent / "typst"
CPU_SECONDS = 20
MEMORY = 1_500_000_000


def pressed(report: str) -> bytes:
    """Return the PDF of a report given as JSON; the same report gives the same bytes.

    PDF/UA where it can be, that is, where every character has a glyph; else tagged all the same.
    Raises typst.TypstError.
    """
    compiler = typst.Compiler(
        TEMPLATES / "report.typ",
        # The only folder the template could read, and there is nothing else in it.
        root=TEMPLATES,
        font_paths=typst.Fonts(include_system_fonts=False),
        ignore_system_fonts=True,
        sys_inputs={"report": report},
    )
    made_at = int(json.loads(report)["timestamp"])
    try:
        made = compiler.compile(format="pdf", timestamp=made_at, pdf_standards="ua-1")
    except typst.TypstError:
        made = compiler.compile(format="pdf", timestamp=made_at)
    assert isinstance(made, bytes), "one report is one file"
    return made


def main() -> int:
    """Set what stands on standard input; 1 with a reason on standard error if it cannot be set."""
    try:
        made = pressed(sys.stdin.buffer.read().decode())
    except typst.TypstError as error:
        sys.stderr.write(f"{error.message} {error.trace[:1]}")
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(main())
