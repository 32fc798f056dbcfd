"""Sites on the desk: their sources, pauses, latencies and robots.txt."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sources.models import Check, Host, Robots, Source
from tests.factories import NOON, a_person, a_source

pytestmark = pytest.mark.django_db
PAPER = "paper.example"


def of(name=PAPER, page="host"):
    return reverse(f"desk:{page}", args=[name])


def a_pause(name=PAPER, **fields):
    now = timezone.now()
    return Host.objects.create(
        name=name,
        paused_at=now,
        paused_until=now + timedelta(hours=2),
        pause_reason="It asked for two hours.",
        **fields,
    )


def a_robots(origin=f"https://{PAPER}", standing="rules", text="", **fields):
    return Robots.objects.create(
        origin=origin,
        standing=standing,
        text=text,
        fetched_at=NOON,
        standing_since=NOON,
        **fields,
    )


def a_check(source, outcome="unchanged", status=200, **fields):
    return Check.objects.create(
        source=source,
        lease_token=uuid4(),
        outcome=outcome,
        http_status=status,
        **{"started_at": NOON, "duration_ms": 100, **fields},
    )


def test_a_site_shows_its_sources_and_how_many_stand_where(as_, ana):
    a_source(state="gone", title="The dam held")
    a_source(state="live")
    a_source("https://elsewhere.example/")

    answer = as_(ana).get(of())

    assert answer.context["site"].states == (("live", "Live", 1), ("gone", "Gone", 1))
    assert "The dam held" in answer.content.decode()
    only_live = as_(ana).get(of(), {"state": "live"}).content.decode()
    assert "The dam held" not in only_live


def test_all_its_sources_are_within_reach(as_, ana):
    made = {a_source().pk for _ in range(120)}
    desk, seen, before = as_(ana), set(), ""

    while before is not None:
        shown = desk.get(of(), {"before": before}).context
        seen |= {source.pk for source, _ in shown["sources"]}
        before = shown["older"] and str(shown["older"].pk)

    assert seen == made


def test_broken_sources_come_first_and_each_with_its_address(as_, ana):
    gone = [a_source(state="gone", title="The dam held") for _ in range(60)]
    live = [a_source(state="live", title="The dam held") for _ in range(10)]
    desk = as_(ana)

    first = desk.get(of())
    older = desk.get(of(), {"before": str(first.context["older"].pk)})

    shown = [s for answer in (first, older) for s, _ in answer.context["sources"]]
    assert shown == gone[::-1] + live[::-1]
    assert f">{gone[-1].canonical_url}</p>" in first.content.decode()


def test_the_same_trouble_is_told_once_however_often_it_was_met(as_, ana):
    source = a_source(last_checked_at=NOON)
    for hour in range(8):
        at = NOON + timedelta(hours=hour)
        a_check(source, "failing", 503, detail="It is in trouble.", started_at=at)
    a_check(source, "gone", 410, detail="It was taken down.", started_at=NOON)

    answer = as_(ana).get(of())

    told = [(t.newest.outcome, t.number) for t in answer.context["trouble"]]
    assert told == [("failing", 8), ("gone", 1)]
    assert answer.content.decode().count("It is in trouble.") == 1
    assert "8 times" in answer.content.decode()


def test_its_answers_are_shown_as_a_line_and_in_words(as_, ana):
    source = a_source(last_checked_at=NOON)
    for number, took in enumerate([100, 300, 200, 900]):
        a_check(source, duration_ms=took, started_at=NOON + timedelta(minutes=number))
    a_check(source, "failing", None, duration_ms=30_000)

    answer = as_(ana).get(of())

    latency = answer.context["site"].latency
    assert (latency.number, latency.median_ms, latency.slowest_ms) == (4, 250, 900)
    assert "<polyline" in answer.content.decode()


def test_its_trouble_is_told_with_the_page_and_what_was_said(as_, ana):
    source = a_source(last_checked_at=NOON, title="The dam held")
    a_check(source, "failing", 503, detail="The site is in trouble itself (503).")
    a_check(source, "unchanged", 304)

    page = as_(ana).get(of())

    assert [check.outcome for check in page.context["site"].trouble] == ["failing"]
    assert "The site is in trouble itself (503)." in page.content.decode()


def test_the_rules_that_concern_us_are_shown_and_whom_they_keep_us_from(as_, ana):
    a_robots(
        text="User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: Counterclaim\n"
        "Disallow: /private/\nCrawl-delay: 7\n\nUser-agent: third\nDisallow: /third/\n"
    )
    a_source(f"https://{PAPER}/private/story")
    a_source(f"https://{PAPER}/open")

    answer = as_(ana).get(of())

    (told,) = answer.context["site"].robots
    assert told.lines == ("Disallow: /private/", "Crawl-delay: 7")
    kept_out = {s.canonical_url: out for s, out in answer.context["sources"]}
    assert kept_out == {
        f"https://{PAPER}/private/story": True,
        f"https://{PAPER}/open": False,
    }


@pytest.mark.parametrize(
    ("standing", "says"),
    [
        ("none", "everything may be visited"),
        ("unreachable", "taken for a no"),
        ("rules", "none of them concerns us"),
    ],
)
def test_what_a_robots_txt_means_is_said(as_, ana, standing, says):
    a_source()
    a_robots(standing=standing)

    assert says in as_(ana).get(of()).content.decode()


@pytest.mark.parametrize(
    "text", ["", "\ufffd" * 1_000, "Disallow", "User-agent: *\n" * 9_000]
)
def test_an_odd_robots_txt_is_shown_all_the_same(as_, ana, text):
    a_source()
    a_robots(text=text)

    assert as_(ana).get(of()).status_code == 200


def test_origins_of_another_site_are_not_mixed_in(as_, ana):
    a_source()
    a_robots(f"https://{PAPER}.evil.example")
    a_robots(f"http://{PAPER}:8080")

    (told,) = as_(ana).get(of()).context["site"].robots
    assert told.row.origin == f"http://{PAPER}:8080"


def test_the_page_asks_a_fixed_number_of_questions(
    as_, ana, django_assert_max_num_queries
):
    a_pause()
    for _ in range(20):
        a_check(a_source(last_checked_at=NOON))
    desk = as_(ana)

    with django_assert_max_num_queries(10):
        desk.get(of())


# --- Pauses -------------------------------------------------------------------


def test_an_editor_may_end_a_pause_early(as_, olga):
    a_source()
    a_pause()

    page = as_(olga).get(of()).content.decode()
    answer = as_(olga).post(of(page="resume"), follow=True)

    assert "It asked for two hours." in page
    assert "End the pause" in page
    assert "The pause is over." in answer.content.decode()
    assert Host.objects.get(name=PAPER).paused_until is None


def test_nobody_else_ends_it(as_, ana):
    a_source()
    a_pause()

    page = as_(ana).get(of()).content.decode()
    answer = as_(ana).post(of(page="resume"))

    assert "An editor can end the pause early." in page
    assert "End the pause" not in page
    assert answer.status_code == 403
    assert Host.objects.get(name=PAPER).paused_until is not None


def test_a_pause_that_is_over_is_not_told(as_, olga):
    a_source()
    a_pause()
    Host.objects.update(paused_until=timezone.now() - timedelta(minutes=1))

    assert "Left alone until" not in as_(olga).get(of()).content.decode()


# --- Sites in trouble ---------------------------------------------------------


def test_sites_in_trouble_are_listed_and_the_rest_are_not(as_, ana):
    now = timezone.now()
    a_pause("paused.example")
    a_robots("https://shut.example", "unreachable", http_status=503)
    for url, state, days in (
        ("https://failing.example/a", "failing", 1),
        ("https://failing.example/b", "gone", 1),
        ("https://long-ago.example/", "gone", 60),
        ("https://well.example/", "live", 1),
    ):
        a_source(url, state=state, state_since=now - timedelta(days=days))

    page = as_(ana).get(reverse("desk:hosts")).content.decode()

    for name in ("paused.example", "shut.example", "failing.example"):
        assert name in page, name
    assert "one failing" in page
    assert "one gone" in page
    for name in ("long-ago.example", "well.example"):
        assert name not in page, name


@pytest.mark.parametrize(
    "asked", [PAPER, f"https://{PAPER}/story?a=b", "PAPER.example", f"{PAPER}:8443"]
)
def test_a_site_is_found_by_its_name_or_an_address_on_it(as_, ana, asked):
    a_source()

    assert as_(ana).get(reverse("desk:hosts"), {"name": asked}).url == of()


@pytest.mark.parametrize(
    "asked", ["nowhere.example", "[", "http://[::1", "/", "a" * 9_000]
)
def test_a_site_that_is_not_known_is_said_to_be_so(as_, ana, asked):
    answer = as_(ana).get(reverse("desk:hosts"), {"name": asked})

    assert answer.status_code == 200
    assert "Write its whole name" in answer.content.decode()


def test_hosts_are_for_the_desk(as_, ana):
    a_source()

    assert as_(a_person("reader")).get(of()).status_code == 404
    assert as_(a_person("reader")).get(reverse("desk:hosts")).status_code == 403
    assert as_(ana).get(of("nowhere.example")).status_code == 404


def test_a_site_by_its_number_has_a_page_too(as_, ana):
    Source.objects.filter(pk=a_source().pk).update(host="2001:db8::1")
    a_robots("http://[2001:db8::1]:8080")

    assert as_(ana).get(of("2001:db8::1")).status_code == 200
