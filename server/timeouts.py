"""Time limits of the server, in seconds. The limits that a user sets are in ``server.settings``."""

BODY_IDLE = 10.0
"""A client may pause this long within a request body, or before it takes the end of a cut-off answer."""

REQUEST_HEAD = 20.0
"""A client must send the head of a request within this time."""

QUICK_WORKER_WAIT = 2.0
"""A quick query waits at most this long for the worker that is kept for quick queries."""

SHUTDOWN = 12.0
"""The HTTP processes must end within this time after the server is told to stop."""

LAST_WORK = 8.0
"""Running queries and the running write may take this much of :data:`SHUTDOWN`."""
