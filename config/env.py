"""Typed reads of the environment. What is missing or odd stops the start, by name."""

from __future__ import annotations

import re
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

_env = environ.Env()
_ADDRESS = re.compile(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?")


def text(name: str, default: str | None = None) -> str:
    """Return the variable as it stands. Without a default it must be there."""
    value: str = _env.str(
        name, default=environ.Env.NOTSET if default is None else default
    )
    return value


def switch(name: str, *, default: bool) -> bool:
    """Return an on/off variable: 1, true, yes, on; 0, false, no, off or empty."""
    raw = text(name, "on" if default else "").strip().lower()
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"", "0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {raw!r}: write on or off")


def number(name: str, default: int, *, least: int = 0) -> int:
    """Return a whole number that is at least `least`."""
    raw = text(name, str(default))
    try:
        value = int(raw)
    except ValueError as exc:
        raise ImproperlyConfigured(f"{name} is {raw!r}: write a whole number") from exc
    if value < least:
        raise ImproperlyConfigured(f"{name} is {value}: it is at least {least}")
    return value


def seconds(name: str, default: timedelta) -> timedelta:
    """Return a time span that is given in seconds, whole or not (0.5)."""
    raw = text(name, str(default.total_seconds()))
    try:
        value = timedelta(seconds=float(raw))
    except (ValueError, OverflowError) as exc:
        raise ImproperlyConfigured(f"{name} is {raw!r}: write seconds") from exc
    if value < timedelta():
        raise ImproperlyConfigured(f"{name} is {raw}: it is at least 0")
    return value


def words(name: str) -> list[str]:
    """Return a list that is separated by commas; empty when unset."""
    return [word for part in text(name, "").split(",") if (word := part.strip())]


def numbers(name: str) -> list[int]:
    """Return a list of whole numbers that is separated by commas."""
    try:
        return [int(word) for word in words(name)]
    except ValueError as exc:
        raise ImproperlyConfigured(f"{name}: write numbers, with commas") from exc


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Return a list of networks (127.0.0.0/8, fd00::/8) that is separated by commas."""
    try:
        return [ip_network(word) for word in words(name)]
    except ValueError as exc:
        raise ImproperlyConfigured(f"{name}: {exc}") from exc


def address(name: str) -> str:
    """Return a web address (https://archive.example); empty when unset."""
    raw = text(name, "").strip()
    if raw and not _ADDRESS.fullmatch(raw):
        raise ImproperlyConfigured(
            f"{name} is {raw!r}: write an address like https://archive.example"
        )
    return raw


def database(name: str, default: str) -> dict[str, Any]:
    """Return Django's database settings for a `postgres://` address."""
    settings: dict[str, Any] = _env.db_url(name, default=default)
    if settings["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"{name}: only postgres:// addresses work here")
    # A socket's folder comes as `?host=`; `dbshell` looks for it under HOST only.
    settings["HOST"] = settings.get("OPTIONS", {}).pop("host", settings["HOST"])
    return settings
