"""Words that stand before or behind a name and are not part of it."""

from __future__ import annotations

from claims.extraction.words import words

COURTESY = words(
    "mr mr. mrs mrs. ms ms. miss dr dr. sir dame lord lady the madam mx mx. jr jr. sr sr."
)
OFFICES = words(
    """
    president senator sen. sen representative rep. rep congressman congresswoman
    governor gov. gov mayor secretary minister chancellor judge justice general gen.
    gen colonel col. col captain capt. capt major maj. lieutenant lt. lt sergeant
    sgt. sgt admiral adm. adm king queen prince princess pope rev. rev reverend
    professor prof. prof chief director chairman chairwoman chair chairperson
    spokesman spokeswoman spokesperson speaker leader officer official ambassador
    attorney candidate nominee premier prime vice deputy former ex-president
    commissioner sheriff detective analyst economist strategist adviser advisor
    founder chief-executive ceo editor columnist reporter correspondent
    lawmaker democrat republican envoy bishop archbishop cardinal rabbi imam sheikh
    ayatollah sultan emir lawyer doctor superintendent commander councillor councilor
    councilman councilwoman alderman alderwoman treasurer magistrate
    """
)
