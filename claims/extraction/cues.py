"""
The words that introduce what somebody says, by the grammar they do it with.

Which words are here follows from how often each really introduced a statement
in news articles that people had marked, given its construction: "told" with a
clause nearly always does, "made" with an object hardly ever.
"""

from __future__ import annotations

from claims.extraction.words import phrases, words

# Verbs that stand beside a quotation: "…," she said.
SPEECH = words(
    """
    say tell add write ask note continue explain argue announce declare tweet reply
    respond state report recall insist warn claim remark comment quip joke conclude
    acknowledge admit suggest observe point assert shout chant yell cry scream sing
    read proclaim counter agree describe call boast lament complain reflect offer
    predict vow pledge promise urge demand question wonder exclaim repeat stress
    emphasize reiterate retort concede testify post muse opine interject plead charge
    allege maintain contend deny confirm say blast scold demur think caution advise
    recount reveal speak begin go tease answer implore deadpan elaborate crow hint
    whisper mutter murmur sigh snap thunder bellow mock email message text
    """
)

# As they stand in the text, for sentences that the parser takes amiss.
SPEECH_FORMS = words("said says told tells asked added wrote noted stated replied")

CLAUSE = words(
    """
    say tell think add suggest show write note believe argue ask find report know
    announce claim insist acknowledge explain see want indicate hop hope declare
    state tweet warn point conclude agree reveal admit expect predict question feel
    consider worry respond understand assert determine wonder recall fear recognize
    learn estimate assure concede imply complain reply confirm call allege realize
    decide promise deny guess hear read joke remember remark emphasize assume remind
    discuss maintain contend boast post doubt demonstrate suspect imagine convince
    describe wish charge notice mention caution speculate signal reiterate pledge
    highlight clarify vow demand rule order propose figure bet reassure recommend
    sense disagree counter testify stress lament anticipate whisper discover
    illustrate hint proclaim quip posit forecast inform demur judge interject opine
    observe underscore affirm prove certify disclose foresee deem muse warrant argue
    underline advise repeat intimate surmise profess plead decree confess exclaim
    cite detail outline stipulate hypothesize theorize fret grumble attest relay
    write reckon calculate contemplate recount shout foretell envision
    """
)

INFINITIVE = words(
    """
    want plan seek ask decline refuse urge call vow promise pledge decide hop hope
    like agree threaten intend expect encourage aim order push persuade tell
    offer claim prefer instruct challenge advise propose demand love warn plead
    press opt lobby beg profess swear implore
    """
)

# Verbs with whom "to go" is what is asked for, not a purpose.
ASKING = words("tell urge ask encourage warn advise order implore press instruct")

# Verbs of "as she said", which tell of the whole sentence around them.
AS_SAID = words(
    "say put note point write tell warn explain state observe argue remark acknowledge"
    " admit report suggest"
)

GERUND = words(
    """
    support propose consider oppose suggest chant report recommend advocate deny
    favor mention recall contemplate admit
    """
)

OBJECT = words(
    """
    support endorse see cite announce express say oppose defend discuss criticize
    reject praise attack address want question mention denounce issue accept
    highlight note propose  answer tweet  dismiss blast echo mock recognize
    prefer recall tout embrace explain acknowledge reveal report slam condemn deny
    consider favor ignore claim understand repeat declare like emphasize
    promote identify welcome decry outline reference suggest stress underscore
    applaud voice pose learn publish reiterate detail believe admit love
    remember remind disavow affirm fear champion deem chant dispute hail state
    renew recount rebut assail recommend reaffirm threaten expect unveil recite
    admire advocate bemoan downplay contemplate lament articulate counter blame
    rebuke document repudiate bash herald allege deride disregard ridicule respect
    mourn concede trumpet refute envision assess clarify characterize proclaim relish
    assert vow convey specify mull interpret back lambaste castigate chide pan
    commend laud deplore protest contest caution confirm demand request predict
    describe estimate forecast insist contend
    """
)

