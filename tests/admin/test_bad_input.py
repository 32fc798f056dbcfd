"""Whatever is typed or put into an address, the panel answers and names the field."""

from urllib.parse import urlencode

import pytest

from claims.models import Article, Assessment, Citation, Claim, Claimant
from tests.admin.forms import filled
from tests.admin.rooms import MODELS, address
from tests.factories import a_claim, a_claimant, a_source, an_assessment

pytestmark = pytest.mark.django_db

NUL = "bad\x00text"
BIDI = "bad\u202etext"
HUGE = "a" * 1_000_001
TEXTS = {
    "claims.claim": (
        "statement",
        "original_wording",
        "language",
        "topics",
        "role_at_time",
    ),
    "claims.claimant": ("name", "aliases", "role", "wikidata_id", "same_as"),
    "claims.assessment": ("statement", "rating_text", "url"),
    "sources.source": ("title", "publisher", "author", "language"),
}
NEW_TEXTS = {
    "claims.article": ("title", "publisher", "language", "text", "source_url"),
    "claims.accesstoken": ("name",),
    "auth.user": ("username",),
    "sources.source": ("url",),
}
BAD = {"nul": NUL, "bidi": BIDI, "huge": HUGE}


def a_row_of(model):
    if model == "claims.claim":
        return a_claim()
    if model == "claims.claimant":
        return a_claimant()
    return a_source() if model == "sources.source" else an_assessment(a_claim())


def errors_of(answer, name):
    form = answer.context["adminform"].form
    return form.errors.get(name)


@pytest.mark.parametrize("kind", list(BAD))
@pytest.mark.parametrize(
    ("model", "name"), [(m, n) for m, names in TEXTS.items() for n in names]
)
def test_a_field_that_cannot_be_kept_is_named(client, superuser, model, name, kind):
    row = a_row_of(model)
    page = address(model, "change", row.pk)
    form = filled(client.get(page))

    answer = client.post(page, form | {name: BAD[kind]})

    assert answer.status_code == 200
    assert errors_of(answer, name)
    unchanged = type(row).objects.get(pk=row.pk)
    assert getattr(unchanged, name) == getattr(row, name)


@pytest.mark.parametrize("kind", list(BAD))
@pytest.mark.parametrize(
    ("model", "name"), [(m, n) for m, names in NEW_TEXTS.items() for n in names]
)
def test_so_is_a_field_of_something_new(client, superuser, model, name, kind):
    page = address(model, "add")
    form = filled(client.get(page))

    answer = client.post(page, form | {"text": "The dam held."} | {name: BAD[kind]})

    assert answer.status_code == 200
    assert errors_of(answer, name)
    assert not Article.objects.exists()


@pytest.mark.parametrize("kind", list(BAD))
@pytest.mark.parametrize("name", ["url", "exact"])
def test_so_is_a_field_of_a_page_to_cite(client, editor, name, kind):
    claim = a_claim()
    page = address("claims.claim", "change", claim.pk)
    form = filled(client.get(page)) | {
        "citations-2-TOTAL_FORMS": "1",
        "citations-2-0-url": "https://paper.example/a",
        "citations-2-0-exact": "The dam held.",
        "citations-2-0-role": "said_here",
    }

    answer = client.post(page, form | {f"citations-2-0-{name}": BAD[kind]})

    assert answer.status_code == 200
    errors = [
        form.errors
        for formset in answer.context["inline_admin_formsets"]
        for form in formset.formset.forms
        if formset.formset.prefix == "citations-2"
    ]
    assert errors[0].get(name)
    assert not Citation.objects.exists()


def test_bytes_that_are_no_text_do_not_break_it(client, editor):
    """Django reads a lone surrogate as U+FFFD, as a browser would send it."""
    claimant = a_claimant("Ada Quill")
    page = address("claims.claimant", "change", claimant.pk)
    form = filled(client.get(page)) | {"name": "SURROGATE"}
    body = urlencode(form).replace("SURROGATE", "bad%ED%A0%80text")

    answer = client.post(
        page, body.encode(), content_type="application/x-www-form-urlencoded"
    )

    assert answer.status_code in {200, 302}
    assert "\ud800" not in Claimant.objects.get(pk=claimant.pk).name


@pytest.mark.parametrize(
    "url",
    [
        "ftp://paper.example/a",
        "javascript:alert(1)",
        "https://ana:secret@paper.example/",
        "https://",
        "http://[::1",
        "not an address",
    ],
)
def test_a_page_with_no_proper_address_is_refused_with_the_reason(client, editor, url):
    claim = a_claim(statement="The dam held.")
    page = address("claims.claim", "change", claim.pk)
    form = filled(client.get(page)) | {
        "statement": "The dam broke.",
        "citations-2-TOTAL_FORMS": "1",
        "citations-2-0-url": url,
        "citations-2-0-exact": "The dam held.",
        "citations-2-0-role": "said_here",
    }

    answer = client.post(page, form)

    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert filled(answer)["citations-2-0-url"] == url
    # Nothing by halves: the claim in the same form is as it was.
    assert Claim.objects.get(pk=claim.pk).statement == "The dam held."


