"""Certificates of a small authority of the tests' own, good and bad, made by openssl."""

from __future__ import annotations

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

_CURVE = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
_BOOKS = """
[ca]
default_ca = tests
[tests]
dir = {folder}
database = {folder}/index.txt
serial = {folder}/serial
new_certs_dir = {folder}
default_md = sha256
policy = anything
copy_extensions = copy
unique_subject = no
[anything]
commonName = supplied
"""


@dataclass(frozen=True)
class Authority:
    """Vouches for names from one date to another, written YYYYMMDD."""

    folder: Path

    def __post_init__(self) -> None:
        (self.folder / "index.txt").touch()
        (self.folder / "ca.cnf").write_text(_BOOKS.format(folder=self.folder))
        _openssl(
            *("req", "-x509", *_CURVE, "-days", "9999", "-subj", "/CN=Tests"),
            *("-addext", "basicConstraints=critical,CA:TRUE"),
            *("-keyout", self.folder / "ca.key", "-out", self.root),
        )

    @property
    def root(self) -> Path:
        return self.folder / "ca.pem"

    def vouched(
        self,
        names: str = "IP:127.0.0.1",
        *,
        since: str = "20200101",
        until: str = "20900101",
        by_itself: bool = False,
    ) -> ssl.SSLContext:
        """Return what a server needs to show a certificate for these names."""
        place = self.folder / f"{sum(1 for _ in self.folder.iterdir())}"
        key, asked, certificate = (
            place.with_suffix(end) for end in (".key", ".csr", ".pem")
        )
        about = ("-subj", "/CN=site.example", *_CURVE, "-keyout", key)
        extra = ("-addext", f"subjectAltName={names}") if names else ()
        if by_itself:
            _openssl(
                "req", "-x509", "-days", "9999", *about, *extra, "-out", certificate
            )
        else:
            _openssl("req", "-new", *about, *extra, "-out", asked)
            _openssl(
                *("ca", "-batch", "-config", self.folder / "ca.cnf", "-notext"),
                *("-cert", self.root, "-keyfile", self.folder / "ca.key"),
                *("-create_serial", "-startdate", f"{since}000000Z"),
                *("-enddate", f"{until}000000Z", "-in", asked, "-out", certificate),
            )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        return context


def _openssl(*arguments: object) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)