NAMING = words("call consider deem dub label brand declare title term pronounce")

ABOUT = phrases(
    """
    talk about, accuse of, call for, refer to, speak about,
    see as, describe as, point to, ask about, criticize for, comment on, ask for,
    blame for, push for, look to, think about, view as, cast as, cite as,
    praise for, agree with, respond by, portray as, identify as, speak of,
    advocate for, hop for, hope for, rail against, blast for, dismiss as, warn of,
    apologize for, slam for, write about, disagree with, hint at, balk at, paint as,
    think of, attack for, liken to, warn against, side with, quote as, touch on,
    vouch for, believe in, frame as, worry about, press for, argue for, boast of,
    characterize as, criticize as, boast about, joke about, applaud for,
    complain about, brag about, talk of, praise as, report about, remark upon,
    defend as, speak against, regard as, embrace as, learn about, mock for, admit to,
    hail as, differ on, argue against, caution against, feel about, perceive as,
    plead for, bristle at, decide against, denounce as, muse about, rip for,
    chide for, credit with, credit for, tout as, concur with, gush about, label as,
    brand as, complain of, disapprove of, object to, testify about, condemn as,
    condemn for, opine on, fault for, lash at, dream of, denounce for,
    elaborate on, insist on, reflect on, allude to, decry as, brush off
    """
)

PASSIVE = words("report reject echo claim denounce criticize support endorse")

NOUN_CLAUSE = words(
    """
    plan decision proposal claim case idea suggestion promise statement desire
    refusal concern request evidence notion position argument pledge assertion hope
    confidence doubt accusation call belief advice fear signal reluctance complaint
    speculation rumor intention warning insistence threat vow revelation assurance
    announcement contention allegation conclusion prediction admission view
    declaration charge conviction acknowledgment recognition theory statement
    """
)

NOUN_ABOUT = phrases(
    """
    question about, attack on, support for, concern about, call for, criticism of,
    endorsement of, interest in, opposition to, mention of, comment about,
    doubt about, critique of, reference to, plan for, view on,  proposal for,
    commitment to, thought on, defense of, comment on, statement about, talk of,
    remark about, announcement of, assessment of, opinion of, opinion on, fear of,
    criticism for, emphasis on, rejection of, accusation of, allegation of,
    joke about, claim of, denial of, condemnation of, praise for, praise of,
    statement on, uncertainty about, doubts about, description of, demand for,
    hope for, hope of, skepticism about, warning about, warning of, apology for,
    disdain for, admiration for, explanation for, worry about, concern over,
    concern for, complaint about, belief in, confidence in, faith in
    """
)

ADJECTIVE = words(
    """
    willing sure eager confident concerned glad happy aware hopeful worried excited
    optimistic adamant convinced unaware afraid certain skeptical doubtful proud sorry
    surprised disappointed determined unwilling reluctant ready
    """
)

ADJECTIVE_ABOUT = phrases(
    """
    critical of, interested in, open to, worried about, proud of, aware of,
    committed to, skeptical of, nervous about, confident in, supportive of,
    hostile to, upbeat about, unhappy with, satisfied with, concerned about,
    angry about, wary of, passionate about, hopeful about, optimistic about
    """
)

_ADMITTED = {
    "clause": CLAUSE,
    "infinitive": INFINITIVE,
    "gerund": GERUND,
    "object": OBJECT,
    "naming": NAMING,
    "about": ABOUT,
    "passive": PASSIVE,
    "noun_clause": NOUN_CLAUSE,
    "noun_about": NOUN_ABOUT,
    "adjective": ADJECTIVE,
    "adjective_about": ADJECTIVE_ABOUT,
}


def admits(construction: str, word: str) -> bool:
    """Tell whether a word, by its base form, introduces a statement this way."""
    return word.lower() in _ADMITTED[construction]
