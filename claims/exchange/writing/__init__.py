"""
Thousands of rows at a time, by the rules that one row meets.

They go in by COPY, past no constraint and no trigger: the history, what is to be
compared and what is to be made a vector of come about as for a claim that is typed in.
"""

from claims.exchange.writing.judging import Judge, Plan
from claims.exchange.writing.making import make

__all__ = ["Judge", "Plan", "make"]
