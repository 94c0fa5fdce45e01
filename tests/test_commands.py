"""packaging/dev and .ci/run: the set-up path, tried with stand-ins for Python, pip and apt-get."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.helpers import ROOT

PACKAGE_LIST = ROOT / "packaging" / "system-packages.txt"
DEV = ROOT / "packaging" / "dev"

# A Python that writes down how it was called, makes an environment with itself in it, and fails on request.
PYTHON = """#!/bin/bash
[[ $1 == -c && $2 == *ensurepip* ]] && exit "${NO_VENV:-0}"
printf '%s|%s|%s\\n' "$*" "$PWD" "${PYTHONPATH:-}" >>"$CALLS"
case "$*" in
    "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
    "-m pip install "*) echo "${PIP_SAYS:-}" >&2; exit "${PIP_CODE:-0}" ;;
    "-m mypy") exit "${MYPY_CODE:-0}" ;;
    "-m pytest "*) exit "${PYTEST_CODE:-0}" ;;
    "-P -m tests.helpers.screens "*) echo "screens ${*:4} on ${QT_QPA_PLATFORM:-}" ;;
    "-P -m ui "*) echo "guixue ${*:4}"; exit "${UI_CODE:-0}" ;;
esac
"""
DPKG = '#!/bin/bash\ncat "$INSTALLED"\n'
APT = '#!/bin/bash\nprintf \'apt-get %s\\n\' "$*" >>"$CALLS"\n[[ -z ${APT_DOES:-} ]] || cp "$APT_DOES" "$INSTALLED"\n'
REFUSED = "#!/bin/bash\nexit 1\n"


def listed(*sections: str) -> set[str]:
    """The packages the list names under `sections` (all of them when none is given)."""
    rows = [line.split() for line in PACKAGE_LIST.read_text("utf-8").splitlines()]
    return {row[1] for row in rows if row and row[0] != "#" and (not sections or row[0] in sections)}


@dataclass
class Machine:
    """A made-up PC with its own PATH and a copy of the project in a folder with a space and Chinese in its name."""

    project: Path
    calls: Path
    installed: Path
    env: dict[str, str]

    def run(self, *args: str, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
        """Runs packaging/dev with `args`; `env` is added to the machine's own."""
        return subprocess.run(
            ["/bin/bash", str(self.project / "packaging" / "dev"), *args],
            cwd=cwd or self.project,
            env=self.env | env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def called(self, start: str) -> list[str]:
        """The recorded calls that begin with `start`, oldest first."""
        lines = self.calls.read_text("utf-8").splitlines() if self.calls.exists() else []
        return [line for line in lines if line.startswith(start)]

    def install(self, packages: Sequence[str] | set[str]) -> None:
        """Makes dpkg say that `packages` are there."""
        self.installed.write_text("".join(f"installed {name}, \n" for name in packages), "utf-8")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    project = tmp_path / "控辍 保学" / "归学"
    (project / "packaging").mkdir(parents=True)
    for name in ("packaging/dev", "packaging/system-packages.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, project / name)
    tools = tmp_path / "bin"
    tools.mkdir()
    scripts = {
        "dpkg-query": DPKG,
        "apt-get": APT,
        "sudo": REFUSED,
        "id": "#!/bin/bash\necho ${USER_ID:-1000}\n",
    }
    pythons = dict.fromkeys(("python3.11", "python3.12", "python3.13", "python3"), PYTHON)
    for name, text in (scripts | pythons).items():
        (tools / name).write_text(text, "utf-8")
        (tools / name).chmod(0o755)
    installed = tmp_path / "installed"
    calls = tmp_path / "calls"
    env = {
        "PATH": f"{tools}:/usr/bin:/bin",
        "CALLS": str(calls),
        "INSTALLED": str(installed),
        "LC_ALL": "C.UTF-8",
    }
    made = Machine(project, calls, installed, env)
    made.install(listed())
    return made


@pytest.mark.parametrize("script", [DEV, ROOT / ".ci" / "run"])
def test_the_scripts_are_executable_and_parse(script: Path) -> None:
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", str(script)], check=True)


def test_continuous_integration_runs_the_test_command() -> None:
    assert "packaging/dev test" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_system_packages_stand_in_one_list_only() -> None:
    names = re.compile(
        r"\b(" + "|".join(re.escape(name) for name in sorted(listed("runtime", "tests"))) + r")\b"
    )
    others = [DEV, ROOT / ".ci" / "run", ROOT / "README.md", ROOT / "pyproject.toml"]
    assert [str(file) for file in others if names.search(file.read_text("utf-8"))] == []
    assert PACKAGE_LIST.name in DEV.read_text("utf-8")


def test_the_first_call_sets_up_and_the_next_is_silent(machine: Machine) -> None:
    first = machine.run("guixue", "rules", "list")
    second = machine.run("guixue", "rules", "list")
    assert (first.stdout, second.stdout) == ("guixue rules list\n", "guixue rules list\n")
    assert "正在准备" in first.stderr
    assert second.stderr == ""
    assert len(machine.called("-m pip install")) == 1


def test_a_changed_dependency_list_is_installed_again(machine: Machine) -> None:
    machine.run("guixue", "today")
    with (machine.project / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("\n# another line\n")
    machine.run("guixue", "today")
    assert len(machine.called("-m pip install")) == 2


def test_guixue_runs_in_the_folder_it_was_called_from(machine: Machine, tmp_path: Path) -> None:
    elsewhere = tmp_path / "名册 文件"
    elsewhere.mkdir()
    machine.run("guixue", "roster", "import", "名册.xlsx", cwd=elsewhere)
    assert machine.called("-P") == [f"-P -m ui roster import 名册.xlsx|{elsewhere}|{machine.project}"]


def test_guixue_hands_on_the_programs_exit_code(machine: Machine) -> None:
    assert machine.run("guixue", "today", UI_CODE="1").returncode == 1


def test_another_environment_can_be_named_even_an_empty_folder(machine: Machine, tmp_path: Path) -> None:
    named = tmp_path / "环境"
    named.mkdir()
    assert machine.run("guixue", "today", GUIXUE_VENV="../../环境").returncode == 0
    assert (named / "bin" / "python").exists()
    assert not (machine.project / ".venv").exists()


def test_without_a_network_one_sentence_says_so_and_the_next_call_tries_again(machine: Machine) -> None:
    failed = machine.run("guixue", "today", PIP_CODE="1", PIP_SAYS="Temporary failure in name resolution")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr.splitlines()[1:] == [
        "下载 Python 依赖没有成功：请连上网络再重新运行（只有第一次需要，以后不用网络）。"
    ]
    assert machine.run("guixue", "today").returncode == 0


def test_any_other_failure_of_the_installation_is_shown_whole(machine: Machine) -> None:
    failed = machine.run("guixue", "today", PIP_CODE="1", PIP_SAYS="No space left on device")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr.splitlines()[1:] == [
        "No space left on device",
        "安装 Python 依赖没有成功：请看上面的原因，解决后重新运行。",
    ]


def test_without_a_fitting_python_a_sentence_says_which_is_needed(machine: Machine) -> None:
    refused = machine.run("guixue", "today", NO_VENV="1")
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1].startswith("没有找到 Python 3.11 至 3.13")


def test_an_environment_whose_python_is_gone_is_made_again(machine: Machine) -> None:
    machine.run("guixue", "today")
    python = machine.project / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python")
    (machine.project / ".venv" / "pyvenv.cfg").touch()
    assert machine.run("guixue", "today").stdout == "guixue today\n"
    assert len(machine.called("-m venv")) == 2


def test_missing_packages_are_named_and_the_command_goes_on_without_root(machine: Machine) -> None:
    machine.install(listed() - {"libegl1", "fonts-noto-cjk"})
    done = machine.run("run", "papers")
    assert done.returncode == 0
    assert done.stderr.splitlines()[1].endswith("请让管理员装好：fonts-noto-cjk libegl1")
    assert machine.called("apt-get") == []


def test_root_installs_what_is_missing_and_nothing_else(machine: Machine, tmp_path: Path) -> None:
    complete = tmp_path / "complete"
    machine.install(listed())
    shutil.copy(machine.installed, complete)
    machine.install(listed() - {"xvfb", "libegl1"})
    done = machine.run("test", USER_ID="0", APT_DOES=str(complete))
    assert "没有装上" not in done.stderr
    assert machine.called("apt-get")[-1].endswith("install -y --no-install-recommends libegl1 xvfb")


def test_a_renamed_library_that_provides_the_old_name_counts_as_installed(machine: Machine) -> None:
    machine.install(listed() - {"libglib2.0-0"})
    with machine.installed.open("a", encoding="utf-8") as file:
        file.write("installed libglib2.0-0t64, libglib2.0-0 (= 2.84), libgio\n")
    machine.run("run")
    assert machine.called("apt-get") == []
    assert "libglib2.0-0" not in machine.run("run").stderr


def test_the_program_alone_does_not_ask_for_what_only_the_tests_need(machine: Machine) -> None:
    machine.install(listed("runtime"))
    assert "libreoffice" not in machine.run("guixue", "today").stderr


def test_test_names_every_step_and_returns_the_first_failure(machine: Machine) -> None:
    done = machine.run("test", "tests/app", MYPY_CODE="2", PYTEST_CODE="1")
    assert re.findall(r"^== (.+?): ", done.stdout, re.M) == [
        "ruff check",
        "ruff format",
        "mypy",
        "lint-imports",
        "pytest",
    ]
    assert done.returncode == 2
    assert machine.called("-m pytest") == [f"-m pytest -n auto tests/app|{machine.project}|{machine.project}"]


def test_test_succeeds_when_every_step_does(machine: Machine) -> None:
    assert machine.run("test").returncode == 0


@pytest.mark.parametrize("screen", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_run_opens_the_window_on_the_demo_school(machine: Machine, screen: str) -> None:
    assert machine.run("run", **{screen: ":0"}).stdout == "guixue demo --window\n"


def test_without_a_screen_run_says_so_and_makes_papers_and_pictures(machine: Machine) -> None:
    place = f"{machine.project}/build/demo"
    assert machine.run("run").stdout.splitlines() == [
        f"这里没有屏幕，打不开窗口；文书和窗口的截图放在 {place}。",
        f"guixue demo --out {place}",
        f"screens {place}/screens on offscreen",
    ]


def test_run_into_a_folder_makes_papers_and_pictures_there_with_a_screen_too(machine: Machine) -> None:
    done = machine.run("run", "演示 文书", DISPLAY=":0")
    assert done.stdout.splitlines() == [
        "guixue demo --out 演示 文书",
        "screens 演示 文书/screens on offscreen",
    ]


@pytest.mark.parametrize("folder", [None, "图"])
def test_screens_writes_pictures_of_every_page(machine: Machine, folder: str | None) -> None:
    done = machine.run("screens", *([folder] if folder else []))
    place = folder or f"{machine.project}/tests/ui/screens"
    assert done.stdout == f"screens {place} on offscreen\n"


def test_an_unknown_command_is_wrong_usage(machine: Machine) -> None:
    wrong = machine.run("screen")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "用法" in wrong.stderr
    assert machine.run().stdout.startswith("用法")
