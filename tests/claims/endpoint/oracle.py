"""
A server of chat completions for tests, under 127.0.0.1, that tells the truth or not.

    with Oracle() as oracle:
        oracle.says({"statements": []})
        oracle.terms()  # to ask it by
        oracle.asked  # the requests that came, taken apart
"""

import json

from claims.endpoint.terms import Terms
from tests.live import open_port
from tests.sources.press import Press, answer

PATH = "/v1/chat/completions"


def completion(content, *, tokens=120, ended="stop"):
    """An answer as OpenAI gives it."""
    written = content if isinstance(content, str) else json.dumps(content)
    return {
        "choices": [
            {
                "message": {"role": "assistant", "content": written},
                "finish_reason": ended,
            }
        ],
        "usage": {"total_tokens": tokens},
    }


class Oracle:
    def __init__(self):
        self.press = Press(port=open_port())
        self.answers = []

    def __enter__(self):
        self.press.__enter__()
        self.says({})
        return self

    def __exit__(self, *error):
        self.press.__exit__(*error)

    def on(self, handler):
        """Answer so from now on."""
        self.press.on(PATH, handler)

    def says(self, content, **how):
        """Answer with this content from now on."""
        self.gives(completion(content, **how))

    def gives(self, body, *, status=200, headers=()):
        """Answer with this JSON, or these bytes, from now on."""
        written = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.on(
            answer(
                written, status=status, headers=headers, media_type="application/json"
            )
        )

    def says_in_turn(self, *contents):
        """Answer with one content after the other, the last one from then on."""
        left = list(contents)

        def handle(request, line):
            content = left.pop(0) if len(left) > 1 else left[0]
            body = json.dumps(completion(content)).encode()
            answer(body, media_type="application/json")(request, line)

        self.on(handle)

    @property
    def asked(self):
        return [json.loads(r.body) for r in self.press.asked_for(PATH)]

    def settings(self, **more):
        """What the settings are where this one is plugged in."""
        return {
            "EXTRACTION_API_URL": self.press.url("/v1"),
            "EXTRACTION_API_MODEL": "oracle-1",
            "EXTRACTION_API_KEY": "secret",
        } | more

    def terms(self, **more):
        return Terms(
            **{
                "url": self.press.url(PATH),
                "model": "oracle-1",
                "key": "secret",
                "seconds": 5.0,
            }
            | more
        )
