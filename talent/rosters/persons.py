"""Columns and checks that all rosters of people share."""

from core.identity import id_birth, id_problem, id_sex
from rosters.cleaning import date, ethnicity, free_text, id_number, name, number, phone, sex, yes_no
from rosters.cleaning.dates import later_than, same_date
from rosters.problems import hint, problem
from rosters.spec import Column
from talent.rosters import deriving
from talent.rosters.vocabulary import education, political_status

NAME = Column(
    "name", "姓名", name,
    ("姓名", "名字", "干部姓名", "真实姓名", "村干部姓名", "学员姓名", "成员姓名", "人员姓名", "本人姓名", "队员姓名",
     "任职人员姓名", "任职人员", "人名", "两委成员姓名", "后备干部姓名", "人才姓名", "驻村干部姓名", "姓名全称"),
    path="person__name", by_values_alone="内容多为姓名",
)  # fmt: skip
SEX = Column("sex", "性别", sex, ("性别",), path="person__sex", by_values_alone="内容多为男、女")
ETHNICITY = Column(
    "ethnicity", "民族", ethnicity, ("民族", "族别", "民族成份", "民族成分"), path="person__ethnicity",
    by_values_alone="内容多为民族名称",
)  # fmt: skip
BIRTH_DATE = Column(
    "birth_date", "出生年月", date,
    ("出生年月", "出生日期", "出生年月日", "生日", "出生时间", "出生", "生年月", "出生年份月份", "出生年、月", "生年月日"),
    path="person__birth_date", pattern="^(?!.*(地|子女|年份$)).*(出生|生日|生辰).{0,8}$",
)  # fmt: skip
ID_NUMBER = Column(
    "id_number", "身份证号", id_number,
    ("身份证号", "身份证号码", "身份证", "公民身份号码", "公民身份证号码", "公民身份证号", "证件号", "证件号码",
     "居民身份证号", "居民身份证号码", "居民身份证", "身份号码", "有效身份证号", "有效证件号码", "本人身份证号", "身份证件号码"),
    path="person__id_number", pattern="身份证|公民身份|证件号", by_values_alone="18 位数字，多为身份证号",
)  # fmt: skip
PHONE = Column(
    "phone", "联系电话", phone,
    ("联系电话", "联系方式", "手机号", "手机号码", "电话", "联系手机", "手机", "电话号码", "移动电话", "联系号码",
     "本人电话", "手机电话", "联系电话手机", "电话手机", "本人联系电话", "本人手机", "本人手机号码"),
    path="person__phone", pattern="^(?!.*(办公|家庭|单位|短号)).*(手机|电话|联系方式|联络方式)", by_values_alone="11 位数字，多为手机号",
)  # fmt: skip
POLITICAL = Column(
    "political_status", "政治面貌", political_status, ("政治面貌", "政治面目", "党派", "面貌", "政治身份"),
    path="person__political_status", by_values_alone="内容多为政治面貌",
)  # fmt: skip
IS_PARTY_MEMBER = Column(
    "is_party_member", "是否党员", yes_no,
    ("是否党员", "是否中共党员", "是否是党员", "是否为党员", "是否为中共党员", "党员", "中共党员", "党员否", "是不是党员"),
    yields_to="political_status", by_values=True, derive=deriving.is_party_member,
)  # fmt: skip
EDUCATION_SPELLINGS = (
    "学历", "文化程度", "最高学历", "教育程度", "现学历", "文化", "学历层次", "文化水平", "受教育程度", "现有学历",
    "学历情况", "最高学历情况",
)  # fmt: skip
EDUCATION = Column(
    "education", "学历", education, EDUCATION_SPELLINGS, path="person__education", by_values_alone="内容多为学历",
)  # fmt: skip
REMARKS = Column(
    "remarks", "备注", free_text, ("备注", "备注说明", "说明", "其他", "其他说明", "备注栏"), path="person__remarks",
)  # fmt: skip
AGE = Column(
    "age",
    "年龄",
    number("岁"),
    ("年龄", "周岁", "现年龄", "实际年龄", "年龄周岁"),
    compared_only=True,
    derive=deriving.age,
)
# The columns of a person's own file: every roster of people and the REST door have them. A text column whose `path`
# is person__<its field> is compared, written, exported and taken by REST without another line.
FILE_COLUMNS = (NAME, SEX, ETHNICITY, BIRTH_DATE, POLITICAL, ID_NUMBER, EDUCATION, PHONE, REMARKS)


def valid_id(values):
    """The row's ID number when it is a valid one, else None."""
    number = values.get("id_number")
    return number if number and id_problem(number) is None else None


def check_person(values, fields, context):
    """Sex and birth date against the ID number; an empty ethnicity."""
    found = []
    number = valid_id(values)
    if number:
        if values.get("sex") and values["sex"] != id_sex(number):
            found.append(
                problem("sex", "sex_mismatch", "与身份证号第 17 位不一致（单数为男，双数为女），请核对性别和身份证号")
            )
        birth = id_birth(number).isoformat()
        typed = values.get("birth_date")
        if typed and not same_date(typed, birth):
            # The day is not told: it is part of the number, and messages are kept in clear.
            its = birth[:7].replace("-", ".") if typed[:7] != birth[:7] else "出生日"
            message = f"所填 {typed.replace('-', '.')} 与身份证上的 {its} 不一致；如档案认定如此可不改"
            found.append(problem("birth_date", "birth_mismatch", message))
        joined = values.get("party_joined")
        if joined and not later_than(joined, id_birth(number)):
            found.append(
                problem(
                    "party_joined",
                    "joined_before_birth",
                    f"所填 {joined.replace('-', '.')} 早于身份证上的出生日期，请核对入党时间",
                )
            )
    if "ethnicity" in fields and values.get("ethnicity") is None:
        found.append(problem("ethnicity", "ethnicity_missing", "民族没有填，请补上，如汉族"))
    return found


def age_at(number, on):
    birth = id_birth(number)
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def identity_keys(values, fields, context):
    """Same ID number; where the table has no such column, same name in the same village."""
    if "id_number" in fields:
        number = valid_id(values)
        return [("id", number)] if number else []
    if values.get("name"):
        return [("name", values["name"], values.get("township"), values.get("village"))]
    return []


def age_hints(rows, context):
    """A typed age that no date of the last two years explains."""
    found = {}
    for index, row in enumerate(rows):
        age = row.compared.get("age")
        number = None if age is None else valid_id(row.values)
        if number is None:
            continue
        computed = age_at(number, context.as_of)
        if not computed - 2 <= age <= computed + 1:
            found[index] = [
                hint("age", "age_differs", f"表中年龄 {age}，按身份证为 {computed} 周岁（系统自动计算，不用填）")
            ]
    return found


def start_in_future(values, field, context):
    typed = values.get(field)
    if typed and later_than(typed, context.as_of):
        return [problem(field, "start_in_future", f"{typed} 晚于数据日期（{context.as_of.isoformat()}），请核对年份")]
    return []
