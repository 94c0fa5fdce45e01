"""Children of one name get whatever tells them apart."""

from app.service.papers.namesakes import Namesake, told_apart


def known(name: str, school: str = "", class_name: str = "", no: str = "") -> Namesake:
    return Namesake(name, school, class_name, no)


def test_a_name_nobody_else_has_stays_alone() -> None:
    assert told_apart([known("张伟", "甲小学"), known("李娜", "甲小学")]) == ["张伟", "李娜"]


def test_the_school_comes_first_then_the_class_then_the_number() -> None:
    rows = [
        known("张伟", "甲小学", "一年级1班", "2026-001"),
        known("张伟", "甲小学", "二年级1班", "2026-002"),
        known("张伟", "乙小学", "一年级1班", "2026-001"),
    ]
    assert told_apart(rows) == [
        "张伟（甲小学）（一年级1班）",
        "张伟（甲小学）（二年级1班）",
        "张伟（乙小学）",
    ]
    assert told_apart([known("张伟", no="2026-001"), known("张伟", no="2026-002")]) == [
        "张伟（2026-001）",
        "张伟（2026-002）",
    ]
