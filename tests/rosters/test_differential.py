"""The roster's own row validator against the models' full_clean(): it is a hundred times as quick and must not be laxer."""

import io
import random

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from bench import county
from rosters import importer
from talent.models import Appointment, Education, Person
from talent.roster_apply.words import day
from tests import factories
from tests.rosters.workbooks import delimited

pytestmark = pytest.mark.django_db

ROWS = 10_000
# What a clerk, a spreadsheet or a copy from elsewhere makes of a cell, by header. None empties it; a function changes it.
ANY = (
    None,
    "",
    " ",
    "无",
    "/",
    "清空",
    "0",
    "-1",
    "#N/A",
    "\u200b",
    "😀",
    "'",
    "=1+1",
    "长" * 60,
    "a" * 300,
    "第一行\n第二行",
    "\t",
)
DATES = (
    "1985.6", "1985年6月", "1985-06-31", "198506", "19850612", "85.6", "1985", "2031.01", "31203", "1985.13", "00.00", "1899.01",
    "2026.12", lambda text: text.replace(".", "/"), lambda text: text + ".15",
)  # fmt: skip
MUTATIONS = {
    "姓名": (*ANY, "阿依古丽·买买提", "欧阳娜娜", "𠮷野", "王 芳", "李明（女）", "赵六 13800000000", "x" * 51, "吾" * 50),
    "性别": (*ANY, "男性", "F", "女 ", "不详", "1"),
    "民族": (*ANY, "汉", "维族", "回 族", "火星族", "乌孜别克族"),
    "出生年月": (*ANY, *DATES),
    "身份证号码": (
        *ANY, lambda text: text[:17], lambda text: text + "0", lambda text: text[:6] + "19851301" + text[14:],
        lambda text: text[:16] + text[17] + text[16], lambda text: f"{text[:6]} {text[6:14]} {text[14:]}",
        lambda text: text.lower(), "123456789012345", "3.50723E+17", "35072319850631001X",
    ),
    "政治面貌": (*ANY, "党员", "预备党员", "团员", "民盟盟员", "群众", "无党派"),
    "入党时间": (*ANY, *DATES, "1950.01"),
    "全日制学历": (*ANY, "大学本科", "博士", "肄业", "研究生"),
    "在职学历": (*ANY, "中专", "函授", "小学"),
    "党组织职务": (*ANY, "书记", "副书记、组织委员", "第一书记", "联络员", "委员"),
    "村委会职务": (*ANY, "主任", "副主任", "妇女主任", "委员、文书"),
    "监委会职务": (*ANY, "主任", "委员"),
    "任现职时间": (*ANY, *DATES),
    "联系电话": (*ANY, "0599-7921234", "138 0000 1111", "+8613800001111", "1380000111", "13800001111、13900001111", "12345678901"),
    "行政村": (*ANY, "无此村", lambda text: text.removesuffix("村"), lambda text: text + "委会"),
    "备注": (*ANY, "备注" * 500),
}  # fmt: skip
# What the validator refuses and no model can: the cell gave no value, or it is about other rows or other villages.
DIFFERENCES = {
    "bad_date": "看不出的日期没有值，模型里是空",
    "id_rounded": "被改成 0 的号码不保留",
    "missing_id": "身份证号在模型里可以为空（村里先有名字后补号）",
    "unknown_sex": "没有值", "unknown_ethnicity": "没有值", "unknown_education": "没有值", "unknown_political_status": "没有值",
    "unknown_post": "没有值", "unknown_yes_no": "没有值", "bad_number": "只比对，不入库",
    "unknown_village": "没有村可写", "unknown_township": "没有村可写", "ambiguous_village": "没有村可写",
    "missing_field:village": "没有村可写", "missing_field:posts": "没有任职可写",
    "duplicate_in_file": "看别的行", "secretary_twice": "看别的行", "appointment_overlap": "看别的行",
    "sent_in_post": "职务要记在驻村名册里",
}  # fmt: skip


def mutated():
    """Rows of good people, of which three in four have one or two cells changed."""
    rng = random.Random(20261124)
    villages, lines = county.people(ROWS, rng)
    for line in lines:
        for header in rng.sample(list(MUTATIONS), rng.choice((0, 1, 1, 2))):
            place = county.HEADER.index(header)
            change = rng.choice(MUTATIONS[header])
            line[place] = change(line[place]) if callable(change) else change
    return villages, lines


@pytest.fixture(scope="module")
def imported(django_db_setup, django_db_blocker):
    """The rows after reading and committing them, through the importer; taken back after the module's tests."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        villages, lines = mutated()
        yield _import(county.divisions(villages), delimited([county.HEADER, *lines]))
        transaction.set_rollback(True)


def _import(divisions, content):
    call_command("load_divisions", _file(divisions), county_name=county.COUNTY_NAME, stdout=io.StringIO())
    staff = factories.user("county_staff", county.COUNTY)
    upload = importer.upload(by=staff, kind="committee", filename="a.csv", content=content, as_of=county.AS_OF)
    assert importer.confirm(upload, by=staff).state == "done"  # so the database's own constraints have no objection
    return list(upload.rows.all())


def _file(text):
    import tempfile

    with tempfile.NamedTemporaryFile("w", suffix=".csv", delete=False, encoding="utf-8") as file:
        file.write(text)
    return file.name


def refusal(instance, validate_constraints=False):
    """What full_clean() says of an instance, or None. Of kept rows the database itself has judged keys and constraints."""
    keys = {field.name for field in instance._meta.concrete_fields if field.is_relation}
    try:
        instance.full_clean(exclude=keys, validate_unique=False, validate_constraints=validate_constraints)
    except ValidationError as error:
        return error.message_dict
    return None


def as_typed(row):
    """The instances that a form would make of a refused row's values."""
    values = row.values
    texts = {name: values.get(name) or "" for name in ("name", "sex", "ethnicity", "political_status", "remarks")}
    joined = values.get("party_joined")
    person = Person(
        pk=-1,
        id_number=values.get("id_number"),
        party_joined=day(joined) if joined else None,
        village_id=row.village_code,
        **texts,
    )
    start = day(values["start_date"]) if values.get("start_date") else county.AS_OF
    posts = values.get("posts") or ()
    return [
        person,
        *(Appointment(person=person, village_id=row.village_code, post=post, start=start) for post in posts),
    ]


def errors_of(row):
    return {problem["code"] for problem in row.problems if problem["level"] == "error"}


def test_mutations_reach_both_sides(imported):
    refused = [row for row in imported if row.outcome == "error"]

    assert len(imported) == ROWS
    assert ROWS * 0.2 < len(refused) < ROWS * 0.8


def test_what_the_validator_accepts_full_clean_accepts(imported):
    kept = [*Person.objects.all(), *Education.objects.all(), *Appointment.objects.select_related("person")]

    laxer = {str(found) for instance in kept if (found := refusal(instance))}

    assert laxer == set()


def test_what_the_validator_refuses_full_clean_refuses(imported):
    refused = [
        (row, codes) for row in imported if len(codes := errors_of(row)) == 1 and not codes <= DIFFERENCES.keys()
    ]

    stricter = {
        code
        for row, (code,) in refused
        if not any(refusal(instance, validate_constraints=True) for instance in as_typed(row))
    }

    assert stricter == set()
