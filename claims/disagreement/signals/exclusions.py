"""
Things that exclude each other: red or blue, Monday or Tuesday. Our own lists.

In a list, words apart exclude each other; words joined by "|" go together.
"""

from __future__ import annotations

_LISTS = {
    "colour": """
        red blue green yellow black white brown orange purple pink gray grey
        tan beige
    """,
    "sex": """
        man|male|boy|gentleman|guy|he|his|him|father|husband|brother|son
        woman|female|girl|lady|she|her|mother|wife|sister|daughter
    """,
    "age": """
        child|kid|boy|girl|baby|toddler|infant|children
        adult|man|woman|elderly|senior
    """,
    "in or out": """
        indoors|inside|indoor|room|house|kitchen|bedroom|living|classroom|restaurant|mall|gym|office|store|library|church|theater|bathroom|home|bed|couch|sofa|museum|hospital
        outdoors|outside|outdoor|street|park|beach|field|forest|mountain|river|lake|ocean|yard|garden|woods|trail|road|sidewalk|pool|hill|desert|farm|sea|snow|grass
    """,
    "posture": """
        sit|sitting|seated|sat stand|standing|stood lie|lying|laying
        lay|sleep|asleep|nap|sleeping|rest
        run|running|jog|jogging|race|sprint walk|walking|stroll|hike|hiking
        swim|swimming|surf|dive ride|riding|bike|biking|cycling
        drive|driving jump|jumping|leap|hop climb|climbing fly|flying|fall
        dance|dancing eat|eating|dine cook|cooking|bake read|reading
        watch|watching|movie|tv|television play|playing|game sing|singing
        fight|fighting paint|painting|draw|drawing work|working|build
        swim|bathe shop|shopping|buy write|type cry|crying
        laugh|laughing|smile|smiling frown|sad|upset|angry
        ski|snowboard|sled skate|skateboard|skating
    """,
    "time": """
        morning afternoon evening night|midnight|dark
        noon|daylight
    """,
    "season": """
        summer winter spring autumn|fall
    """,
    "weather": """
        sunny|sun|clear rain|raining|rainy snow|snowing|snowy
        cloudy|overcast
    """,
    "company": """
        alone|lone|solo|himself|herself|single
        together|group|crowd|crowded|couple|friends|several|many|two|three
    """,
    "wetness": """
        wet|soaked dry
    """,
    "waking": """
        awake|alert asleep|sleeping|sleep
    """,
    "fullness": """
        full|crowded|busy empty|deserted|vacant
    """,
    "length": """
        long|tall short
    """,
    "hair": """
        bald haired|hair|ponytail|braids
    """,
    "dress": """
        naked|nude|shirtless dressed|wearing|clothed|shirt|suit
    """,
    "animal": """
        dog|puppy cat|kitten horse|pony cow|cattle bird|parrot fish elephant
        monkey sheep|goat lion|tiger bear mouse|rat rabbit
    """,
    "vehicle": """
        car|truck|taxi bike|bicycle|motorcycle|motorbike
        boat|ship|canoe|kayak|sailboat plane|airplane|aircraft|helicopter
        train|subway bus horse skateboard
    """,
    "sport": """
        baseball basketball football soccer tennis hockey golf volleyball
        rugby cricket swimming wrestling|boxing|karate bowling skiing
        surfing chess|cards
    """,
    "instrument": """
        guitar piano drum|drums violin|cello trumpet|saxophone|flute
        accordion
    """,
    "food": """
        pizza cake sandwich|burger soup|salad steak|chicken|meat ice-cream
        fruit|apple|banana
    """,
    "drink": """
        beer|wine|alcohol coffee|tea water|juice|soda milk
    """,
    "place": """
        beach|ocean|sea mountain|hill city|street|downtown park|garden
        forest|woods desert kitchen bedroom|bed office
        school|classroom|library restaurant|cafe|bar church
        store|shop|mall|market hospital stadium|arena farm|barn museum
        zoo|circus pool|lake airport moon
    """,
    "day": """
        monday tuesday wednesday thursday friday saturday sunday
    """,
    "month": """
        january february march april may june july august september october
        november december
    """,
    "quarter": """
        north south east west
    """,
    "region": """
        northern southern eastern western
    """,
    "side": """
        left right
    """,
    "position": """
        up|upward|above|over|top|upstairs
        down|downward|below|under|beneath|bottom|downstairs front
        back|behind|rear
    """,
}

# By word: in which lists it stands, and where there.
EXCLUSIONS: dict[str, tuple[tuple[str, int], ...]] = {}
for _list, _words in _LISTS.items():
    for _place, _together in enumerate(_words.split()):
        for _word in _together.split("|"):
            EXCLUSIONS[_word] = (*EXCLUSIONS.get(_word, ()), (_list, _place))

DATES = frozenset({"time", "season", "day", "month"})
PLACES = frozenset({"in or out", "place", "quarter", "region"})
