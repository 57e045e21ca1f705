"""村“两委”干部花名册."""

from rosters.cleaning import date, yes_no
from rosters.problems import hint, problem
from rosters.spec import Column, Roster, register
from talent import roster_apply, roster_export
from talent.models.appointment import POSTS_OF, Committee
from talent.roster_apply import absent
from talent.rosters import deriving, explaining, persons
from talent.rosters.posts import BODY, POST_COLUMNS, UNIT_AND_POSTS, combine_posts, is_sent, post_said
from talent.rosters.vocabulary import EDUCATION_ORDER, background, body_said, education
from villages.rosters import TOWNSHIP, VILLAGE

RETIREMENT_AGE = 60

PARTY_JOINED = Column(
    "party_joined", "入党时间", date,
    ("入党时间", "入党日期", "入党年月", "加入中共时间", "入党年月日", "何时入党", "加入党组织时间", "加入中国共产党时间",
     "加入中共日期", "党员入党时间"),
    path="person__party_joined", pattern="^(?!.*(转正|团|介绍)).*(入党|加入.{0,5}党).{0,8}$",
)  # fmt: skip
STARTS = (
    "开始",
    "起",
    "起始",
    "自",
    "开始时间",
    "起始时间",
    "开始日期",
    "起始日期",
    "起始年月",
)  # below a group: 任职时间／起
START_DATE = Column(
    "start_date", "任现职时间", date,
    ("任现职时间", "任职时间", "任职年月", "现任职务时间", "担任现职时间", "上任时间", "上任日期", "到职时间", "现任时间", "任现职务时间", "任职日期", "任现职年月",
     "现职务任职时间", "任职起始时间", "当选时间", "现任职务任职时间", "任现职日期", "担任现职务时间", "任职开始时间", "现职时间",
     "任现职起始时间", "到任时间", "就任时间", "任现职务年月", "担任职务时间", "开始任职时间"),
    groups=(("任现职", ("时间", "年月", "日期")), ("现任职务", ("时间", "任职时间", "起始时间")), ("职务", ("时间", "任职时间")),
            *((word, STARTS) for word in ("任职", "任现职", "起止"))),
    path="start", pattern="^(?!.*(首|初|村干|累计|年限|截止|离任|卸任|到期)).*(任|当选).{0,8}(时间|日期|年月|起)$",
)  # fmt: skip
FULL_TIME = Column(
    "education_full_time", "全日制学历", education,
    ("全日制教育", "全日制学历", "第一学历", "全日制", "全日制教育学历", "全日制文化程度", "国民教育学历", "初始学历", "全日制最高学历"),
    groups=(("全日制", persons.EDUCATION_SPELLINGS), ("第一学历", persons.EDUCATION_SPELLINGS)),
)  # fmt: skip
ON_JOB = Column(
    "education_on_job", "在职学历", education,
    ("在职教育", "在职学历", "在职", "在职教育学历", "继续教育学历", "在职文化程度", "在职最高学历", "非全日制学历", "非全日制教育"),
    groups=(("在职", persons.EDUCATION_SPELLINGS), ("非全日制", persons.EDUCATION_SPELLINGS)),
)  # fmt: skip
BACKGROUND = Column(
    "background", "人员来源", background,
    ("村干部来源", "任职前身份", "任前身份", "任村干部前身份", "担任村干部前身份"), path="person__background",
    unsure=("干部来源", "人员来源", "来源", "来源类别"),
)  # fmt: skip
ONE_SHOULDER = Column(
    "one_shoulder", "一肩挑", yes_no,
    ("是否一肩挑", "一肩挑", "是否主任书记一人兼", "书记主任一肩挑", "是否书记主任一肩挑", "一肩挑情况", "书记主任是否一肩挑"),
    compared_only=True, derive=deriving.one_shoulder,
)  # fmt: skip
CROSS_POSTS = Column(
    "cross_posts", "交叉任职", yes_no, ("是否交叉任职", "交叉任职", "两委交叉任职", "是否两委交叉任职", "交叉任职情况"),
    compared_only=True, derive=deriving.cross_posts,
)  # fmt: skip


def combine(values, fields):
    combine_posts(values, fields)
    levels = [values[field] for field in ("education_full_time", "education_on_job") if field in fields]
    if levels and "education" not in fields:
        values["education"] = max((level for level in levels if level), key=EDUCATION_ORDER.index, default=None)


