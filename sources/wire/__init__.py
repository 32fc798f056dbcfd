"""
The wire: names of what has changed, to whoever follows them at this moment.

It carries wake-ups through Redis and never what they are about: `source:UUID` says that
there is something new to be seen of a source, to be fetched by somebody who may see it.
A name may be lost, doubled or late; whoever follows looks by themselves now and then.
Without Redis nothing is told, and nothing else is different.

`sending` tells, `listening` hears, `pulse` is how workers say that they are there, and
`waking` sends them a task that a sweep would find a little later.
"""

from sources.wire.sending import tell, tell_after_commit
from sources.wire.waking import wake_after_commit

__all__ = ["tell", "tell_after_commit", "wake_after_commit"]
