"""Ways to the key: password, recovery code, and the file they lie in."""

import json
from pathlib import Path

import pytest

from app.errors import EnvironmentProblem, UserError
from app.store.keys import KeySlots, new_key, new_slots
from app.store.recovery_code import new_code
from tests.app.store.conftest import SHIPPED_COST


def test_password_and_recovery_code_both_lead_to_the_key(tmp_path: Path) -> None:
    key, code, file = new_key(), new_code(), tmp_path / "keyslots.json"
    new_slots().with_password("密码甲", key).with_recovery_code(code, key).save(file)
    slots = KeySlots.load(file)
    assert slots.by_password("密码甲") == slots.by_recovery_code(code.lower()) == key
    assert key.hex() not in file.read_text()


def test_a_wrong_password_is_one_sentence_with_a_way_out() -> None:
    with pytest.raises(UserError, match=r"密码不对.*恢复码"):
        new_slots().with_password("密码甲", new_key()).by_password("密码乙")


def test_another_folders_code_is_told_apart_from_a_slip() -> None:
    slots, other = new_slots().with_recovery_code(new_code(), new_key()), new_code()
    with pytest.raises(UserError, match="不是这个数据文件夹"):
        slots.by_recovery_code(other)
    with pytest.raises(UserError, match="输错"):
        slots.by_recovery_code(other[:-1] + ("0" if other[-1] != "0" else "2"))


def test_a_new_password_takes_the_place_of_the_old_one() -> None:
    key = new_key()
    slots = new_slots().with_password("密码甲", key).with_password("密码乙", key)
    assert slots.by_password("密码乙") == key
    with pytest.raises(UserError):
        slots.by_password("密码甲")


def test_the_same_letter_typed_as_other_code_points_opens_too() -> None:
    key = new_key()
    assert new_slots().with_password("café", key).by_password("cafe\u0301") == key


@pytest.mark.parametrize("empty", ["", "   "])
def test_an_empty_password_is_refused(empty: str) -> None:
    with pytest.raises(UserError, match="不能为空"):
        new_slots().with_password(empty, new_key())


def test_missing_key_slots_are_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="缺少密钥文件"):
        KeySlots.load(tmp_path / "keyslots.json")


@pytest.mark.parametrize(
    "damage",
    [
        {"memory": 2**40},
        {"ops": 0},
        {"box": "AAAA"},
        {"salt": "不是"},
        {"ops": "3"},
        {"extra": 1},
    ],
)
def test_damaged_key_slots_are_told_before_anything_is_derived(
    tmp_path: Path, damage: dict[str, object]
) -> None:
    file = tmp_path / "keyslots.json"
    new_slots().with_password("密码甲", new_key()).save(file)
    content = json.loads(file.read_text())
    content["slots"][0] |= damage
    file.write_text(json.dumps(content))
    with pytest.raises(EnvironmentProblem, match=r"keyslots\.json 已损坏"):
        KeySlots.load(file)


def test_half_a_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "keyslots.json"
    new_slots().with_password("密码甲", new_key()).save(file)
    file.write_bytes(file.read_bytes()[:40])
    with pytest.raises(EnvironmentProblem, match="已损坏"):
        KeySlots.load(file)


def test_the_shipped_cost_is_three_passes_over_64_mib() -> None:
    assert SHIPPED_COST == (3, 64 * 1024 * 1024)
