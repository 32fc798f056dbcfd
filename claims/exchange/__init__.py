"""
Fact-checks that come in from others, and what goes out to them.

A file becomes rows (`reading`), each row a record that says what it means (`record`), a
record the rows of the database (`writing`); `running` takes a file in from end to end,
and goes on where it was stopped. `giving` is the way out.
"""

from claims.exchange.running import go_on

__all__ = ["go_on"]
