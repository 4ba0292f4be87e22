"""kill -9 of a parent leaves no child that goes on serving unseen."""

import contextlib
import os
import signal
import socket
import time
from pathlib import Path

import pytest

from bench.service import Service

pytestmark = pytest.mark.processes


def ends_within(seconds: float, service: Service) -> bool:
    """True when nobody listens on the service's port any more."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", service.port), 1):
            time.sleep(0.1)
            continue
        return True
    return False


@pytest.mark.parametrize("parent", ["web", "serve"])
def test_nobody_serves_once_the_parent_is_killed(tmp_path: Path, parent: str) -> None:
    with Service(tmp_path) as service:
        service.start(parent)
        os.kill(service.children[parent].pid, signal.SIGKILL)
        assert ends_within(10, service)
