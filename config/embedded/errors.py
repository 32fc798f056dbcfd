"""
What can go wrong with the servers that the project brings along.

EmbeddedError
├── EmbeddedRefused       they must not run here: production, or a folder of others
├── ServerDidNotStart     one of the two said why in its log
└── KeepsEnding           a part of the demo cannot be kept alive
"""


class EmbeddedError(Exception):
    """The embedded PostgreSQL or Valkey cannot be used. The message is for a person."""

    code = "embedded_error"


class EmbeddedRefused(EmbeddedError):
    """Starting would be unsafe; nothing was started or changed."""

    code = "embedded_refused"


class ServerDidNotStart(EmbeddedError):
    """A server ended, or did not answer in time, while it was starting."""

    code = "server_did_not_start"


class KeepsEnding(EmbeddedError):
    """A process was started again and again, and ended each time."""

    code = "keeps_ending"
