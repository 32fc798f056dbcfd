"""What the forms of a claim's page on the desk send, and where."""

from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

HTMX = {"HX-Request": "true"}


def at(claim, name="claim"):
    return reverse(f"desk:{name}", args=[claim.pk])


def shown_in(page, field):
    """What a page offers for a field on which two disagree, and what is chosen."""
    tree = LexborHTMLParser(page)
    sides = {
        side: tree.css_first(f'[name="{side}_{field}"]').attributes["value"]
        for side in ("base", "theirs", "yours")
    }
    chosen = tree.css_first(f'input[name="choose_{field}"][checked]')
    return sides | {"chosen": chosen.attributes["value"]}


def edited(claim, **changed):
    return {
        "version": claim.version,
        "statement": claim.statement,
        "original_wording": claim.original_wording,
        "claimant": claim.claimant.name,
        "claimant_kind": claim.claimant.kind,
        "role_at_time": claim.role_at_time,
        "said_on": "",
        "said_at_precision": "day",
        "form": claim.form,
        "language": claim.language,
        "topics": "",
        **changed,
    }


def verdict(**changed):
    return {
        "verdict": "false",
        "summary": "Pictures show two halls without a roof.",
        "explanation": "Three sets were compared.",
        **changed,
    }
