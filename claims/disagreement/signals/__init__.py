"""Does one statement contradict another, and by which words? Pure; needs no Django."""

from claims.disagreement.signals.clashes import Clash, Kind, Place
from claims.disagreement.signals.judging import Judgement, Label, judge, judged
from claims.disagreement.signals.weights import Weights
from claims.disagreement.signals.words import Text, read

__all__ = [
    "Clash",
    "Judgement",
    "Kind",
    "Label",
    "Place",
    "Text",
    "Weights",
    "judge",
    "judged",
    "read",
]