def check(values, fields, context):
    found = persons.check_person(values, fields, context)
    found += persons.start_in_future(values, "start_date", context)
    if "party_secretary" in (values.get("posts") or ()):
        found += check_secretary(values, context)
    return found


def check_secretary(values, context):
    found = []
    status = values.get("political_status")
    if status and status != "party_member":
        found.append(
            problem(
                "political_status", "secretary_not_party_member", "党组织书记须是中共正式党员，请核对政治面貌或职务"
            )
        )
    elif values.get("is_party_member") is False:
        found.append(
            problem(
                "is_party_member", "secretary_not_party_member", "党组织书记须是中共正式党员，请核对“党员”一栏或职务"
            )
        )
    number = persons.valid_id(values)
    if number and persons.age_at(number, context.as_of) >= RETIREMENT_AGE:
        age = persons.age_at(number, context.as_of)
        found.append(problem("birth_date", "age_over", f"党组织书记按身份证已满 {age} 周岁，请核对是否仍在任"))
    return found


def same_person_and_post(values, fields, context):
    number = persons.valid_id(values)
    return [("id", number, post) for post in values.get("posts") or ()] if number else []


def hints(rows, context):
    """Typed age, 一肩挑 and 交叉任职 against what the posts of the whole file say."""
    found = persons.age_hints(rows, context)
    if not any(row.compared.keys() & {"one_shoulder", "cross_posts"} for row in rows):
        return found
    held, holders = {}, [_who(row) for row in rows]
    for holder, row in zip(holders, rows, strict=True):
        held.setdefault(holder, set()).update(row.values.get("posts") or ())
    for index, (holder, row) in enumerate(zip(holders, rows, strict=True)):
        posts = held[holder]
        for field, label, computed in (
            ("one_shoulder", "一肩挑", {"party_secretary", "village_director"} <= posts),
            ("cross_posts", "交叉任职", is_cross(posts)),
        ):
            typed = row.compared.get(field)
            if typed is not None and typed != computed:
                said, is_so = ("是", "不是") if typed else ("否", "是")
                message = f"表中填“{said}”，按本表所列职务{is_so}{label}（系统自动计算，不用填）"
                found.setdefault(index, []).append(hint(field, f"{field}_differs", message))
    return found


def _who(row):
    return (persons.valid_id(row.values) or row.values.get("name"), row.values.get("village"))


def is_cross(posts):
    """In the party organisation and in the villagers' committee at once."""
    return bool(posts & set(POSTS_OF[Committee.PARTY])) and bool(posts & set(POSTS_OF[Committee.VILLAGERS]))


def is_of_the_village(values):
    sent = is_sent(values)
    return None if sent is None else not sent


COMMITTEE = register(
    Roster(
        slug="committee",
        page="任职",
        is_main=True,
        title="村“两委”干部花名册",
        purpose="登记各村（社区）“两委”、监委会的任职：谁、在哪个村、任什么职务、从何时起。首页的“一肩挑”“交叉任职”等数字由它而来。",
        matching="先按身份证号找人，再按村和职务找任职。职务一格写的是这个人在这个村的全部职务：多写一个即新任，少写一个即不再担任；一个人可以分几行写。",
        columns=(
            TOWNSHIP, VILLAGE, *persons.FILE_COLUMNS, persons.AGE, persons.IS_PARTY_MEMBER, PARTY_JOINED, FULL_TIME, ON_JOB,
            *POST_COLUMNS, UNIT_AND_POSTS, BODY, START_DATE, BACKGROUND, ONE_SHOULDER, CROSS_POSTS,
        ),
        required=("name", "id_number", "village", "posts"),
        village_required=True,
        part_said=body_said,
        part_column="body",
        tell_place=("posts.unit", "posts"),
        combine=combine,
        check_row=check,
        identities=same_person_and_post,
        hints=hints,
        typical=is_of_the_village,
        heading=post_said,
        headed="posts",
        compare=roster_apply.compare,
        apply=roster_apply.write,
        export=roster_export.committee,
        choices=roster_export.choices,
        absence=absent.OFFICE,
        explain=explaining.explain,
        export_permission="talent.reveal_person",
        leading=("township", "village", "name", "id_number", "posts", "start_date", "education", "birth_date", "phone"),
        standard=(
            "township", "village", "name", "sex", "ethnicity", "birth_date", "political_status", "party_joined",
            "id_number", "education", "posts", "start_date", "background", "phone", "remarks",
        ),
    )
)  # fmt: skip
