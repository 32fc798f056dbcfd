"""
What can be refused about claims.

ClaimError
├── MoveRefused            the claim is not where this move starts
├── NotYours               this person may not do this to this claim
├── Overtaken              somebody else saved first
│   ├── Rewritten          the review is not the one that was read
│   └── WordsChanged       the claim is not the one that was read
├── NotPublishable         a rule of publication is not met
├── AlreadyDecided         a candidate or suggestion was decided before
├── CitationRefused        the words cannot be tied to this page
├── ArticleRefused         the article cannot be read
├── DraftRefused           what was typed cannot be kept
│   └── DraftOvertaken     another window of the same person wrote something else
├── ViewRefused            the view cannot be kept so
├── NoAnswer               the plugged-in model did not answer, or not usefully
├── WebhookRefused         the webhook cannot be had so
├── SnoozeRefused          the claim cannot be put off until then
├── ImportRefused          the file cannot be taken in
├── ImportOvertaken        the import does not stand there, or somebody else is at it
└── WordsStand             readers have seen these words
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta
    from typing import Any, Protocol

    class FileFault(Protocol):
        """What is wrong with a file, in whoever's words."""

        @property
        def code(self) -> str: ...
        @property
        def said(self) -> str: ...
        @property
        def advised(self) -> str: ...
        def kept(self) -> dict[str, Any]: ...


class ClaimError(Exception):
    """Base of every refusal here. `code` is for programs, the message for people."""

    code = "claim_error"


class MoveRefused(ClaimError):
    """The claim is not where this move starts."""

    code = "move_refused"


class NotYours(ClaimError):
    """The person may see the claim, but may not do this to it."""

    code = "not_yours"


class Overtaken(ClaimError):
    """
    Somebody else saved first.

    `current` is the version that stands now; nothing of the caller's was saved.
    """

    code = "overtaken"

    def __init__(self, message: str, *, current: int) -> None:
        super().__init__(message)
        self.current = current


class Rewritten(Overtaken):
    """The review in the making is not the one that the caller read."""

    code = "review_rewritten"


class WordsChanged(Overtaken):
    """The claim's words are not those that the caller judged."""

    code = "words_changed"


class NotPublishable(ClaimError):
    """A rule of publication is not met; the message says which and what to do."""

    code = "not_publishable"


class AlreadyDecided(ClaimError):
    """A candidate or a suggestion was decided before."""

    code = "already_decided"


class CitationRefused(ClaimError):
    """The words cannot be tied to this page."""

    code = "citation_refused"


class ArticleRefused(ClaimError):
    """The article cannot be read: it is empty, too long, or no text."""

    code = "article_refused"


class DraftRefused(ClaimError):
    """What was typed cannot be kept: it is too long, or no text."""

    code = "draft_refused"


class DraftOvertaken(DraftRefused):
    """
    Another window of the same person wrote something else meanwhile.

    `fields` is what it wrote; nothing of the caller's was kept.
    """

    code = "draft_overtaken"

    def __init__(
        self,
        message: str,
        *,
        fields: Mapping[str, str],
        edition: int,
        saved_at: datetime,
    ) -> None:
        super().__init__(message)
        self.fields, self.edition, self.saved_at = fields, edition, saved_at


class ViewRefused(ClaimError):
    """The view of the queue cannot be kept so."""

    code = "view_refused"


class NoAnswer(ClaimError):
    """
    The plugged-in model did not answer, or with nothing that can be used.

    `why` is one of `vocabulary.WhyNot`; whoever asked does it the built-in way.
    `pause` is how long the model itself asks to be left alone.
    """

    code = "no_answer"

    def __init__(self, why: str, *, pause: timedelta | None = None) -> None:
        super().__init__(why)
        self.why, self.pause = why, pause


class WebhookRefused(ClaimError):
    """The webhook cannot be had, or sent something, so."""

    code = "webhook_refused"


class SnoozeRefused(ClaimError):
    """The claim cannot be put off, or not until then."""

    code = "snooze_refused"


class ImportRefused(ClaimError):
    """The file as a whole cannot be taken in; `fault` says why, and what to do."""

    code = "import_refused"

    def __init__(self, fault: FileFault) -> None:
        super().__init__(fault.code)
        self.fault, self.code = fault, fault.code

    def __str__(self) -> str:
        return f"{self.fault.said} {self.fault.advised}"


class ImportOvertaken(ClaimError):
    """The import does not stand where this starts, or somebody else is at it."""

    code = "import_overtaken"


class WordsStand(ClaimError):
    """Readers have seen these words with a verdict about them; they do not change."""

    code = "words_stand"
