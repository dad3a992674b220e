"""Guards over every test: loopback sockets only, none in unit tests, and no blocking call on the event loop."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import pytest_socket
from blockbuster import BlockBuster
from hypothesis import HealthCheck, settings

settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True, max_examples=60
)
settings.load_profile("house")

_KINDS = ("unit", "contract", "integration", "e2e", "architecture")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test says of which kind it is; the folder and the mark agree."""
    for item in items:
        kind = item.path.relative_to(item.config.rootpath / "tests").parts[0]
        if kind not in _KINDS:
            raise pytest.UsageError(f"{item.path} lies in no folder of {_KINDS}")
        item.add_marker(getattr(pytest.mark, kind))


@pytest.fixture(autouse=True)
def _only_loopback(request: pytest.FixtureRequest) -> Iterator[None]:
    if request.node.get_closest_marker("unit"):
        pytest_socket.disable_socket(allow_unix_socket=True)
    else:
        pytest_socket.socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
    yield
    pytest_socket._remove_restrictions()


@pytest.fixture(autouse=True)
def _nothing_blocks_the_loop() -> Iterator[None]:
    guard = BlockBuster(scanned_modules=["bot"])
    guard.activate()
    yield
    guard.deactivate()
