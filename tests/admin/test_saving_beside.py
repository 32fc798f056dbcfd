"""Articles, sources, people and the history in the panel go through the operations."""

import pytest
from django.urls import reverse
from django.utils import timezone

from claims.models import (
    AccessToken,
    Article,
    Candidate,
    Citation,
    Claim,
)
from sources.models import Source
from tests.admin.answers import messages_of
from tests.admin.forms import filled
from tests.admin.rooms import address
from tests.factories import (
    NOON,
    a_claim,
    a_person,
    a_source,
    an_article,
)

pytestmark = pytest.mark.django_db


# --- Articles, sources --------------------------------------------------------


def test_an_article_is_fed_once(client, editor):
    page = address("claims.article", "add")
    form = filled(client.get(page)) | {
        "text": '"The dam held," Mayor Ada Quill said.',
        "source_url": "https://paper.example/dam",
    }

    client.post(page, form)
    again = client.post(page, form, follow=True)

    article = Article.objects.get()
    assert article.added_by == editor
    assert article.source == Source.objects.get(url="https://paper.example/dam")
    assert "has this text already" in messages_of(again)


def test_candidates_become_claims_or_not(client, editor):
    article = an_article()
    rows = [
        Candidate.objects.create(
            article=article,
            text="The dam held",
            start=1,
            end=13 + number,
            pieces=[[1, 13]],
            form="direct",
            claimant_name="Ada Quill",
            claimant_kind="person",
        )
        for number in range(2)
    ]
    listing = address("claims.candidate")

    client.post(listing, {"action": "accept", "_selected_action": [str(rows[0].pk)]})
    client.post(listing, {"action": "reject", "_selected_action": [str(rows[1].pk)]})
    late = client.post(
        listing,
        {"action": "reject", "_selected_action": [str(rows[0].pk)]},
        follow=True,
    )

    assert Claim.objects.get().claimant.name == "Ada Quill"
    assert [Candidate.objects.get(pk=r.pk).state for r in rows] == [
        "accepted",
        "rejected",
    ]
    assert "was accepted before" in messages_of(late)


def test_a_source_is_looked_at_now(client, editor):
    source = a_source(parked_at=NOON, due_at=NOON.replace(year=2030))

    client.post(
        address("sources.source"),
        {"action": "check_now", "_selected_action": [str(source.pk)]},
    )

    source.refresh_from_db()
    assert source.parked_at is None
    assert source.due_at <= timezone.now()


def test_a_page_that_is_a_source_already_is_not_made_twice(client, editor):
    source = a_source("https://paper.example/dam")
    page = address("sources.source", "add")

    answer = client.post(
        page,
        filled(client.get(page))
        | {"url": "https://PAPER.example/dam#roof", "title": "The dam"},
        follow=True,
    )

    assert Source.objects.get().pk == source.pk
    assert "is a source already" in messages_of(answer)


def test_machine_fields_of_a_source_cannot_be_sent(client, superuser):
    source = a_source()
    page = address("sources.source", "change", source.pk)

    client.post(
        page,
        filled(client.get(page))
        | {
            "title": "The dam",
            "state": "live",
            "url": "https://elsewhere.example/",
            "canonical_url": "https://elsewhere.example/",
        },
    )

    after = Source.objects.get(pk=source.pk)
    assert after.title == "The dam"
    assert (after.state, after.canonical_url) == ("pending", source.canonical_url)


# --- People and tokens --------------------------------------------------------


def test_a_secret_is_shown_once(client, administrator):
    page = address("claims.accesstoken", "add")
    user = a_person("contributor")

    made = client.post(
        page,
        {"user": str(user.pk), "name": "Partner", "scopes": ["claims:read"]},
    )

    secret = made.context["secret"]
    assert secret in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    token = AccessToken.objects.spelled(secret).get()
    for view in (
        address("claims.accesstoken"),
        address("claims.accesstoken", "change", token.pk),
        address("claims.accesstoken", "history", token.pk),
        reverse("admin:index"),
    ):
        shown = client.get(view).content.decode()
        assert secret not in shown
        assert token.digest not in shown


def test_a_token_is_revoked(client, administrator):
    token, _ = AccessToken.issue(
        user=administrator, name="Old", scopes=["claims:read"], now=NOON
    )

    client.post(
        address("claims.accesstoken"),
        {"action": "revoke", "_selected_action": [str(token.pk)]},
    )

    assert not AccessToken.objects.valid(timezone.now()).filter(pk=token.pk).exists()


@pytest.mark.parametrize("model", ["claims.accesstoken", "auth.user", "auth.group"])
def test_people_and_tokens_are_for_administrators(client, editor, model):
    assert client.get(address(model)).status_code == 403


def test_a_role_is_given_by_a_group(client, administrator):
    person = a_person("reviewer")
    editors = a_person("editor").groups.get()
    page = address("auth.user", "change", person.pk)

    client.post(page, filled(client.get(page)) | {"groups": [str(editors.pk)]})

    person.refresh_from_db()
    assert person.is_staff
    client.force_login(person)
    assert client.get(reverse("admin:index")).status_code == 200


def test_an_administrator_does_not_make_or_touch_a_superuser(client, administrator):
    page = address("auth.user", "change", administrator.pk)
    client.post(page, filled(client.get(page)) | {"is_superuser": "on"})
    administrator.refresh_from_db()
    assert not administrator.is_superuser

    above = a_person("admin")
    page = address("auth.user", "change", above.pk)
    assert client.post(page, {"username": "mine"}).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[above.pk])
    assert client.post(password, {"password1": "x"}).status_code == 403


# --- History ------------------------------------------------------------------


def test_the_history_says_who_changed_what(client, editor):
    claim = a_claim(statement="Three bridges fell.")
    page = address("claims.claim", "change", claim.pk)
    client.post(page, filled(client.get(page)) | {"statement": "Four bridges fell."})

    changes = client.get(address("claims.claim", "history", claim.pk)).context[
        "changes"
    ]

    newest = changes[0]
    assert newest.who == editor.username
    assert newest.request_id
    (difference,) = newest.differences
    assert (difference.field, difference.before, difference.after) == (
        "statement",
        "Three bridges fell.",
        "Four bridges fell.",
    )
    assert Citation.objects.count() == 0
