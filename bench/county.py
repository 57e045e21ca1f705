"""An invented county of any size and rosters of its invented cadres: the same rows for every way that is measured."""

import csv
import datetime
import io
import random
from dataclasses import dataclass

from openpyxl import Workbook

from core.identity import id_check_digit

COUNTY, COUNTY_NAME = "990101", "试验县"
VILLAGES_A_TOWNSHIP = 11
PEOPLE_A_VILLAGE = 6  # 86 villages and 500 rows, as in a small county
BAD_SHARE = 0.02
AS_OF = datetime.date(2026, 11, 22)
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔钟谭陆汪范金石廖"
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文志海山春生福荣宝德忠诚学礼义仁光辉东升宏斌峰林森松柏青云龙虎凤鹏飞翔"
    "雪梅菊竹莲荷燕莺晓晨晖阳星月亮清江河湖波浪淑贞惠慧巧灵彩虹锦绣珍珠金银铜铁钢安康宁顺利昌盛兴旺发达富贵长寿永恒新民爱党友邦"
)
PLACES = "东西南北上下大小新老前后高低长方圆白黑青红"
GROUNDS = "山河湖溪坪洲坑岭源洋坂墩垅塘桥井坡林湾潭"
HEADER = (
    "序号", "乡镇", "行政村", "姓名", "性别", "民族", "出生年月", "年龄", "身份证号码", "政治面貌", "入党时间", "全日制学历", "在职学历",
    "党组织职务", "村委会职务", "监委会职务", "任现职时间", "是否一肩挑", "联系电话", "备注",
)  # fmt: skip
# By place in the village: posts in the three bodies.
SEATS = (
    ("党支部书记", "主任", ""), ("副书记", "", ""), ("委员", "副主任", ""), ("委员", "委员", ""), ("", "委员", ""), ("", "", "主任"),
)  # fmt: skip
LEVELS = ("初中", "高中", "中专", "大专", "本科")
AGE, BIRTH, ID, POLITICAL, VILLAGE, SEX, NAME, PARTY, STARTED = 7, 6, 8, 9, 2, 4, 3, 13, 16


@dataclass(frozen=True)
class Roster:
    """A file with `rows` people, of which `bad` cannot be imported, and the county it belongs to as a CSV."""

    rows: int
    bad: int
    content: bytes
    divisions: str


def roster(rows, first=None):
    """The workbook of that many people, or only of the first of them; the same for the same number."""
    rng = random.Random(rows)
    villages, lines = people(rows, rng)
    bad = rng.sample(range(rows), int(rows * BAD_SHARE))
    for place, number in enumerate(bad):
        SPOILED[place % len(SPOILED)](lines[number])
    return Roster(rows, len(bad), _workbook(lines[:first]), divisions(villages))


def people(rows, rng):
    """(the villages, the rows of good people in the order of HEADER) of an invented county."""
    villages = list(_villages(-(-rows // PEOPLE_A_VILLAGE), rng))
    return villages, [_person(number, villages, rng) for number in range(rows)]


def _villages(count, rng):
    """(township code, township, village code, village): names repeat in the county, not in a township."""
    names = [f"{first}{ground}" for first in PLACES for ground in GROUNDS]
    for township in range(-(-count // VILLAGES_A_TOWNSHIP)):
        name = f"{names[township % len(names)]}{GROUNDS[township // len(names)] if township >= len(names) else ''}镇"
        code = f"{COUNTY}{township + 100:03}"
        here = rng.sample(names, VILLAGES_A_TOWNSHIP)
        for number in range(min(VILLAGES_A_TOWNSHIP, count - township * VILLAGES_A_TOWNSHIP)):
            yield code, name, f"{code}{number + 201:03}", f"{here[number]}村"


def _person(number, villages, rng):
    _, township, _, village = villages[number // PEOPLE_A_VILLAGE]
    seat = number % PEOPLE_A_VILLAGE
    born = datetime.date(1967, 6, 1) + datetime.timedelta(days=rng.randrange(11_000))
    body = f"{COUNTY}{born:%Y%m%d}{number % 1000:03}"
    joined = born + datetime.timedelta(days=365 * rng.randrange(20, 28))
    is_member = seat == 0 or rng.random() < 0.7
    started = datetime.date(2021, rng.randrange(1, 13), 1)
    age = AS_OF.year - born.year - ((AS_OF.month, AS_OF.day) < (born.month, born.day))
    level = rng.randrange(len(LEVELS))
    return [
        number + 1, township, village, "".join([rng.choice(SURNAMES), *rng.choices(GIVEN, k=rng.choice((1, 2, 2, 2)))]),
        "男" if number % 2 else "女", rng.choice(("汉族", "汉", "汉族", "畲族")), f"{born:%Y.%m}", age,
        body + id_check_digit(body), "中共党员" if is_member else "群众", f"{joined:%Y.%m}" if is_member else "",
        LEVELS[level], LEVELS[max(level, 3)] if rng.random() < 0.3 else "", *SEATS[seat], f"{started:%Y.%m}",
        "是" if seat == 0 else "否", f"13{rng.randrange(10**9):09}", "致富带头人" if rng.random() < 0.1 else "无",
    ]  # fmt: skip


def _change(place, value):
    def change(line):
        line[place] = value

    return change


def _wrong_digit(line):
    line[ID] = line[ID][:17] + ("1" if line[ID][17] != "1" else "2")


def _other_sex(line):
    line[SEX] = "女" if line[SEX] == "男" else "男"


# What is wrong with two rows of a hundred: one of these in turn.
SPOILED = (
    _wrong_digit, _other_sex, _change(VILLAGE, "无此村"), _change(NAME, ""), _change(POLITICAL, "党员群众"), _change(BIRTH, "1985.13"),
    _change(PARTY, "委员长"), _change(ID, "12345"),
)  # fmt: skip


def _workbook(lines):
    book = Workbook(write_only=True)
    sheet = book.create_sheet("村两委")
    sheet.append(list(HEADER))
    for line in lines:
        sheet.append([None if value == "" else value for value in line])
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def divisions(villages):
    """The CSV that load_divisions takes."""
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(["township_code", "township", "village_code", "village", "kind"])
    for code, township, village_code, village in villages:
        writer.writerow([code, township, village_code, village, "村"])
    return output.getvalue()
