"""The mark by which two claims are seen to say the same, made by the database."""

from __future__ import annotations

from django.db.models import CharField, Func


class SameWords(Func):
    """
    A mark that is the same for a statement in other quotation marks and spaces.

    Numbers, signs and words all count: what differs in one of them is another statement.
    """

    template = (
        "md5(regexp_replace(lower(%(expressions)s), "
        "'[[:space:]\"“”„«»‘’'']+|[.!…]+[[:space:]\"“”„«»‘’'']*$', '', 'g'))"
    )
    arity = 1
    output_field = CharField()
