"""When a page is looked at again."""

from datetime import timedelta

from sources.models import Source
from tests.sources.story import STORY, story


def test_the_interval_grows_while_nothing_changes_and_shrinks_when_it_does(
    press, lookout
):
    press.page("/a", STORY)
    source = lookout.attach("/a")
    Source.objects.update(interval=timedelta(hours=8))
    intervals = []

    for page in (STORY, STORY, STORY, story(word=("no longer", "hardly"))):
        press.page("/a", page)
        lookout.look(source)
        intervals.append(source.interval / timedelta(hours=1))
        assert 0.9 <= (source.due_at - lookout.now) / source.interval <= 1.1

    assert intervals == [8, 12, 18, 9]


def test_the_interval_stays_between_an_hour_and_thirty_days(press, lookout):
    press.page("/a", STORY)
    source = lookout.attach("/a")
    lookout.look(source)
    Source.objects.update(interval=timedelta(days=29))
    lookout.look(source)
    longest = source.interval
    Source.objects.update(interval=timedelta(hours=1))
    press.page("/a", story(word=("no longer", "hardly")))

    lookout.look(source)

    assert (longest, source.interval) == (timedelta(days=30), timedelta(hours=1))


def test_failures_wait_longer_each_time_and_keep_the_learned_interval(press, lookout):
    source = lookout.attach("/a")
    Source.objects.update(interval=timedelta(days=5))
    waits = []

    for _ in range(4):
        lookout.look(source)
        waits.append(source.due_at - lookout.now)

    assert waits == [
        timedelta(minutes=15),
        timedelta(hours=1),
        timedelta(hours=6),
        timedelta(days=1),
    ]
    assert source.interval == timedelta(days=5)
