"""No way in takes a forbidden address, or breaks over one."""

import contextlib
from io import StringIO
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from claims.models import Article, Citation
from sources import attaching
from sources.canonical import parse
from sources.errors import AddressRefused, Refused
from sources.models import Source
from sources.net import DoorConfig, Guard
from tests.admin.forms import filled
from tests.api.conftest import a_program
from tests.factories import NOON, a_claim, a_person
from tests.sources.hostile.addresses import everything
from tests.sources.hostile.watching import connections

pytestmark = pytest.mark.django_db

FORMS = [form for _, form in everything(port=8080)]
# Those that are odd as text stand in each selection.
ODD = [form for form in FORMS if not form.isprintable() or "%00" in form]
SOME = [*FORMS[::11], *ODD]
CLOSED = Guard(DoorConfig(user_agent="t"))


@pytest.fixture(autouse=True)
def nothing_opened(settings):
    """As in a house that names no network of its own."""
    settings.SOURCES_ALLOW_NETWORKS = []
    settings.SOURCES_ALLOW_PORTS = []


@pytest.fixture(autouse=True)
def nobody_called():
    """Taking an address looks nothing up and calls nobody."""
    with connections() as tried:
        yield
    assert [where for where in tried if where[0] != "127.0.0.1"] == []


def is_a_name(form):
    """Say whether it is decided about only once the name is looked up."""
    try:
        address = parse(form)
        CLOSED.check(address.host, port=address.port)
    except (AddressRefused, Refused):
        return False
    return True


def hosts():
    return set(Source.objects.values_list("host", flat=True))


NAMES = {parse(form).host for form in FORMS if is_a_name(form)}


def test_few_of_the_forms_are_names_and_none_is_a_number():
    assert len(NAMES) < 15
    assert not any(name.replace(".", "").isdigit() for name in NAMES)


def test_attaching_refuses_with_a_sentence():
    for form in FORMS:
        if is_a_name(form):
            attaching.attach(form, now=NOON)
            continue
        with pytest.raises(AddressRefused) as refusal:
            attaching.attach(form, now=NOON)
        assert str(refusal.value).endswith(".")

    assert hosts() <= NAMES


def test_the_api_refuses_sources_with_the_place_of_the_fault():
    program = a_program("contributor")

    for form in SOME:
        answer = program.post("sources", {"url": form})
        if is_a_name(form):
            assert answer.status_code in {200, 201}, form
        else:
            assert answer.status_code == 400, form
            assert [fault["pointer"] for fault in answer.body["errors"]] == ["/url"]

    assert hosts() <= NAMES


def test_the_api_finds_no_source_by_them_and_does_not_break():
    program = a_program("contributor")

    for form in SOME:
        asked = quote(form, safe="", errors="surrogatepass")
        assert program.get(f"sources?url={asked}").status_code in {200, 400}, form


@pytest.mark.parametrize("road", ["articles", "citations", "assessments"])
def test_the_api_takes_them_on_no_other_road(road):
    program = a_program("contributor")
    claim = a_claim(writer=program.user)
    path = "articles" if road == "articles" else f"claims/{claim.pk}/{road}"
    known = set(Source.objects.values_list("pk", flat=True))
    body = {
        "articles": {"text": '"The dam held," Mayor Ada Quill said.'},
        "citations": {"exact": "words", "role": "context"},
        "assessments": {"stance": "contradicts", "statement": "It did not."},
    }[road]
    name = "source_url" if road == "articles" else "url"

    for number, form in enumerate(SOME):
        if form.strip() == "":
            continue  # no address was given
        text = {"text": f"{body['text']} {number}"} if "text" in body else {}
        answer = program.post(path, {**body, **text, name: form})
        assert answer.status_code < 500, form
        if not is_a_name(form) and road != "assessments":
            assert answer.status_code == 400, form

    made = Source.objects.exclude(pk__in=known).values_list("host", flat=True)
    assert set(made) <= NAMES


def test_the_desk_refuses_an_article_from_there(client):
    client.force_login(a_person("reviewer"))

    for number, form in enumerate(SOME):
        entry = {"url": form, "text": f"Words {number}.", "language": "en"}
        answer = sent(client, reverse("desk:inbox"), **entry)
        taken = is_a_name(form) or not form.strip()
        assert answer.status_code in ({302, 422} if taken else {422}), form

    assert hosts() <= NAMES


def test_the_desk_refuses_a_citation_from_there(client):
    person = a_person("reviewer")
    client.force_login(person)
    claim = a_claim(writer=person)
    known = Citation.objects.count()

    for form in SOME:
        path = reverse("desk:cite", args=[claim.pk])
        answer = sent(client, path, url=form, exact="words", role="context")
        expected = {302, 422} if is_a_name(form) else {422}
        assert answer.status_code in expected, form

    assert Citation.objects.count() - known <= len(NAMES)


@pytest.mark.parametrize("model", ["source", "article"])
def test_the_panel_refuses_them_on_its_form(client, model):
    client.force_login(a_person("admin"))
    app = "sources" if model == "source" else "claims"
    path = reverse(f"admin:{app}_{model}_add")
    empty = filled(client.get(path))
    name = "url" if model == "source" else "source_url"

    for number, form in enumerate(SOME):
        words = {"text": f"Words {number}."} if model == "article" else {}
        answer = sent(client, path, **(empty | words | {name: form}))
        taken = is_a_name(form) or (model == "article" and not form.strip())
        assert answer.status_code in ({200, 302} if taken else {200}), form

    assert hosts() <= NAMES


def test_the_command_line_refuses_them_with_a_sentence(tmp_path):
    story = tmp_path / "story.txt"

    for number, form in enumerate(SOME):
        if form.strip() == "":
            continue  # no address was given
        story.write_text(f'"The dam held," Mayor Ada Quill said {number} times.')
        known = contextlib.suppress(CommandError)
        refused = pytest.raises(CommandError)
        with known if is_a_name(form) else refused:
            call_command(
                "ingest", str(story), "--source-url", form,
                stdout=StringIO(), stderr=StringIO(),
            )  # fmt: skip

    assert hosts() <= NAMES
    assert {
        article.source.host for article in Article.objects.exclude(source=None)
    } <= NAMES


def test_the_command_line_reads_no_article_from_there():
    for form in filter(lambda form: not is_a_name(form), SOME):
        with pytest.raises(CommandError):
            call_command("ingest", form, stdout=StringIO(), stderr=StringIO())


def sent(client, path, **fields):
    """Post a form as a browser might, whatever is in its fields."""
    body = "&".join(
        f"{name}={quote(str(value), safe='', errors='surrogatepass')}"
        for name, value in fields.items()
    )
    return client.post(path, body, content_type="application/x-www-form-urlencoded")
