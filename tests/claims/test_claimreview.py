"""What is found wrong with ClaimReviews, ours or anybody's."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import claimreview

PAGE = "https://desk.example/c/1/the-bridge-fell"

WHOLE = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": PAGE,
    "claimReviewed": "The bridge fell.",
    "datePublished": "2026-03-14",
    "inLanguage": "en",
    "author": {
        "@type": "Organization",
        "name": "Counterclaim",
        "url": "https://desk.example",
    },
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Ada", "sameAs": ["https://ada.example"]},
        "datePublished": "2026-03",
        "firstAppearance": {"@type": "CreativeWork", "url": "https://a.example/1"},
        "appearance": [
            {"@type": "CreativeWork", "url": "https://a.example/1"},
            "https://b.example/2",
        ],
    },
    "reviewRating": {
        "@type": "Rating",
        "alternateName": "False",
        "ratingValue": 1,
        "bestRating": 5,
        "worstRating": 1,
    },
}


def changed(path, value):
    """The whole document with one property changed; None takes it out."""
    document = copy.deepcopy(WHOLE)
    *way, last = path.split(".")
    thing = document
    for name in way:
        thing = thing[name]
    thing.pop(last, None)
    if value is not None:
        thing[last] = value
    return document


def told(document, page_url=PAGE):
    found = claimreview.problems(document, page_url=page_url)
    assert all(each.sentence for each in found)
    return [(each.where, each.code) for each in found]


def test_a_whole_document_has_no_problem():
    assert told(WHOLE) == []


@pytest.mark.parametrize(
    "path", ["url", "claimReviewed", "reviewRating", "reviewRating.alternateName"]
)
@pytest.mark.parametrize("value", [None, "", " \n", []])
def test_what_google_requires_is_required(path, value):
    assert told(changed(path, value)) == [(path, "missing")]


@pytest.mark.parametrize(
    "path",
    [
        *("author", "author.url", "datePublished", "itemReviewed"),
        *("itemReviewed.author", "itemReviewed.datePublished"),
        *("itemReviewed.appearance", "itemReviewed.firstAppearance"),
        *("reviewRating.ratingValue", "reviewRating.worstRating"),
        "reviewRating.bestRating",
    ],
)
def test_what_google_recommends_is_advised(path):
    (found,) = claimreview.problems(changed(path, None))

    assert (found.where, found.is_advice) == (path, True)


@pytest.mark.parametrize(
    ("worst", "value", "best", "verdict"),
    [
        (1, 1, 5, None),
        (1, 5, 5, None),
        (1, 2.5, 5, None),
        ("1", "2.5", "5", None),
        (1, 0, 5, "out_of_bounds"),
        (1, 6, 5, "out_of_bounds"),
        (0, 1, 5, "out_of_bounds"),
        (5, 5, 1, "out_of_bounds"),
        (3, 3, 3, "out_of_bounds"),
        (1, "1/5", 5, "wrong"),
        (1, True, 5, "wrong"),
        (1, None, 5, "wrong"),
        (1, float("nan"), 5, "wrong"),
        (1, 10**400, 5, "wrong"),
        ([], 3, {}, "wrong"),
    ],
)
def test_a_rating_lies_on_its_own_scale(worst, value, best, verdict):
    document = copy.deepcopy(WHOLE)
    document["reviewRating"] |= {
        "worstRating": worst,
        "ratingValue": value,
        "bestRating": best,
    }

    assert [code for _, code in told(document)] == ([verdict] if verdict else [])


def test_a_rating_without_a_scale_is_one_from_one_to_five():
    document = changed("reviewRating.bestRating", None)
    document["reviewRating"]["ratingValue"] = 6

    assert ("reviewRating.ratingValue", "out_of_bounds") in told(document)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://desk.example/c/2", None),
        ("https://www.desk.example/c/2", None),
        ("https://desk.example.evil.example/c/1", "elsewhere"),
        ("https://evildesk.example/c/1", "elsewhere"),
        ("https://example/c/1", "elsewhere"),
        ("/c/1", "wrong"),
        ("javascript:alert(1)", "wrong"),
        ("https://[/c/1", "wrong"),
        ({"@id": PAGE}, "wrong"),
    ],
)
def test_the_address_is_on_the_host_of_the_page(url, code):
    assert told(changed("url", url)) == ([("url", code)] if code else [])


def test_without_a_page_the_address_may_be_anywhere():
    assert told(changed("url", "https://elsewhere.example/1"), page_url="") == []


@pytest.mark.parametrize("path", ["datePublished", "itemReviewed.datePublished"])
@pytest.mark.parametrize(
    ("value", "right"),
    [
        *[(each, True) for each in ("2026", "2026-03", "2026-03-14")],
        *[(f"2026-03-14T12:00:00{zone}", True) for zone in ("", "Z", "+03:00")],
        *[(each, False) for each in ("14 March 2026", "2026-13", "2026-02-30", 2026)],
        *[(each, False) for each in ("2026-03-14T25:00", "٢٠٢٦", "03/14/2026")],
    ],
)
def test_dates_are_those_of_iso_8601(path, value, right):
    assert told(changed(path, value)) == ([] if right else [(path, "wrong")])


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("@type", "Review"),
        ("@context", "https://schema.example"),
        ("claimReviewed", {"text": "It fell."}),
        ("inLanguage", "British English"),
        ("author", "Counterclaim"),
        ("author", {"@type": "Thing", "name": "Counterclaim", "url": PAGE}),
        ("itemReviewed", {"@type": "Thing"}),
        ("itemReviewed.author.sameAs", ["ada"]),
        ("itemReviewed.appearance", ["https://a.example", {"@type": "CreativeWork"}]),
        ("itemReviewed.firstAppearance", {"url": "https://a.example"}),
        ("reviewRating", "False"),
        ("reviewRating", {"@type": "AggregateRating", "alternateName": "False"}),
        ("reviewRating.alternateName", 1),
    ],
)
def test_what_has_another_shape_is_told(path, value):
    assert told(changed(path, value)) == [(path, "wrong")]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("@type", ["Review", "ClaimReview"]),
        ("@type", "http://schema.org/ClaimReview"),
        ("@context", {"@vocab": "http://schema.org/"}),
        ("@context", ["https://schema.org", {"@language": "en"}]),
        ("inLanguage", {"@type": "Language", "alternateName": "pt-BR"}),
        ("author.@type", "NewsMediaOrganization"),
        ("itemReviewed.author.@type", "Corporation"),
        ("itemReviewed.firstAppearance", "https://a.example/1"),
    ],
)
def test_other_spellings_of_the_same_are_read(path, value):
    assert told(changed(path, value)) == []


@pytest.mark.parametrize("documents", [[], [{"@type": "Article"}], [WHOLE, WHOLE]])
def test_a_page_has_one_claim_review(documents):
    (found,) = claimreview.problems_of_page(documents, page_url=PAGE)

    assert str(documents.count(WHOLE)) in found.sentence


def test_a_page_names_the_context_of_its_claim_review():
    (found,) = claimreview.problems_of_page(
        [{"@type": "Article"}, changed("@context", None)], page_url=PAGE
    )

    assert (found.where, found.code) == ("@context", "missing")


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["https://[", "http://a.example", "2026-03", "Rating", "Claim"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@type", "name", "url", "author", "appearance", "text"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(sorted(WHOLE)), ANYTHING))
def test_whatever_json_there_is_it_is_judged(document):
    claimreview.problems(WHOLE | document, page_url=PAGE)
    claimreview.problems_of_page([document, WHOLE], page_url=PAGE)
