"""Every operation of the API: its method, its address, and a body it takes."""

from dataclasses import dataclass
from uuid import uuid4

from claims.api.urls import router as of_claims
from sources.api.resource import KEY, Operation
from sources.api.urls import router as of_sources
from tests.factories import a_claimant, a_person

PLACES = ("pk", "candidate", "snapshot", "citation", "delivery")
REASON, NOTE = {"reason": "It fits her better."}, {"note": "It stands."}
BODIES = {
    "assign": lambda: {"to": a_person().pk, "reason": "Her beat."},
    "reset": lambda: REASON,
    "dismiss": lambda: REASON,
    "write_review": lambda: {"verdict": "false", "summary": "S.", "explanation": "E."},
    "submit": lambda: {"correction_kind": "update", "correction_note": "New images."},
    "second": lambda: {"verdict": "false"},
    "send_back": lambda: REASON,
    "arbitrate": lambda: {"verdict": "true", "note": "Older.", "summary": "S."},
    "reaffirm": lambda: NOTE,
    "abandon_correction": lambda: NOTE,
    "retract": lambda: NOTE,
    "assess": lambda: {
        "assessor": str(a_claimant().pk),
        "stance": "contradicts",
        "statement": "Two halls have lost their roofs.",
    },
    "cite": lambda: {"url": "https://paper.example/new", "exact": "two halls"},
    "watch": lambda: {"exact": "two halls"},
    "claim-partial_update": lambda: {"topics": ["strike"]},
    "claim-create": lambda: {
        "statement": "The dam held.",
        "claimant": str(a_claimant().pk),
    },
    "batch-create": lambda: {
        "claims": [{"statement": "It held.", "claimant": str(a_claimant().pk)}]
    },
    "claimant-partial_update": lambda: {"role": "spokesman"},
    "claimant-create": lambda: {"name": "Ada Quill", "kind": "person"},
    "assessment-partial_update": lambda: {"stance": "qualifies"},
    "source-create": lambda: {"url": "https://paper.example/new"},
    "source-partial_update": lambda: {"title": "A page"},
    "article-create": lambda: {"text": '"It held," Mayor Ada Quill said.'},
    "webhook-create": lambda: {"url": "https://partner.example/hook"},
    "replay": lambda: {"since": "2026-01-01T00:00:00Z"},
    "import-create": lambda: {
        "content": "statement,claimant\nThe dam held.,Ada Quill\n",
        "dry_run": True,
    },
    "token-create": lambda: {"name": "wire", "scopes": ["claims:read"]},
}


@dataclass(frozen=True)
class Way:
    """One method at one address."""

    resource: str
    action: str
    method: str
    pattern: str
    operation: Operation

    @property
    def address(self) -> str:
        """As it stands in the documents: `claims/{id}/moves/take`."""
        path = self.pattern.replace("/?\\Z", "").lstrip("^")
        for name in PLACES:
            shown = "{id}" if name == "pk" else f"{{{name}}}"
            path = path.replace(f"(?P<{name}>{KEY})", shown)
        return path

    @property
    def of_one(self) -> bool:
        return "{id}" in self.address

    def path(self, **keys) -> str:
        """The address of these rows; of rows that are not there where none is named."""
        shown = self.address.replace("{id}", str(keys.get("pk") or uuid4()))
        for name in PLACES[1:]:
            shown = shown.replace(f"{{{name}}}", str(keys.get(name) or uuid4()))
        return shown

    def body(self):
        if self.method not in {"POST", "PATCH"}:
            return None
        made = BODIES.get(f"{self.resource}-{self.action}") or BODIES.get(self.action)
        return made() if made else {}


def ways() -> list[Way]:
    """Every operation that the API has."""
    found = []
    for router in (of_claims, of_sources):
        for url in router.urls:
            actions = url.callback.actions
            for method, action in actions.items():
                if method != "head" and action in url.callback.cls.operations:
                    found.append(
                        Way(
                            resource=url.name.split("-")[0],
                            action=action,
                            method=method.upper(),
                            pattern=str(url.pattern),
                            operation=url.callback.cls.operations[action],
                        )
                    )
    return found
