"""This PC's own credential store, so that a teacher need not type the password each morning.

Only a convenience: where there is none, or it is locked, the password is asked for as ever. Failing is
quiet only for keyring's own errors, and says so in a sentence.
"""

from dataclasses import dataclass

import keyring
from keyring.errors import KeyringError, PasswordDeleteError

from app.store.keys import KEY_BYTES

_SERVICE = "guixue"
_NONE = "本机没有可用的凭据库，不能记住密码。以后每次打开请输入密码。"


@dataclass(frozen=True)
class Recalled:
    """What the credential store gave: the key, or none and (when something was wrong) why."""

    key: bytes | None = None
    sentence: str = ""


def remember(vault: str, key: bytes) -> str:
    """Keep the key of the database `vault`; gives '' when kept, else one sentence why not."""
    try:
        keyring.set_password(_SERVICE, vault, key.hex())
    except KeyringError:
        return _NONE
    return ""


def recall(vault: str) -> Recalled:
    """The key kept for the database `vault` on this PC, if any."""
    try:
        kept = keyring.get_password(_SERVICE, vault)
    except KeyringError:
        return Recalled(sentence=_NONE)
    if kept is None:
        return Recalled()
    try:
        key = bytes.fromhex(kept)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        return Recalled(sentence="本机凭据库里记住的密码已损坏。请输入密码，然后重新选择“记住密码”。")
    return Recalled(key)


def forget(vault: str) -> str:
    """Take the key out of the credential store; '' when it is not there any more, else one sentence."""
    try:
        if keyring.get_password(_SERVICE, vault) is not None:
            keyring.delete_password(_SERVICE, vault)
    except PasswordDeleteError:
        return "没能从本机凭据库里删掉记住的密码。请在系统的凭据管理里手工删除“guixue”。"
    except KeyringError:
        return _NONE
    return ""
