"""How articles come in: as a text, as a file, or as a page that a worker fetches."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from claims import texts
from claims.access import Role, require
from claims.errors import ArticleRefused
from claims.models import Article
from claims.texts import Given
from sources import attaching
from sources.errors import SourceError
from sources.models import Snapshot, Source
from sources.wire import tell_after_commit

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from django.contrib.auth.models import User
    from django.core.files.uploadedfile import UploadedFile

DEFAULT_LANGUAGE = "en"
# Of what a page says of itself; one that says more says it for machines.
_LONGEST = {"title": 500, "publisher": 200, "language": 35}


def add_article(
    *,
    text: str,
    by: User | None,
    at: datetime,
    title: str = "",
    publisher: str = "",
    published_on: date | None = None,
    language: str = "",
    source_url: str = "",
) -> Article:
    """
    Keep an article; the same text given twice is one article.

    It is read later, by `propose`. Raises ArticleRefused.
    """
    if by is not None:
        require(by, Role.CONTRIBUTOR)
    article = Article(
        text=text,
        text_sha256=_digest(text),
        title=title,
        publisher=publisher,
        published_on=published_on,
        language=language or DEFAULT_LANGUAGE,
        added_by=by,
        added_at=at,
    )
    _check(article)
    try:
        with transaction.atomic():
            if source_url:
                article.source = attaching.attach(source_url, now=at)
            article.save(force_insert=True)
            tell_after_commit("inbox")
    except SourceError as exc:
        raise ArticleRefused(str(exc)) from exc
    except IntegrityError:
        return Article.objects.get(text_sha256=article.text_sha256)
    return article


def add_file(
    file: UploadedFile[bytes], *, by: User, at: datetime, **told: Any
) -> Article:
    """
    Keep the article in a file, with what it says of itself where `told` is silent.

    `told` is what `add_article` takes. Raises ArticleRefused.
    """
    require(by, Role.CONTRIBUTOR)
    given = texts.from_upload(file)
    return add_article(text=given.text, by=by, at=at, **_completed(told, given))


def fetch(url: str, *, by: User, at: datetime) -> Source:
    """
    Have a worker fetch the page at this address.

    Raises AddressRefused.
    """
    require(by, Role.CONTRIBUTOR)
    return attaching.refresh(attaching.attach(url, now=at), now=at)


def add_page(url: str, *, by: User, at: datetime, **told: Any) -> Article:
    """
    Keep an article of which a worker fetches the page; `told` counts before the page.

    One that waits for the same page already, or waited in vain, is given instead, and
    the page is looked at once more. Raises ArticleRefused, AddressRefused.
    """
    require(by, Role.CONTRIBUTOR)
    article = Article(**{"language": ""} | told, added_by=by, added_at=at)
    _check(article, without={"text", *(() if article.language else ("language",))})
    try:
        with transaction.atomic():
            source = fetch(url, by=by, at=at)
            article.source = Source.objects.get(pk=source.pk)
            article.save(force_insert=True)
            tell_after_commit("inbox")
    except IntegrityError:
        return _asked_again(url, by=by, at=at)
    return article


@transaction.atomic
def _asked_again(url: str, *, by: User, at: datetime) -> Article:
    source = fetch(url, by=by, at=at)
    Article.objects.filter(source=source.pk, text_sha256="").update(
        problem="", attempts=0
    )
    return Article.objects.get(source=source.pk, text_sha256="", read_at=None)


def read_off(source: Source, snapshot: Snapshot) -> Given:
    """Return the article on a page that was fetched."""
    return Given(
        text=snapshot.text,
        title=snapshot.title or source.title,
        publisher=source.publisher,
        published_on=source.published_at.date() if source.published_at else None,
        language=source.language or DEFAULT_LANGUAGE,
        address=source.url,
    )


def newest_text(source: Source) -> Snapshot | None:
    """Return what was seen last of a page, if anything could be read."""
    return (
        Snapshot.objects.filter(source=source)
        .exclude(text="")
        .defer("body_zstd")
        .last_seen_first()
        .first()
    )


def under_way(source: Source, *, now: datetime) -> bool:
    """Whether a worker looks at a page, or will soon."""
    leased = source.lease_until is not None and source.lease_until > now
    return source.parked_at is None and (leased or source.due_at <= now)


@transaction.atomic
def take_page(article: Article, *, now: datetime) -> bool:
    """
    Give an article the text of its page; False while there is nothing to read.

    Where another article has the same text, that one is named, and this one is done.
    Raises ArticleRefused with what the look at the page found.
    """
    locked = Article.objects.select_for_update(of=("self",))
    article = locked.select_related("source__same_as").get(pk=article.pk)
    if article.source is None or not article.waits_for_page or article.problem:
        return bool(article.text_sha256)
    page = article.source.same_as or article.source
    if under_way(page, now=now):
        return False
    snapshot = newest_text(page)
    if snapshot is None:
        look = page.checks.newest_first().first()
        why = look and (look.said or look.get_outcome_display())
        raise ArticleRefused(str(why or _("The page could not be fetched.")))
    _fill(article, read_off(page, snapshot), at=now)
    return article.same_as is None


def _fill(article: Article, given: Given, *, at: datetime) -> None:
    told = {
        name: getattr(article, name)
        for name in ("title", "publisher", "published_on", "language")
    }
    for name, value in _completed(told, given).items():
        setattr(article, name, value)
    digest = _digest(given.text)
    article.same_as = Article.objects.filter(text_sha256=digest).first()
    if article.same_as is None:
        article.text, article.text_sha256 = given.text, digest
        _check(article)
    else:
        article.read_at = at
    article.save()
    tell_after_commit(f"article:{article.pk}", "inbox")


def _completed(told: dict[str, Any], given: Given) -> dict[str, Any]:
    said: dict[str, Any] = {
        name: getattr(given, name)[:most] for name, most in _LONGEST.items()
    } | {"published_on": given.published_on}
    return told | {name: told.get(name) or value for name, value in said.items()}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _check(article: Article, *, without: Collection[str] = ()) -> None:
    if "text" not in without:
        _check_text(article.text)
    try:
        article.full_clean(
            exclude=without, validate_unique=False, validate_constraints=False
        )
    except ValidationError as exc:
        raise ArticleRefused(
            " ".join(
                f"{name}: {message}"
                for name, messages in exc.message_dict.items()
                for message in messages
            )
        ) from exc


def _check_text(text: str) -> None:
    if not text.strip():
        raise ArticleRefused(_("The article is empty: give its text."))
    if len(text) > settings.CLAIMS_ARTICLE_MAX_CHARACTERS:
        raise ArticleRefused(
            _(
                "The article has %(has)s characters; %(most)s are read. Give a part of it."
            )
            % {
                "has": number_format(len(text), force_grouping=True),
                "most": number_format(
                    settings.CLAIMS_ARTICLE_MAX_CHARACTERS, force_grouping=True
                ),
            }
        )
