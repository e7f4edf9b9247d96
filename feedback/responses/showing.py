"""A page of questions as its template shows it, with what a respondent's page adds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from feedback.responses.parts import ShownBlock
from feedback.responses.progress import Progress
from feedback.surveys.showing import Entered, ShownQuestion, ShownSection, error_list, sections

__all__ = ["Entered", "ShownPage", "ShownQuestion", "ShownSection", "error_list", "sections"]


@dataclass(frozen=True, slots=True)
class ShownPage:
    """One page of the survey as the template needs it."""

    company: str
    language: str
    languages: Sequence[tuple[str, str, str, bool]]  # code, name, address, is it this one
    action: str
    save_pattern: str  # where one answer is saved; the question's key stands for {key}
    progress: Progress
    blocks: Sequence[ShownBlock]
    intro: Sequence[str]
    errors: Sequence[tuple[str, str]]
    saved_at: datetime | None
    revision: int
    submission_id: str
    window: str
    notice: str = ""
    opened: tuple[str, str] = ("", "")  # the box an answer has just opened, and why

    def save_url(self, question: ShownQuestion) -> str:
        """Return where an answer to this question is saved by itself."""
        return self.save_pattern.replace("{key}", question.key)
