"""What `Retry-After` asks for, and what it cannot ask for."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from sources.net.pausing import LONGEST, asked_for
from tests.factories import NOON

HOUR = timedelta(hours=1)
NOTHING = timedelta()
MODEST = timedelta(minutes=5)


@pytest.mark.parametrize(
    "asked",
    [
        "3600",
        " 3600 ",
        "0000003600",
        "3600.0",
        "3600, 60",
        "Sat, 14 Mar 2026 13:00:00 GMT",
        "Sat, 14 Mar 2026 14:00:00 +0100",
        "Saturday, 14-Mar-26 13:00:00 GMT",  # RFC 850
        "Sat Mar 14 13:00:00 2026",  # asctime
        "14 Mar 2026 13:00:00",
    ],
)
@pytest.mark.parametrize("status", [429, 503, 403, 500])
def test_seconds_and_dates_of_every_form_are_read(asked, status):
    assert asked_for(status, asked, now=NOON) == HOUR


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "0",
        "-1",
        "-99999999999",
        "soon",
        "1e9",
        "0x10",
        "٣٦٠٠ minutes",
        "Sat, 14 Mar 2026 11:59:59 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Sat, 32 Mar 2026 13:00:00 GMT",
        "Sat, 14 Mar 99999999999 13:00:00 GMT",
        "Sat, 14 Mar 2026 13:00:00 +99999999",
        ",",
        "3600;",
        "\x00",
        "a" * 30_000,
        "-" * 30_000,
    ],
)
def test_what_asks_for_nothing_is_no_pause(asked):
    assert asked_for(503, asked, now=NOON) == NOTHING
    assert asked_for(429, asked, now=NOON) == MODEST


@pytest.mark.parametrize(
    "asked",
    [
        "315360000",
        "9" * 400,
        "9" * 30_000,
        format_datetime(NOON + timedelta(days=3650), usegmt=True),
        "Fri, 31 Dec 9999 23:59:59 GMT",
    ],
)
def test_nobody_is_left_alone_for_longer_than_a_day(asked):
    assert asked_for(503, asked, now=NOON) == LONGEST == timedelta(days=1)


@pytest.mark.parametrize("status", [200, 204, 301, 302, 304, 307])
def test_a_page_and_a_redirect_ask_for_nothing(status):
    assert asked_for(status, "3600", now=NOON) == NOTHING


@pytest.mark.parametrize("status", [404, 410, 500, 502])
def test_an_error_that_says_nothing_is_no_pause(status):
    assert asked_for(status, "", now=NOON) == NOTHING
