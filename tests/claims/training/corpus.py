"""
A small corpus: articles in which everything that is "murmured" was marked.

The rules know no statement by this verb's object, so what is found shows what was
learned. What somebody "announced" was never marked, though the rules would have it.
"""

from __future__ import annotations

import json

PEOPLE = ["Mara Teske", "Ilan Proft", "Una Reyk", "Tomas Vell", "Greta Holm"]
THINGS = [
    "the old harbour wall",
    "the price of the ferry",
    "a second bridge over the Lenne",
    "the new school in Aldmoor",
    "the storm of last winter",
    "the sale of the town forest",
]


def article(number: int) -> dict:
    """Return one marked article; each number gives another one."""
    person = PEOPLE[number % len(PEOPLE)]
    other = PEOPLE[(number + 2) % len(PEOPLE)]
    thing = THINGS[number % len(THINGS)]
    text = (
        f"{person} murmured {thing}. It rained in the evening.\n\n"
        f"{other} announced {thing}. The council met on Monday.\n\n"
        f"“We saw nothing of it,” {person} said."
    )
    quoted = "“We saw nothing of it,”"
    return {
        "id": f"a{number}",
        "text": text,
        "attributions": [
            marked(text, thing, person, "indirect"),
            marked(text, quoted, person, "direct"),
        ],
    }


def marked(text: str, content: str, source: str, form: str) -> dict:
    start = text.index(content)
    near = text.rindex(source) if form == "direct" else text.index(source)
    return {
        "content": [[start, start + len(content)]],
        "source": [[near, near + len(source)]],
        "type": form,
    }


def lines(count: int) -> str:
    """Return so many articles in the format of the data."""
    return "".join(json.dumps(article(n)) + "\n" for n in range(count))
