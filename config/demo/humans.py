"""Invented people: names by combining, valid ID numbers of a region that does not exist, numbered phones."""

import datetime

from core.identity import id_check_digit
from talent.models import Education, EducationLevel, EducationMode, Person, PoliticalStatus

REGION = "990121"
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金贾韦夏付方邹熊白孟秦邱江尹薛闫段雷侯龙史陶贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
MEN = (("建", "志", "国", "德", "文", "永", "家", "正", "光", "振", "世", "春", "宗", "昌", "立", "海", "云", "俊", "子", "宇"),
       ("强", "军", "华", "明", "林", "辉", "平", "涛", "勇", "斌", "峰", "兴", "贵", "福", "生", "波", "鹏", "杰", "轩", "成"))  # fmt: skip
WOMEN = (("秀", "玉", "丽", "桂", "美", "晓", "雅", "淑", "春", "月", "金", "慧", "爱", "素", "雨", "思", "佳", "红", "巧", "凤"),
         ("英", "兰", "芳", "娟", "霞", "梅", "珍", "燕", "萍", "琴", "华", "莲", "静", "婷", "敏", "香", "云", "颖", "琳", "欣"))  # fmt: skip
# Names with the minority-name dot (U+00B7), their ethnicity and sex.
DOTTED = (("阿依古丽", "艾合买提", "维吾尔族", "female"), ("买买提", "吐尔逊", "维吾尔族", "male"), ("叶尔兰", "哈布都拉", "哈萨克族", "male"),
          ("古丽娜尔", "玉山江", "维吾尔族", "female"), ("扎西", "多吉", "藏族", "male"), ("其美", "卓玛", "藏族", "female"))  # fmt: skip
ETHNICITIES = ("汉族",) * 90 + ("畲族",) * 4 + ("回族", "土家族", "苗族", "满族", "壮族", "侗族")
RARE_NAME = "陈𬭎"  # U+2CB4E, in 通用规范汉字表 but outside the 16-bit plane: four bytes in UTF-8
COLLEGES = ("示例农业大学", "示例职业技术学院", "示例师范学院", "示例广播电视大学")
MAJORS = ("农业经济管理", "行政管理", "现代农业技术", "会计", "法律事务", "电子商务", "园艺技术", "社会工作")
LOW = ("junior_middle", "senior_middle", "senior_middle", "secondary_vocational")
HIGH = ("junior_college", "junior_college", "junior_college", "bachelor")
RANKED = ("junior_middle", "senior_middle", "secondary_vocational", "junior_college", "bachelor", "master")
FINISHED_AT = dict(zip(RANKED, (16, 19, 19, 22, 23, 26), strict=True))
DOTTED_EVERY, RARE_AT = 67, 300  # every 67th person has a dotted name; the 300th has the rare character


class Humans:
    """Draws unsaved people; `educations` collects their schooling until it is saved with them."""

    def __init__(self, rng):
        self.rng = rng
        self.drawn = 0
        self.names, self.numbers = set(), set()
        self.educations = []

    def draw(self, village, *, born, sex=None, member=True, level=None, joined_by=None, with_id=True):
        """A person of the village born in the years `born` (first, last); `level` is the schooling completed.

        A party member has joined by `joined_by` at the latest."""
        self.drawn += 1
        sex = sex or self.rng.choice(("male", "male", "female"))
        birth = datetime.date(self.rng.randint(*born), 1, 1) + datetime.timedelta(days=self.rng.randrange(365))
        name, ethnicity = self._name(sex)
        number = self._id_number(birth, sex)
        person = Person(
            name=name, id_number=number if with_id else None, sex=sex, birth_date=birth, ethnicity=ethnicity,
            native_place="示例省清源县", phone=f"19900{self.drawn:06d}", village=village,
            political_status=self._status(birth, member), work_started=birth.replace(year=birth.year + 20, day=1),
        )  # fmt: skip
        if person.political_status == PoliticalStatus.PARTY_MEMBER:
            person.party_joined = self._joined(birth, joined_by or datetime.date(2018, 7, 1))
        self._school(person, level or self.rng.choice(LOW))
        return person

    def take_educations(self):
        """The schooling of the people drawn since the last call; they must be saved by now."""
        taken, self.educations = self.educations, []
        for education in taken:
            education.person_id = education.person.pk
        return taken

    def _name(self, sex):
        if self.drawn % DOTTED_EVERY == 0:
            given, family, ethnicity, _ = self.rng.choice([row for row in DOTTED if row[3] == sex])
            return f"{given}·{family}", ethnicity
        if self.drawn == RARE_AT:
            return RARE_NAME, "汉族"
        while True:
            first, second = MEN if sex == "male" else WOMEN
            given = (
                self.rng.choice(second)
                if self.rng.random() < 0.15
                else self.rng.choice(first) + self.rng.choice(second)
            )
            name = self.rng.choice(SURNAMES) + given
            if name not in self.names:
                self.names.add(name)
                return name, self.rng.choice(ETHNICITIES)

    def _id_number(self, birth, sex):
        while True:
            serial = self.rng.randrange(10, 500) * 2 + (sex == "male")
            body = f"{REGION}{birth:%Y%m%d}{serial:03d}"
            if body not in self.numbers:
                self.numbers.add(body)
                return body + id_check_digit(body)

    def _status(self, birth, member):
        if member:
            return PoliticalStatus.PARTY_MEMBER
        return PoliticalStatus.YOUTH_LEAGUE if birth.year >= 1998 else PoliticalStatus.MASSES

    def _joined(self, birth, latest):
        """A 1 July or so between the age of 19 and `latest`."""
        first = birth.year + 20
        year = self.rng.randint(first, max(first, min(birth.year + 34, latest.year - 1)))
        return datetime.date(year, self.rng.choice((6, 7, 11, 12)), 1)

    def _school(self, person, level):
        done = datetime.date(person.birth_date.year + FINISHED_AT[level], 7, 1)
        college = RANKED.index(level) >= RANKED.index("junior_college")
        self.educations.append(
            Education(
                person=person, level=EducationLevel(level), graduated_on=done,
                mode=EducationMode.FULL_TIME if college else EducationMode.UNSPECIFIED,
                school=self.rng.choice(COLLEGES) if college else "清源县第一中学",
                major=self.rng.choice(MAJORS) if college else "",
            )
        )  # fmt: skip
