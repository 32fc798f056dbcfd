"""Every change of a claim's status, from new to published and back."""

from claims.workflow.assigning import (
    assign,
    dismiss,
    release,
    reset,
    take,
)
from claims.workflow.correcting import (
    abandon_correction,
    reaffirm,
    recheck,
    retract,
    start_correction,
)
from claims.workflow.reviewing import (
    arbitrate,
    second,
    send_back,
    submit,
    write_review,
)
from claims.workflow.rules import is_quoted, require_reason
from claims.workflow.seen import Seen
from claims.workflow.undoing import may_undo, undo, undo_until

__all__ = [
    "Seen",
    "abandon_correction",
    "arbitrate",
    "assign",
    "dismiss",
    "is_quoted",
    "may_undo",
    "reaffirm",
    "recheck",
    "release",
    "require_reason",
    "reset",
    "retract",
    "second",
    "send_back",
    "start_correction",
    "submit",
    "take",
    "undo",
    "undo_until",
    "write_review",
]
