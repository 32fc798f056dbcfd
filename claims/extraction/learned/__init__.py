"""
Reading with weights that were learned from marked articles.

Wherever somebody may be quoted or reported, many ways to cut the statement out are
proposed; the weights say which of them people would have marked. What the rules
settle on is one of the things weighed. Without weights nothing here is used.
"""
