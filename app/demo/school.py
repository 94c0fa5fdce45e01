"""The invented school: its roster as a county would send it."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

from openpyxl import Workbook

from app.domain.identity import check_digit

TODAY = date(2026, 11, 20)
"""The demo's day, a Friday in term: the same story whenever it is run."""

SCHOOL, TOWNSHIP, COUNTY = "柳河镇石桥小学", "柳河镇", "青石县"
REGIONS = ("350425", "411426", "410308")
VILLAGES = ("石桥村", "上湾村", "下湾村", "柳树坪村", "东岭村")
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高单曾"
GIVEN = [
    "建国",
    "晓燕",
    "子涵",
    "雨欣",
    "浩然",
    "梓萱",
    "志强",
    "秀英",
    "佳怡",
    "宇航",
    "思远",
    "文静",
    "明轩",
    "欣悦",
    "家豪",
    "春花",
    "海波",
    "玉兰",
    "俊杰",
    "小龙",
    "丽娟",
    "国栋",
    "诗琪",
    "天佑",
    "婷婷",
    "永康",
    "若曦",
    "金凤",
    "少华",
    "冬梅",
]
HEADERS = (
    "学校名称", "年级", "班级", "姓名", "性别", "出生日期", "身份证件号", "民族", "现住址", "所在村",
    "联系电话", "是否留守儿童", "成员1姓名", "成员1关系", "成员1联系电话", "是否低保",
)  # fmt: skip
GRADES = "一二三四五六"
CLASS_SIZE = 18


def write_roster(path: Path) -> int:
    """Write the roster workbook to `path`, title row and all; returns how many children are in it."""
    random = Random(20260901)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "学生名册"
    sheet.append([f"{COUNTY}{SCHOOL}2026年秋季学生名册"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADERS))
    sheet.append(HEADERS)
    names: set[str] = set()
    for grade in range(1, 7):
        for number in range(CLASS_SIZE):
            sheet.append(_child(random, grade, number, names))
    book.save(path)
    return CLASS_SIZE * 6


def _child(random: Random, grade: int, number: int, names: set[str]) -> list[str]:
    name = _name(random, names)
    girl = random.random() < 0.5
    birth = date(2026 - 6 - grade, 9, 1) + timedelta(days=random.randrange(365))
    sequence = 2 * random.randrange(100, 499) + (0 if girl else 1)
    body = f"{REGIONS[number % len(REGIONS)]}{birth:%Y%m%d}{sequence:03d}"
    village = random.choice(VILLAGES)
    parent = name[0] + random.choice("强伟军勇平刚明华")
    phone = f"1390000{random.randrange(10000):04d}"
    return [
        SCHOOL,
        f"{GRADES[grade - 1]}年级",
        "1班",
        name,
        "女" if girl else "男",
        birth.isoformat(),
        body + check_digit(body),
        "汉族",
        f"{COUNTY}{TOWNSHIP}{village}{random.randrange(1, 9)}组",
        village,
        phone,
        random.choice(("非留守儿童", "非留守儿童", "单亲留守儿童", "双亲留守儿童")),
        parent,
        "父亲",
        phone,
        random.choice(("否", "否", "否", "是")),
    ]


def _name(random: Random, taken: set[str]) -> str:
    while True:
        name = random.choice(SURNAMES) + random.choice(GIVEN)
        if name not in taken:
            taken.add(name)
            return name
