"""The page on which people choose their keys."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from claims.desk import keys
from claims.desk.forms import fields, reviews
from claims.models.desk import KeyChoice

OWN = {key.name: key.own for key in keys.KEYS}
PAGE = "/desk/keys/"
NOT_IN_THE_TABLE = {"Ctrl+Enter", "{{ forloop.counter }}"}


def test_the_desks_own_keys_can_be_told_apart():
    assert keys.shared(OWN) == []
    assert len({key.name for key in keys.KEYS}) == len(keys.KEYS)


def test_every_key_on_a_page_is_in_the_table():
    folders = [settings.BASE_DIR / "claims" / "templates", Path(fields.__file__).parent]
    written = {
        key
        for folder in folders
        for path in folder.rglob("*.*")
        if path.suffix in {".html", ".py"}
        for key in re.findall(
            r'data-(?:key|chosen)="([^"]+)"|reached_by="(.)"', path.read_text()
        )
    }

    unknown = {first or second for first, second in written} - set(OWN.values())
    assert unknown <= NOT_IN_THE_TABLE
    assert reviews.SecondForm().fields["note"].widget.attrs["data-key"] == "m"


def test_who_has_chosen_nothing_has_the_desks_own(ana):
    assert keys.keyboard(ana).pressed == OWN
    assert keys.keyboard(ana).are_on


def test_keys_are_changed_and_swapped(as_, ana):
    wanted = {**OWN, "take": "O", "open": "a", "snooze": "", "are_on": "on"}

    answer = as_(ana).post(PAGE, wanted)

    assert answer.url == PAGE
    assert KeyChoice.objects.get().keys == {"take": "o", "open": "a", "snooze": ""}
    told = keys.keyboard(ana).for_script
    assert told["own"]["o"] == "a"
    assert told["own"]["a"] == "o"
    assert "s" not in told["own"]
    assert '"o": "a"' in as_(ana).get("/desk/").content.decode()


def test_two_things_cannot_have_one_key(as_, ana):
    answer = as_(ana).post(PAGE, {**OWN, "take": "o", "are_on": "on"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert (
        "“o” would stand for both “Open it” and “Take the claim, accept the candidate”"
        in page
    )
    assert not KeyChoice.objects.exists()


@pytest.mark.parametrize("character", ["ab", "\x00", "\u200b"])
def test_only_a_character_can_be_a_key(as_, ana, character):
    answer = as_(ana).post(PAGE, {**OWN, "take": character})

    assert answer.status_code == 422
    assert "one character" in answer.content.decode()


def test_the_keys_go_back_to_the_desks_own(as_, ana):
    keys.choose(ana, pressed={**OWN, "take": "w"}, are_on=False)

    as_(ana).post(PAGE, {**OWN, "take": "w", "do": "reset"})

    assert keys.keyboard(ana).pressed == OWN
    assert keys.keyboard(ana).are_on


def test_they_are_switched_off_and_kept_as_they_are(as_, ana):
    keys.choose(ana, pressed={**OWN, "take": "w"}, are_on=True)

    assert as_(ana).post(reverse("desk:keys_switch")).status_code == 204

    assert not keys.keyboard(ana).are_on
    assert keys.keyboard(ana).pressed["take"] == "w"


def test_nobody_has_the_keys_of_another(as_, ana, ben):
    keys.choose(ana, pressed={**OWN, "take": "w"}, are_on=False)

    assert keys.keyboard(ben).pressed == OWN
    assert 'value="w"' not in as_(ben).get(PAGE).content.decode()


def test_strangers_sign_in_first(client, db):
    assert client.get(PAGE).url.startswith("/sign-in/")
    assert client.post(reverse("desk:keys_switch")).status_code == 302


def test_a_key_that_the_table_knows_no_more_does_no_harm(ana):
    KeyChoice.objects.create(person=ana, keys={"juggle": "w"})

    assert keys.keyboard(ana).pressed == OWN
