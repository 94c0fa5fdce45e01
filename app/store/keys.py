"""The database key and its slots: one random key, wrapped once for each way to open it.

`keyslots.json` lies beside the database. A slot holds the key in a SecretBox whose own key comes from
the password or the recovery code by argon2id (64 MiB: PCs with 4 GB are common). Changing a password writes a
new slot; the database itself is not touched.
"""

import secrets
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import msgspec
from nacl import pwhash
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from app.errors import EnvironmentProblem, UserError
from app.store import recovery_code
from app.store.problems import disk_in_words
from app.store.safe_files import write_file

KEY_BYTES = 32
PASSWORD = "password"
RECOVERY = "recovery"

OPSLIMIT = 3
MEMLIMIT = 64 * 2**20
# A slot file from elsewhere must not be able to ask for all the memory of the PC.
_MOST_OPS = 20
_MOST_MEMORY = 2**30
_MOST_BYTES = 100_000

_WRONG = {
    PASSWORD: "密码不对。请重新输入；忘记密码时可以用恢复码打开。",
    RECOVERY: "恢复码书写无误，但不是这个数据文件夹的恢复码。请找到与它对应的那一张后重新输入。",
}


def new_key() -> bytes:
    """A random key for a new database."""
    return secrets.token_bytes(KEY_BYTES)


@dataclass(frozen=True)
class Slot:
    """One way to the key: its kind, the salt and cost of argon2id, and the box. Binary parts in base64."""

    kind: str
    salt: str
    ops: int
    memory: int  # bytes
    box: str


@dataclass(frozen=True)
class KeySlots:
    """Every way to one database's key. `vault` names the database in this PC's credential store."""

    vault: str
    slots: tuple[Slot, ...] = ()

    def with_password(self, password: str, key: bytes) -> "KeySlots":
        """The same slots with this password instead of the old one. Raises UserError for an empty one."""
        if not password.strip():
            raise UserError("密码不能为空。请输入一个密码。")
        return self._with(_wrap(PASSWORD, _password_bytes(password), key))

    def with_recovery_code(self, code: str, key: bytes) -> "KeySlots":
        """The same slots with this recovery code instead of the old one."""
        return self._with(_wrap(RECOVERY, recovery_code.plain(code).encode(), key))

    def by_password(self, password: str) -> bytes:
        """The key. Raises UserError for a wrong password."""
        return self._open(PASSWORD, _password_bytes(password))

    def by_recovery_code(self, code: str) -> bytes:
        """The key. Raises UserError for a slip of typing and, in other words, for the wrong code."""
        return self._open(RECOVERY, recovery_code.plain(code).encode())

    def save(self, path: Path) -> None:
        """Write the file, whole or not at all. Raises EnvironmentProblem when the disk refuses."""
        content = {"format": 1, "vault": self.vault, "slots": [asdict(slot) for slot in self.slots]}
        write_file(path, msgspec.json.format(msgspec.json.encode(content), indent=1))

    @classmethod
    def load(cls, path: Path) -> "KeySlots":
        """Read the file. Raises EnvironmentProblem when it is missing or damaged."""
        with disk_in_words():
            if not path.is_file():
                raise EnvironmentProblem(
                    "缺少密钥文件 keyslots.json，数据打不开。请把它放回数据文件夹，或恢复最近的备份。"
                )
            with path.open("rb") as file:
                content = file.read(_MOST_BYTES + 1)
        try:
            if len(content) > _MOST_BYTES:
                raise ValueError("too large a file of slots")
            found = msgspec.json.decode(content, type=_Document)
            return replace(cls(found.vault), slots=tuple(map(_checked, found.slots)))
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            raise EnvironmentProblem("密钥文件 keyslots.json 已损坏。请恢复最近的备份。") from error

    def _with(self, slot: Slot) -> "KeySlots":
        others = tuple(other for other in self.slots if other.kind != slot.kind)
        return replace(self, slots=(*others, slot))

    def _open(self, kind: str, secret: bytes) -> bytes:
        for slot in self.slots:
            if slot.kind == kind and (key := _unwrap(slot, secret)) is not None:
                return key
        raise UserError(_WRONG[kind])


def vault_of(path: Path) -> str:
    """The name of the database that the slot file at `path` belongs to; '' where no such file can be read."""
    try:
        return KeySlots.load(path).vault
    except EnvironmentProblem:
        return ""


def new_slots() -> KeySlots:
    """No slots yet, for a new database."""
    return KeySlots(vault=secrets.token_hex(8))


def _password_bytes(password: str) -> bytes:
    # The same Chinese or accented letter can be typed as different code points on different systems.
    return unicodedata.normalize("NFC", password).encode()


class _Document(msgspec.Struct):
    """The file of slots as it is written."""

    vault: str
    slots: list["_SlotTable"]


class _SlotTable(msgspec.Struct, forbid_unknown_fields=True):
    """A slot as it is written."""

    kind: str
    salt: str
    ops: int
    memory: int
    box: str


def _checked(slot: _SlotTable) -> Slot:
    """A slot read from a file. Raises ValueError where it is none, or would ask for too much time or memory."""
    sizes = (len(b64decode(slot.salt, validate=True)), len(b64decode(slot.box, validate=True)))
    if sizes != (pwhash.argon2id.SALTBYTES, KEY_BYTES + SecretBox.NONCE_SIZE + SecretBox.MACBYTES):
        raise ValueError("a slot of a wrong size")
    if not (0 < slot.ops <= _MOST_OPS and pwhash.argon2id.MEMLIMIT_MIN <= slot.memory <= _MOST_MEMORY):
        raise ValueError("a slot of an impossible cost")
    return Slot(slot.kind, slot.salt, slot.ops, slot.memory, slot.box)


def _wrap(kind: str, secret: bytes, key: bytes) -> Slot:
    salt = secrets.token_bytes(pwhash.argon2id.SALTBYTES)
    box = SecretBox(_derive(secret, salt, OPSLIMIT, MEMLIMIT)).encrypt(key)
    return Slot(kind, b64encode(salt).decode(), OPSLIMIT, MEMLIMIT, b64encode(box).decode())


def _unwrap(slot: Slot, secret: bytes) -> bytes | None:
    wrapping = _derive(secret, b64decode(slot.salt), slot.ops, slot.memory)
    try:
        return SecretBox(wrapping).decrypt(b64decode(slot.box))
    except CryptoError:
        return None


def _derive(secret: bytes, salt: bytes, ops: int, memory: int) -> bytes:
    return pwhash.argon2id.kdf(KEY_BYTES, secret, salt, opslimit=ops, memlimit=memory)
