"""The table of roles says of each address of the API what the code says."""

from pathlib import Path

from claims.access import GROUPS
from tests.api.walking import ways

TABLE = Path(__file__).resolve().parents[2] / "docs" / "roles.md"


def rows():
    """The rows of the table, as the operations make them."""
    for way in sorted(ways(), key=lambda way: (way.address, way.method)):
        operation = way.operation
        scopes = " ".join(f"`{scope}`" for scope in operation.scopes) or "–"
        role = operation.role or "everybody"
        yield f"| {way.method} | `/api/v1/{way.address}` | {role} | {scopes} |"


def test_each_address_of_the_api_stands_in_the_table_of_roles():
    shown = [line for line in TABLE.read_text().splitlines() if "`/api/v1/" in line]

    assert shown == list(rows())


def test_the_table_names_every_role():
    text = TABLE.read_text()

    assert all(f"| {group} |" in text for group in GROUPS)
