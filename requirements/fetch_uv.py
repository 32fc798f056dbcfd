"""
Put uv into a bare environment: `.venv/bin/python requirements/fetch_uv.py`.

For a Python that comes without pip, as Debian's does until python3-venv is installed.
Takes the wheel that requirements/uv.txt pins from the package index and refuses every
other byte. Needs the standard library only.
"""

import hashlib
import html.parser
import io
import os
import platform
import re
import ssl
import sys
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

PINS = Path(__file__).with_name("uv.txt")
INDEX = next(
    filter(None, map(os.environ.get, ("UV_DEFAULT_INDEX", "PIP_INDEX_URL"))),
    "https://pypi.org/simple",
)
TIMEOUT_SECONDS = 60


class Links(html.parser.HTMLParser):
    """The addresses on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name == "href" and value]


def fetch(address: str) -> bytes:
    """Return what stands at an address; whether it is genuine, its hash tells."""
    request = urllib.request.Request(address, headers={"Accept": "text/html"})
    context = ssl.create_default_context()
    if knows_no_authority():
        # What is fetched is checked against the hashes in uv.txt either way.
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    try:
        with urllib.request.urlopen(
            request, timeout=TIMEOUT_SECONDS, context=context
        ) as answer:
            body: bytes = answer.read()
    except OSError as exc:  # urllib's and ssl's errors are of this kind
        sys.exit(f"{address} cannot be fetched: {exc}")
    return body


def knows_no_authority() -> bool:
    """Tell whether this system is without certificates, as a bare Debian is."""
    paths = ssl.get_default_verify_paths()
    return not paths.cafile and not (paths.capath and any(Path(paths.capath).iterdir()))


def fits(name: str) -> bool:
    """Tell whether a wheel is for this machine."""
    machine = platform.machine().lower()
    if sys.platform == "darwin":
        return "-macosx_" in name and machine in name
    libc = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    return libc in name and f"_{machine}.whl" in name


def wheel() -> bytes:
    """Return the pinned wheel for this machine, as the index has it."""
    pins = PINS.read_text()
    version = re.findall(r"^uv==(\S+)", pins, re.M)[0]
    trusted = set(re.findall(r"sha256:([0-9a-f]{64})", pins))
    page = f"{INDEX.rstrip('/')}/uv/"
    links = Links()
    links.feed(fetch(page).decode(errors="replace"))
    for link in links.found:
        address, _, _ = urllib.parse.urljoin(page, link).partition("#")
        name = urllib.parse.unquote(address.rpartition("/")[2])
        if name.startswith(f"uv-{version}-") and name.endswith(".whl") and fits(name):
            body = fetch(address)
            if hashlib.sha256(body).hexdigest() in trusted:
                return body
            sys.exit(
                f"{address} is not the file that {PINS} pins: nothing was installed"
            )
    sys.exit(f"{page} has no uv {version} for this machine ({platform.platform()})")


def main() -> None:
    target = Path(sys.prefix, "bin", "uv")
    with zipfile.ZipFile(io.BytesIO(wheel())) as files:
        program = next(name for name in files.namelist() if name.endswith("scripts/uv"))
        target.write_bytes(files.read(program))
    target.chmod(0o755)


if __name__ == "__main__":
    main()
