"""Start a server in a test: a free port, and waiting until the server answers."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import time
import urllib.error
import urllib.request

START = 120.0  # most seconds to wait for a server


def free_port() -> int:
    """Return a port of 127.0.0.1 that no program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers at ``url``.

    Raises:
        AssertionError: the server has ended, or has not answered after ``START`` seconds.
    """
    end = time.monotonic() + START
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(url, timeout=5).close()
            return
        time.sleep(0.1)
    raise AssertionError(f"the server does not answer at {url}")
