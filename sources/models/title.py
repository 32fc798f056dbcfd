"""The titles of pages, apart from the rest of them, for looking them up."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper

from sources.models.source import Source


class TitleQuerySet(models.QuerySet["Title"]):
    def saying(self, words: str) -> Self:
        """Titles that have these words in them, in any case."""
        return self.filter(title__icontains=words)


class Title(models.Model):
    """
    A title in a row of its own, which the database keeps like the source's.

    Each look writes its source into every index anew; an index of the title's trigrams
    would be the dearest of them (a third of what the look costs the database).
    """

    source = models.OneToOneField(
        Source, on_delete=models.CASCADE, related_name="+", primary_key=True
    )
    title = models.CharField(max_length=500)

    objects = TitleQuerySet.as_manager()

    class Meta:
        indexes = [
            # As `icontains` asks for it.
            GinIndex(
                OpClass(Upper("title"), name="gin_trgm_ops"), name="title_trigrams"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.title}"
