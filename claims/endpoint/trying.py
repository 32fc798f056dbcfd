"""One small question, to learn whether the plugged-in model answers at all."""

from __future__ import annotations

from datetime import datetime

from claims.endpoint.asking import ask
from claims.endpoint.chat import Question, words_in
from claims.endpoint.terms import Terms
from claims.errors import NoAnswer
from claims.vocabulary import WhyNot

_SCHEMA = {
    "type": "object",
    "properties": {"answer": {"type": "string"}},
    "required": ["answer"],
    "additionalProperties": False,
}


def why_silent(terms: Terms, *, now: datetime) -> WhyNot | None:
    """
    Ask the model for one word; return why none came, or None where it answered.

    It counts as any other request of the day, and waits as long as `terms` allow.
    """
    question = Question(
        instructions='Answer with this JSON object: {"answer": "here"}',
        # The moment, so that no answer is remembered.
        data=f"Are you there? It is {now.isoformat()}.",
        schema=_SCHEMA,
        most_tokens=20,
    )
    try:
        ask(
            question,
            lambda told: words_in(told, "answer", most=100),
            terms=terms,
            now=now,
        )
    except NoAnswer as error:
        return WhyNot(error.why)
    return None
