"""The PC's credential store is a convenience that may be missing."""

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import PasswordDeleteError

from app.errors import UserError
from app.settings import DataFolder
from app.store import Store, credentials
from app.store.keys import new_key
from tests.app.store.conftest import TODAY, StandingClock
from tests.helpers import credential_store
from tests.helpers.credential_store import InMemory

put_back = credential_store.put_back


class Stubborn(InMemory):
    """Keeps what it has."""

    def delete_password(self, service: str, username: str) -> None:
        raise PasswordDeleteError(service)


class Broken(InMemory):
    """Has a bug of its own."""

    def get_password(self, service: str, username: str) -> str | None:
        raise ZeroDivisionError


def test_a_remembered_folder_opens_without_a_password(folder: DataFolder, clock: StandingClock) -> None:
    keyring.set_keyring(InMemory())
    with Store.create(folder, "密码甲", "王老师", clock).store as store:
        assert store.remember() == ""
    with Store.open_remembered(folder, "", TODAY, clock) as store:
        assert store.forget() == ""
    with pytest.raises(UserError, match="没有记住密码"):
        Store.open_remembered(folder, "", TODAY, clock)


def test_without_a_credential_store_a_sentence_says_so() -> None:
    keyring.set_keyring(NoKeyring())
    assert "不能记住密码" in credentials.remember("v", new_key())
    assert "不能记住密码" in credentials.recall("v").sentence
    assert "不能记住密码" in credentials.forget("v")


def test_a_damaged_entry_is_told_and_not_used() -> None:
    backend = InMemory()
    keyring.set_keyring(backend)
    for damaged in ("abcd", "not hex"):
        backend.set_password("guixue", "v", damaged)
        recalled = credentials.recall("v")
        assert recalled.key is None
        assert "已损坏" in recalled.sentence


def test_an_entry_that_will_not_go_is_told() -> None:
    keyring.set_keyring(Stubborn())
    credentials.remember("v", new_key())
    assert "手工删除" in credentials.forget("v")


def test_a_bug_in_the_credential_store_is_not_swallowed() -> None:
    keyring.set_keyring(Broken())
    with pytest.raises(ZeroDivisionError):
        credentials.recall("v")
