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
    inspector constable prosecutor solicitor barrister delegate coroner rector dean
    chaplain vicar curator comptroller undersecretary
    """
)
# Before a name these are said of nobody but a person; "General" may be of Motors.
PERSONAL = words(
    """
    councillor councilor councilman councilwoman alderman alderwoman magistrate mayor
    senator sen. representative rep. congressman congresswoman governor gov. chancellor
    minister ambassador professor prof. commissioner sheriff detective inspector
    constable superintendent sergeant sgt. lieutenant lt. colonel col. archbishop rabbi
    imam sheikh ayatollah deputy treasurer prosecutor spokesman spokeswoman spokesperson
    """
)