@pytest.mark.parametrize(
    "fields",
    [
        {"assessments-TOTAL_FORMS": "x"},
        {"assessments-TOTAL_FORMS": "-1"},
        {"assessments-TOTAL_FORMS": "99999999999"},
        {"assessments-INITIAL_FORMS": "7"},
        {"claimant": "not-a-key"},
        {"claimant": "00000000-0000-0000-0000-000000000000"},
        {"canonical": "ITSELF"},
        {"form": "sung"},
        {"said_at_0": "99999-99-99", "said_at_1": "25:61"},
        {"said_at_0": "0001-01-01", "said_at_1": "00:00"},
        {"due_at_0": "9999-12-31", "due_at_1": "23:59:59"},
        {"opened_version": "99999999999999999999"},
        {"opened_version": "0"},
        {"opened_version": "x"},
    ],
)
def test_a_crafted_form_is_an_error_and_not_a_crash(client, editor, fields):
    claim = a_claim()
    an_assessment(claim)
    page = address("claims.claim", "change", claim.pk)
    sent = {k: str(claim.pk) if v == "ITSELF" else v for k, v in fields.items()}

    answer = client.post(page, filled(client.get(page)) | sent)

    assert answer.status_code in {200, 302, 400}
    assert Claim.objects.get(pk=claim.pk).canonical is None
    assert Assessment.objects.count() == 1


def test_another_claims_assessment_cannot_be_pulled_into_this_form(client, editor):
    claim, other = a_claim(), a_claim()
    an_assessment(claim)
    theirs = an_assessment(other)
    page = address("claims.claim", "change", claim.pk)

    answer = client.post(
        page,
        filled(client.get(page))
        | {"assessments-0-id": str(theirs.pk), "assessments-0-statement": "Mine now."},
    )

    assert answer.status_code == 200
    assert Assessment.objects.get(pk=theirs.pk).claim_id == other.pk
    assert not Assessment.objects.filter(statement="Mine now.").exists()


ODD = [
    "claimant__id__exact=abc",
    "claimant__exact=abc",
    "id__exact=abc",
    "pk=abc",
    "q=%00",
    "q=%E2%80%AE",
    "q=%27%3B--",
    "q=%26%7C%21%3A%2A",
    "q=" + "a" * 10_000,
    "p=-1",
    "p=0",
    "p=99999999999999999999",
    "p=x",
    "o=99",
    "o=-99.x",
    "o=--1",
    "status__exact=x",
    "status__in=",
    "status__isnull=perhaps",
    "state__exact=x",
    "form__exact=x&form__exact=y",
    "role__exact=x",
    "nothing=1",
    "nothing__at__all=1",
    "statement__regex=(",
    "created_at__year=99999",
    "created_at__year=9999",
    "created_at__year=0",
    "created_at__year=abc",
    "created_at__year=2026&created_at__month=13",
    "created_at__year=2026&created_at__month=2&created_at__day=31",
    "at__year=9999",
    "added_at__year=9999",
    "added_at__gte=abc",
    "verdict=x",
    "verdict=%00",
    "due=x",
    "with=x",
    "contradicted=x",
    "is_active__exact=abc",
    "groups__id__exact=abc",
    "groups__id__exact=99999999999999999999999",
    "published_at__isempty=x",
    "password__startswith=p",
    "e=1",
    "e=1&nothing=1",
    "all=",
    "_to_field=password",
    "_popup=1",
    "_facets=True",
    "assessments__state=x",
    "events__pgh_id=1",
]


@pytest.mark.parametrize("model", MODELS)
def test_no_address_of_a_list_breaks_it(client, superuser, model):
    a_claim("published")

    for query in ODD:
        answer = client.get(f"{address(model)}?{query}")
        assert answer.status_code in {200, 302, 400}, query


def test_an_address_that_makes_no_sense_says_so_and_shows_everything(client, editor):
    answer = client.get(address("claims.claim") + "?statement__regex=(", follow=True)

    assert "There is no such filter here." in answer.content.decode()


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_a_key_that_is_none_leads_back(client, superuser, model, page):
    for key in ("abc", "99999999999999999999999", "_00", "0" * 36):
        answer = client.get(address(model, page, key))
        assert answer.status_code in {302, 403, 404}, key


@pytest.mark.parametrize("model", MODELS)
def test_a_tick_for_a_row_that_is_none_ticks_none(client, superuser, model):
    page = client.get(address(model))
    named = page.context["action_form"]
    actions = [value for value, _ in named.fields["action"].choices] if named else []

    for action in [*actions, "nothing"]:
        for key in ("x", "", NUL, "9" * 5_000, "9" * 30, "\ud7ff", "[]"):
            sent = {"action": action, "_selected_action": key, "index": "0"}
            answer = client.post(address(model), sent)
            assert answer.status_code in {200, 302, 403}, (action, key)
