"""A credential store for the tests, and the one that was there put back after them."""

from collections.abc import Iterator
from functools import cached_property

import keyring
import pytest
from keyring.backend import KeyringBackend


class InMemory(KeyringBackend):
    """Keeps what it is given as long as a test runs."""

    priority = 1

    @cached_property
    def kept(self) -> dict[tuple[str, str], str]:
        """The passwords, by service and name."""
        return {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture(autouse=True)
def put_back() -> Iterator[None]:
    """Whatever credential store a test chooses, the one before it is there again afterwards. Taken over by name."""
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)
