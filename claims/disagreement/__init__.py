"""Statements that clash with others: which words, how surely, and who said them."""
