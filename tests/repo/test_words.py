"""All that people read is marked for translation, and is there in Arabic."""

import re

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.forms import BaseForm
from django.urls import get_resolver
from django.utils.translation import override

from tests.repo.wording import (
    APPS,
    PROJECT,
    UNTRANSLATED,
    Message,
    marked_by,
    marked_in,
    modules,
    naked_by,
    naked_in,
    templates,
)

PLACES = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{\w*\}")
# Drawn by a script from a document that is in English too.
IN_ENGLISH = {"api/docs.html"}


@pytest.fixture(scope="module")
def catalogues():
    """The Arabic catalogue of each app, as it is written."""
    found = {}
    for app in APPS:
        with _path(app, "po").open("rb") as file:
            found[app] = read_po(file, locale="ar")
    return found


@pytest.fixture(scope="module")
def known(catalogues):
    """Every message that has Arabic words, whichever app it is in."""
    return {
        Message(*_parts(each.id), context=each.context or ""): each
        for catalogue in catalogues.values()
        for each in catalogue
        if each.id and _is_told(each)
    }


def test_each_template_says_nothing_that_no_translator_sees():
    naked = {
        name: words
        for name, template in templates()
        if name not in IN_ENGLISH and (words := naked_in(template))
    }

    assert naked == {}


def test_each_module_marks_what_it_says_to_people():
    naked = {
        place: said
        for place, tree in modules(but=UNTRANSLATED)
        if (said := list(naked_by(tree)))
    }

    assert naked == {}


def test_each_message_of_a_template_is_there_in_arabic(known):
    missing = {
        (name, message)
        for name, template in templates()
        for message in marked_in(template)
        if message.id and message not in known
    }

    assert missing == set()


def test_each_message_of_a_module_is_there_in_arabic(known):
    missing = {
        (place, message)
        for place, tree in modules()
        for message in marked_by(tree)
        if message not in known
    }

    assert missing == set()


def test_no_form_is_worded_before_somebody_asks_for_it(known):
    assert get_resolver().url_patterns  # whatever has a form is loaded with its address
    worded = {
        (form.__qualname__, name)
        for form in _forms(BaseForm)
        for name, field in form.base_fields.items()
        for text in (field.label, field.help_text)
        if text and str(text) == _in_arabic(text) and Message(str(text)) in known
    }

    assert worded == set()


def test_arabic_words_have_the_places_that_the_english_ones_have(known):
    wrong = [
        (message.id, told)
        for message, each in known.items()
        for told in _misplaced(message, each.string)
    ]

    assert wrong == []


def test_one_word_is_the_same_in_whatever_app_it_stands(catalogues):
    told = {}
    for catalogue in catalogues.values():
        for each in catalogue:
            if each.id:
                told.setdefault((each.context, each.id), set()).add(each.string)

    assert {key: words for key, words in told.items() if len(words) > 1} == {}


@pytest.mark.parametrize("app", APPS)
def test_what_is_compiled_is_what_is_written(app, catalogues):
    with _path(app, "mo").open("rb") as file:
        compiled = read_mo(file)

    written = {
        (each.context, _first(each.id)): _parts(each.string)
        for each in catalogues[app]
        if each.id and _is_told(each)
    }
    assert _texts(compiled) == written


def _forms(kind):
    """Yield the forms of the house."""
    for form in kind.__subclasses__():
        if form.__module__.partition(".")[0] in APPS and hasattr(form, "base_fields"):
            yield form
        yield from _forms(form)


def _in_arabic(text):
    with override("ar"):
        return str(text)


def _texts(catalogue):
    return {
        (_decoded(each.context), _first(each.id)): _parts(each.string)
        for each in catalogue
        if each.id
    }


def _misplaced(message, told):
    """Yield the Arabic words that lack a place, or have one too many."""
    wanted = set(PLACES.findall(message.plural or message.id))
    if isinstance(told, str):
        told = (told,)
    for number, words in enumerate(told):
        found = set(PLACES.findall(words))
        # None, one and two are words of their own; the sentence need not count.
        short = message.plural and number < 3
        if found != wanted and not (short and found < wanted):
            yield words


def _is_told(each):
    strings = (each.string,) if isinstance(each.string, str) else each.string
    return not each.fuzzy and all(strings)


def _parts(name):
    return (name,) if isinstance(name, str) else tuple(name)


def _decoded(context):
    return context.decode() if isinstance(context, bytes) else context


def _first(name):
    return _parts(name)[0]


def _path(app, kind):
    return PROJECT / app / "locale" / "ar" / "LC_MESSAGES" / f"django.{kind}"
