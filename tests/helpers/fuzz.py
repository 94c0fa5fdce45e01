"""packaging/dev fuzz [NUMBER [SEED]]: every reader on damaged files; what broke one is kept under build/fuzz."""

import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from app.errors import Refusal
from tests.helpers import ROOT
from tests.helpers.mutations import mutated
from tests.helpers.readers import Reader, readers

OUT = ROOT / "build" / "fuzz"
SLOW = 70.0  # seconds; a reading process is stopped after 60


@dataclass(frozen=True)
class Find:
    """A damaged file that broke a reader, and how."""

    reader: str
    seed: int
    content: bytes
    how: str


def fuzz(number: int, seed: int, say: Callable[[str], None] = lambda line: None) -> tuple[int, list[Find]]:
    """Damage files for every reader in turn, `number` in all; how many were refused, and what broke."""
    finds, refused = [], 0
    with TemporaryDirectory(prefix="guixue-fuzz-") as scratch:
        known = list(readers(Path(scratch)).items())
        for count in range(number):
            name, reader = known[count % len(known)]
            whole = reader.seeds[(seed + count) // len(known) % len(reader.seeds)]
            content = mutated(whole, seed + count)
            how = tried(reader, content)
            refused += how == ""
            if how not in {"", "read"}:
                finds.append(Find(name, seed + count, content, how))
                say(f"{name} {seed + count}: {how.strip().splitlines()[-1]}")
    return refused, finds


def tried(reader: Reader, content: bytes) -> str:
    """What came of a file: 'read', '' for a refusal by a sentence, else what broke."""
    with TemporaryDirectory(prefix="guixue-fuzz-") as folder:
        path = Path(folder) / reader.file_name
        path.write_bytes(content)
        began = time.monotonic()
        try:
            reader.read(path)
        except Refusal as refusal:
            said = refusal.sentence
            return "" if said.endswith("。") and "\n" not in said else f"no sentence: {said!r}"
        except BaseException as broken:  # a reader in another language may raise anything
            if isinstance(broken, KeyboardInterrupt):
                raise
            return traceback.format_exc()
        return "read" if time.monotonic() - began < SLOW else "took too long"


def keep(finds: list[Find]) -> Iterator[Path]:
    """Lay what broke down, with how it broke beside it."""
    for find in finds:
        folder = OUT / find.reader
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{find.seed}.bin").write_bytes(find.content)
        (folder / f"{find.seed}.txt").write_text(find.how, encoding="utf-8")
        yield folder / f"{find.seed}.bin"


def main() -> None:
    """Fuzz by the command line's numbers; ends with 1 where something broke."""
    number, seed = (
        int(sys.argv[one]) if len(sys.argv) > one else usual for one, usual in ((1, 5000), (2, 1))
    )
    began = time.monotonic()
    refused, finds = fuzz(number, seed, lambda line: print(line, flush=True))
    print(
        f"{number} 个坏文件，{refused} 个被一句话拒绝，{len(finds)} 个出错，{time.monotonic() - began:.0f} 秒。"
    )
    for path in keep(finds):
        print(path)
    sys.exit(bool(finds))


if __name__ == "__main__":
    main()
