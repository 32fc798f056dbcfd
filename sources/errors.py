"""
What can be refused or go wrong about pages.

    SourceError
    ├── AddressRefused          this cannot be the address of a source
    ├── PassageRefused          these words cannot be watched
    ├── SourceOvertaken         somebody else saved first
    ├── ArchiveTrouble          an archive of the web does not do what it should
    ├── BodyDamaged             what was kept of a page cannot be read any more
    ├── Unreadable              the answer holds no text that can be read
    │   └── UnsupportedMedia    it is of a kind that is not read here
    └── FetchError              the page was not fetched
        ├── Refused             the door does not lead there
        ├── RobotsForbid        the site wants no automatic visitor there
        ├── NotNow              it is not our turn at this site yet
        ├── Unreachable         no answer: name, connection, TLS or time
        ├── TooLarge            more of a page than is read
        ├── TooManyRedirects    it sends on and on
        └── BadResponse         an answer that is none
"""

from __future__ import annotations

from dataclasses import dataclass

from sources.saying import Facts, Sentence


class SourceError(Exception):
    """
    Base of every refusal here. `code` is for programs, the message for people.

    It is worded when it is shown; `sentence` is what can be kept until then.
    """

    code = "source_error"

    def __init__(self, message: str, *, facts: Facts | None = None) -> None:
        super().__init__(message)
        self.sentence = Sentence(message, facts or {})

    def __str__(self) -> str:
        return str(self.sentence)


class AddressRefused(SourceError, ValueError):
    """No source can have this address; the message says what to do about it."""

    code = "address_refused"

    def __init__(
        self,
        message: str,
        *,
        code: str = "address_refused",
        facts: Facts | None = None,
    ) -> None:
        super().__init__(message, facts=facts)
        self.code = code


class PassageRefused(SourceError, ValueError):
    """No passage can be made of these words; the message says what to do."""

    code = "passage_refused"


class SourceOvertaken(SourceError):
    """
    Somebody else saved first.

    `current` is the version that stands now; nothing of the caller's was saved.
    """

    code = "overtaken"

    def __init__(
        self, message: str, *, current: int, facts: Facts | None = None
    ) -> None:
        super().__init__(message, facts=facts)
        self.current = current


class ArchiveTrouble(SourceError):
    """An archive of the web does not answer, or not as one; nothing was found out."""

    code = "archive_trouble"


class BodyDamaged(SourceError):
    """What was kept of a page is not what was put there; its text still stands."""

    code = "body_damaged"


class Unreadable(SourceError):
    """The answer holds no text that can be read."""

    code = "unreadable"


class UnsupportedMedia(Unreadable):
    """The answer is of a kind that is not read here; `media_type` says which."""

    code = "unsupported_media"

    def __init__(
        self, message: str, *, media_type: str, facts: Facts | None = None
    ) -> None:
        super().__init__(message, facts=facts)
        self.media_type = media_type


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One answer on the way to a page, as far as it is kept."""

    url: str
    status: int
    address: str  # the numeric one that answered; empty where that was not seen


class FetchError(SourceError):
    """
    The page was not fetched.

    `reason` is one word of a fixed set for each class; `hops` are the
    redirects that were followed before it went wrong.
    """

    code = "fetch_failed"

    def __init__(
        self, message: str, *, reason: str = "", facts: Facts | None = None
    ) -> None:
        super().__init__(message, facts=facts)
        self.reason = reason
        self.hops: tuple[Hop, ...] = ()


class Refused(FetchError):
    """
    The door does not lead there, and nothing was sent.

    Reasons: `network`, `port`, or the code of the AddressRefused of a redirect.
    """

    code = "fetch_refused"


class RobotsForbid(FetchError):
    """
    The site wants no automatic visitor there; the page was not asked for.

    Reasons: `disallowed` (a rule of its robots.txt says so), `unreachable` (its
    robots.txt cannot be read, which RFC 9309 takes for a no).
    """

    code = "robots"


class NotNow(FetchError):
    """
    It is not our turn at this site yet, and nothing was sent.

    `wait_seconds` is how long it would take from now. Reasons: `turn`, `paused`.
    """

    code = "not_now"

    def __init__(
        self,
        message: str,
        *,
        wait_seconds: float,
        reason: str,
        facts: Facts | None = None,
    ) -> None:
        super().__init__(message, reason=reason, facts=facts)
        self.wait_seconds = wait_seconds


class Unreachable(FetchError):
    """
    There was no answer.

    Reasons: `no_such_name` (the name does not exist), `dns` (its servers do not
    say), `connect`, `tls`, `reset`, `timeout`.
    """

    code = "unreachable"


class TooLarge(FetchError):
    """There is more of the page than is read."""

    code = "too_large"


class TooManyRedirects(FetchError):
    """The page sends on and on. Reasons: `loop`, `too_many`."""

    code = "too_many_redirects"


class BadResponse(FetchError):
    """
    The answer is none that can be used.

    Reasons: `headers`, `encoding`, `cut_off`, `redirect`, `protocol`.
    """

    code = "bad_response"
