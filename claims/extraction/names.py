"""What a mention says about the speaker it stands for, read off the grammar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from claims.extraction.introductions import PAPERS, introduced, titled
from claims.extraction.sources import mention
from claims.extraction.titles import COURTESY, OFFICES

if TYPE_CHECKING:
    from spacy.tokens import Token

_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
MOST_ABOVE = 3  # "the director of the Institute, X": X hangs on the Institute
_AFFILIATED_BY = frozenset({"of", "at", "with", "for", "from", "in"})


class Wording(Enum):
    """By what means a mention points at somebody."""

    NAME = "name"  # "Trita Parsi", "the Quincy Institute"
    PRONOUN = "pronoun"  # "he"
    DESCRIPTION = "description"  # "the ministry", "American officials"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One mention of somebody, apart from the parse it was read from."""

    start: int  # in the article
    text: str  # as written, without a possessive 's
    wording: Wording
    head: str  # its main word in lower case: "ministry", "he", "parsi"
    name: str  # "Sean Savett" of "spokesperson Sean Savett"; else the text
    label: str = ""  # what the model's list of names takes it for: PERSON, ORG, GPE
    plural: bool = False
    definite: bool = False  # "the ministry", not "a ministry"
    subject: bool = False  # does something in its sentence
    role: str = ""
    affiliation: str = ""


def read_mention(head: Token, *, offset: int) -> Mention:
    """Describe the mention around a word; `offset` is its paragraph's place."""
    head = introduced(_referred_to(head))
    stretch = mention(head)
    text = _without_possessive(head.doc.text[stretch.start : stretch.end])
    wording = _wording(head)
    title = titled(head)
    name = _name(head, text, title=title) if wording is Wording.NAME else text
    role, affiliation = ("", "") if wording is Wording.PRONOUN else _office(head, name)
    return Mention(
        start=offset + stretch.start,
        text=text,
        wording=wording,
        head=head.lower_,
        name=name,
        label="PERSON" if title else head.ent_type_,
        plural=head.tag_ in {"NNS", "NNPS"} or head.lower_ == "they",
        definite=head.doc.text[stretch.start : stretch.start + 4].lower() == "the ",
        subject=head.dep_ in {"nsubj", "nsubjpass"},
        role=role,
        affiliation=affiliation,
    )


def _referred_to(head: Token) -> Token:
    """Return "Parsi" for the "who" of "Parsi, who …"."""
    if head.lower_ in _RELATIVE and head.head.dep_ == "relcl":
        return head.head.head
    return head


def _wording(head: Token) -> Wording:
    if head.pos_ == "PRON":
        return Wording.PRONOUN
    capital = head.text[:1].isupper() or head.ent_type_ == "PERSON"
    if capital and (head.pos_ == "PROPN" or head.ent_type_ in {"PERSON", "ORG", "GPE"}):
        return Wording.NAME
    return Wording.DESCRIPTION


def _without_possessive(text: str) -> str:
    for ending in ("'s", "'"):
        if text.endswith(ending):
            return text[: -len(ending)]
    return text


def _name(head: Token, text: str, *, title: Token | None) -> str:
    """Return the name alone: no title before it, no office, nothing behind."""
    if head.ent_type_ not in {"PERSON", ""} and title is None:
        return text
    doc, first, last = head.doc, head.i, head.i
    while first > 0 and _goes_with_name(doc[first - 1], head):
        first -= 1
    while last + 1 < len(doc) and _ends_name(doc[last + 1], head):
        last += 1
    while first < last and doc[first].lower_ in COURTESY | OFFICES:
        first += 1
    return _without_possessive(doc[first : last + 1].text)


def _goes_with_name(token: Token, head: Token) -> bool:
    if token.lower_ in COURTESY | OFFICES:
        return False
    if head.ent_type_ == "PERSON":
        return token.ent_type_ == "PERSON" and token.nbor(1).ent_iob_ == "I"
    return token.pos_ == "PROPN" and token.dep_ in {"compound", "nmod"}


def _ends_name(token: Token, head: Token) -> bool:
    """Tell whether a word behind the head is still the name: "Roberts Jr."."""
    return (
        head.ent_type_ == "PERSON" and token.ent_iob_ == "I" and token.pos_ == "PROPN"
    )


def _office(head: Token, name: str) -> tuple[str, str]:
    """Return role and affiliation, from an apposition or the words before a name."""
    for child in head.rights:
        if child.dep_ == "appos" and child.pos_ in {"NOUN", "PROPN"}:
            return _role_of(child)
    if office := _introducing(head):
        return _role_of(office, before=head.left_edge)
    before = [
        token
        for token in head.doc[head.left_edge.i : head.i]
        if token.text not in name and token.lower_ not in COURTESY
    ]
    offices = [token for token in before if token.lower_ in OFFICES]
    roles = offices or [token for token in before if token.pos_ == "NOUN"]
    if not roles:
        return "", ""
    split = roles[0].i
    while split > before[0].i and head.doc[split - 1].pos_ in {"ADJ", "ADV"}:
        split -= 1
    role = " ".join(token.text for token in before if token.i >= split)
    body = " ".join(token.text for token in before if token.i < split)
    if body and not body[0].isupper():
        return f"{body} {role}", ""
    return _bare(role), body


def _introducing(name: Token) -> Token | None:
    """Return the office of "the mayor of Aldmoor, Oda Prell"."""
    for above in islice(name.ancestors, MOST_ABOVE):
        if above.pos_ == "NOUN" and above.i < name.i and introduced(above) == name:
            return None if above.lower_ in PAPERS else above
    return None


def _role_of(noun: Token, *, before: Token | None = None) -> tuple[str, str]:
    """Cut "the executive vice president of the Institute" into its two parts."""
    start = noun.left_edge.i
    for token in noun.subtree:
        if token.dep_ != "prep" or token.lower_ not in _AFFILIATED_BY:
            continue
        if any(above.dep_ in {"relcl", "acl"} for above in _up_to(noun, token)):
            continue
        body = next((each for each in token.rights if each.dep_ == "pobj"), None)
        # "head of epidemiology" is the office, "at the Institute" where it is held.
        if body is not None and body.i > noun.i and _is_body(body):
            return _bare(noun.doc[start : token.i].text), _body(body, before=before)
    end = noun.i
    for child in noun.rights:
        if child.dep_ != "prep" or before is not None:
            break
        end = child.right_edge.i
    return _bare(noun.doc[start : end + 1].text), ""


def _up_to(noun: Token, token: Token) -> Iterator[Token]:
    return takewhile(lambda above: above != noun, token.ancestors)


def _is_body(noun: Token) -> bool:
    return noun.pos_ == "PROPN" or noun.ent_type_ in {"ORG", "GPE", "NORP"}


def _body(noun: Token, *, before: Token | None) -> str:
    """Return an organisation's name without the town it sits in."""
    last = noun
    for child in noun.rights:
        if child.dep_ != "prep" or child.lower_ == "in" or child == before:
            break
        last = child.right_edge
    return noun.doc[noun.left_edge.i : last.i + 1].text


def _bare(role: str) -> str:
    for article in ("the ", "a ", "an "):
        if role.lower().startswith(article):
            return role[len(article) :].strip(" ,")
    return role.strip(" ,")
