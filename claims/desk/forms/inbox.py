"""Articles and what is asked of their candidates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.desk.forms.fields import Day, Words, url_field
from claims.models import Claim

HEADLINE_MAX_CHARACTERS = 120


def headline(text: str) -> str:
    """Return the headline that was pasted with a text; nothing where there is none."""
    first, parted, rest = text.lstrip().partition("\n")
    line = first.strip()
    apart = bool(parted) and not rest.partition("\n")[0].strip() and bool(rest.strip())
    # A sentence ends with a stop, and one that goes on with something else than a word.
    short = len(line) <= HEADLINE_MAX_CHARACTERS and not line.endswith(tuple(".…:;,"))
    return line if apart and short else ""


class ArticleForm(forms.Form):
    """An article to be read: its text, or an address from which it is fetched."""

    url = url_field(
        required=False,
        help_text=gettext_lazy(
            "Where it stands. Its quotations are watched there from now on."
        ),
    )
    text = Words(
        label=gettext_lazy("Text"),
        max_length=settings.CLAIMS_ARTICLE_MAX_CHARACTERS,
        rows=10,
        said=True,
        required=False,
        strip=False,
        help_text=gettext_lazy(
            "Paste the article. Without it, the page at the address is fetched."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={"accept": ".txt,.md,.html,.htm,.xhtml,.pdf,.docx"}
        ),
        help_text=gettext_lazy(
            "Plain text, HTML, PDF or a Word document, in place of the text."
        ),
    )
    title = Words(label=gettext_lazy("Title"), max_length=500, required=False)
    publisher = Words(label=gettext_lazy("Publisher"), max_length=200, required=False)
    published_on = Day(label=gettext_lazy("Published on"), required=False)
    language = Words(label=gettext_lazy("Language"), max_length=35, initial="en")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        pasted = bool((given.get("text") or "").strip())
        nothing = not (given.get("url") or pasted or given.get("file"))
        if pasted and given.get("file"):
            raise forms.ValidationError(
                _("Give the text or a file, not both: which of them is the article?")
            )
        if nothing and not {"url", "text", "file"} & set(self.errors):
            raise forms.ValidationError(
                _(
                    "Paste the text of the article, give it as a file, or give the "
                    "address of its page."
                )
            )
        if not (given.get("title") or "").strip() and "title" not in self.errors:
            given["title"] = headline(given.get("text") or "")
        return given


class SearchForm(forms.Form):
    """Words to look for."""

    q = Words(label=gettext_lazy("Words"), max_length=200, required=False)


class MergeForm(forms.Form):
    """The tracked claim that a candidate repeats."""

    claim = forms.ModelChoiceField(
        queryset=Claim.objects.all(), widget=forms.HiddenInput
    )
