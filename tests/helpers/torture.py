"""packaging/dev torture [KILLS [SEED]]: kills while the program writes; then every acknowledged fact must be there."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.helpers import ROOT
from tests.helpers.cli import PASSWORD, Cli, set_up

DAY = "2026-09-21"
MOST_EVENTS = 160  # a round of writes takes about a hundred; the start of the next has some
LONGEST = 6.0  # seconds of writing before a kill at a random instant


@dataclass
class Torture:
    """An office that is killed again and again, and what it said was done."""

    office: Cli
    chance: random.Random
    told: dict[str, list[str]] = field(default_factory=lambda: {"student": [], "case": [], "paper": []})
    kills: int = 0
    wrong: list[str] = field(default_factory=list)

    def kill(self) -> None:
        """Let the program write, kill it before a file event or at a random instant, and look at what is there."""
        before_event = self.chance.random() < 0.6
        last = self.chance.randint(1, MOST_EVENTS) if before_event else 0
        self._write(last, LONGEST * 4 if before_event else self.chance.uniform(0.5, LONGEST))
        self.kills += 1
        self._look()

    def _write(self, last: int, seconds: float) -> None:
        environment = os.environ | {"PYTHONPATH": str(ROOT), "GUIXUE_PASSWORD": PASSWORD}
        first = 1 + 400 * self.kills
        victim = subprocess.Popen(
            [sys.executable, "-m", "tests.helpers.victim", str(self.office.data), DAY, str(last), str(first)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
        timer = threading.Timer(seconds, victim.kill)
        timer.start()
        said, trouble = victim.communicate()
        timer.cancel()
        if victim.returncode != -signal.SIGKILL or b"Traceback" in trouble:
            self.wrong.append(f"ended by itself: {trouble.decode()[-300:]}")
        for line in said.decode().splitlines(keepends=True):
            kind, _, what = line.partition(" ")
            if what.endswith("\n"):
                self.told[kind].append(what.strip())

    def _look(self) -> None:
        """The folder opens; what was acknowledged is there; no number twice."""
        kept = {
            "student": [one["name"] for one in self.office("student", "list")],
            "case": [one["no"] for one in self.office("case", "list", "--all")],
            "paper": [one["number"] for one in self.office("doc", "list")],
        }
        for kind, told in self.told.items():
            if lost := set(told) - set(kept[kind]):
                self.wrong.append(f"kill {self.kills}: lost {kind} {sorted(lost)}")
            if twice := [one for one, times in Counter(told).items() if times > 1]:
                self.wrong.append(f"kill {self.kills}: told twice {kind} {twice}")
            if kind != "student" and len(set(kept[kind])) < len(kept[kind]):
                self.wrong.append(f"kill {self.kills}: kept twice {kind}")


def tortured(
    folder: Path,
    kills: int,
    seed: int,
    seconds: float = float("inf"),
    say: Callable[[str], None] = lambda line: None,
) -> Torture:
    """An office in `folder` after so many kills, or fewer where `seconds` are over."""
    torture = Torture(set_up(folder, "general").on(DAY), random.Random(seed))
    until = time.monotonic() + seconds
    while torture.kills < kills and time.monotonic() < until:
        torture.kill()
        if torture.wrong:
            say(torture.wrong[-1])
    return torture


def main() -> None:
    """Torture by the command line's numbers; ends with 1 where something was lost."""
    kills, seed = (int(sys.argv[one]) if len(sys.argv) > one else usual for one, usual in ((1, 300), (2, 1)))
    with TemporaryDirectory(prefix="guixue-torture-") as folder:
        os.environ["GUIXUE_PROFILE"] = str(Path(folder) / "profile")
        done = tortured(Path(folder), kills, seed, say=lambda line: print(line, flush=True))
    facts = "、".join(f"{kind} {len(told)}" for kind, told in done.told.items())
    print(f"杀了{done.kills}次，确认过的事实：{facts}；不对的有{len(done.wrong)}处。")
    sys.exit(bool(done.wrong))


if __name__ == "__main__":
    main()
