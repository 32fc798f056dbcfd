"""The body of a file, kept in parts for whichever worker goes on with it."""

from __future__ import annotations

import hashlib
import tempfile
from typing import IO

import zstandard

from claims.models import Import, ImportPart

PART_BYTES = 1024 * 1024
_LEVEL = 1  # it is kept for minutes


def fingerprint(body: IO[bytes]) -> tuple[str, int]:
    """Return the SHA-256 of a file and how many bytes it has."""
    body.seek(0)
    digest, size = hashlib.sha256(), 0
    while piece := body.read(PART_BYTES):
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


def keep(file: Import, body: IO[bytes]) -> None:
    """Keep the body of a file."""
    body.seek(0)
    packer = zstandard.ZstdCompressor(level=_LEVEL)
    number = 0
    while piece := body.read(PART_BYTES):
        ImportPart.objects.create(file=file, number=number, body=packer.compress(piece))
        number += 1


def kept(file: Import) -> IO[bytes]:
    """Return the body of a file, put together; whoever asks closes it."""
    body = tempfile.TemporaryFile()  # noqa: SIM115 — handed on
    unpacker = zstandard.ZstdDecompressor()
    parts = file.parts.order_by("number").values_list("body", flat=True)
    for part in parts.iterator(chunk_size=4):
        body.write(unpacker.decompress(bytes(part), max_output_size=PART_BYTES))
    body.seek(0)
    return body


def forget(file: Import) -> None:
    """Throw the body away, once nobody goes on with it."""
    file.parts.all().delete()
