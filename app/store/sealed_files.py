"""Photos and papers at rest: one sealed file per content, so that a lost PC shows nobody's face."""

import re
from hashlib import sha256
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from app.errors import EnvironmentProblem
from app.store.problems import disk_in_words
from app.store.safe_files import write_file

SEALED = ".sealed"


class SealedFiles:
    """The files of `attachments/`, named by the SHA-256 of their plain content; the key is in the database.

    A file is written at once, not with the transaction: after a rollback it is left behind unused, which
    harms nothing, and a committed row never lacks its file.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._box = SecretBox(key)

    def put(self, content: bytes) -> str:
        """Keep `content`, flushed to disk; give its SHA-256 in hex. Mends a damaged file of the same content.

        Raises EnvironmentProblem when the disk refuses.
        """
        digest = sha256(content).hexdigest()
        if self._read(digest) != content:
            with disk_in_words():
                self._folder.mkdir(parents=True, exist_ok=True)
            write_file(self._path(digest), self._box.encrypt(content))
        return digest

    def get(self, digest: str) -> bytes:
        """The content. Raises EnvironmentProblem when the file is missing or damaged."""
        content = self._read(digest)
        if content is None:
            raise EnvironmentProblem(
                f"附件文件 {digest[:8]}… 丢失或已损坏。请从带附件的完整备份中恢复，或重新添加这个附件。"
            )
        return content

    def has(self, digest: str) -> bool:
        """Whether there is a file for this SHA-256; it may still turn out damaged."""
        return self._path(digest).is_file()

    def _read(self, digest: str) -> bytes | None:
        path = self._path(digest)
        with disk_in_words():
            if not path.is_file():
                return None
            sealed = path.read_bytes()
        try:
            content = self._box.decrypt(sealed)
        except (CryptoError, ValueError):  # ValueError: shorter than a seal can be
            return None
        return content if sha256(content).hexdigest() == digest else None

    def _path(self, digest: str) -> Path:
        if not re.fullmatch(r"[0-9a-f]{64}", digest):
            raise ValueError(f"not a SHA-256: {digest!r}")
        return self._folder / (digest + SEALED)
