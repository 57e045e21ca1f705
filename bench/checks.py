"""What django-import-export and DRF are given to do the same as the roster engine: its own cleaning, its own rules."""

import datetime

from bench.county import AS_OF
from core.fields import digest
from core.identity import id_problem, id_sex
from rosters import cleaning
from rosters.cleaning.dates import later_than
from talent.models import Appointment, Education, EducationLevel, Person
from talent.rosters.posts import posts_kind
from talent.rosters.vocabulary import RANK, education, political_status

# {attribute of Person: (header, kind)}
PERSON = {
    "name": ("姓名", cleaning.name),
    "sex": ("性别", cleaning.sex),
    "ethnicity": ("民族", cleaning.ethnicity),
    "id_number": ("身份证号码", cleaning.id_number),
    "political_status": ("政治面貌", political_status),
    "party_joined": ("入党时间", cleaning.date),
    "phone": ("联系电话", cleaning.phone),
    "remarks": ("备注", cleaning.free_text),
}
POSTS = {
    "党组织职务": posts_kind("party"),
    "村委会职务": posts_kind("village_committee"),
    "监委会职务": posts_kind("supervision"),
}
LEVELS = {"全日制学历": "full_time", "在职学历": "on_job"}
TEXTS = ("sex", "ethnicity", "political_status", "remarks")


_compiled = {}


def cleaner(kind):
    return _compiled.setdefault(id(kind), kind.compile(""))


def value_of(kind, raw):
    """The value of a cell; raises ValueError with the problem's message."""
    value, found = cleaner(kind)(raw)
    if found:
        raise ValueError(found.message)
    if kind is cleaning.date and value is not None:
        return datetime.date.fromisoformat(value if len(value) == 10 else f"{value}-01")
    return value


def role_of(row):
    """(posts, start, {mode: level}, birth) of a row; raises ValueError."""
    posts = sorted({post for header, kind in POSTS.items() for post in value_of(kind, row[header])}, key=RANK.get)
    levels = {mode: level for header, mode in LEVELS.items() if (level := value_of(education, row[header]))}
    start = value_of(cleaning.date, row["任现职时间"])
    birth, found = cleaner(cleaning.date)(row["出生年月"])
    if found:
        raise ValueError(found.message)
    if not posts or start is None:
        raise ValueError("没有填职务或任现职时间")
    if later_than(start.isoformat(), AS_OF):
        raise ValueError("任现职时间晚于数据日期")
    return posts, start, levels, birth


def check(person, posts, seen):
    """The rules over a person's cells; `seen` are the digests of the rows above. Raises ValueError."""
    if not person.get("name") or not person.get("id_number"):
        raise ValueError("姓名或身份证号没有填")
    if id_problem(person["id_number"]):
        raise ValueError("身份证号有误")
    if person.get("sex") and person["sex"] != id_sex(person["id_number"]):
        raise ValueError("性别与身份证号不一致")
    if "party_secretary" in posts and person.get("political_status") not in (None, "", "party_member"):
        raise ValueError("党组织书记须是中共正式党员")
    key = digest(person["id_number"])
    if key in seen:
        raise ValueError("与前面的行重复")
    seen.add(key)


def roles(person, posts, start, levels):
    """The unsaved appointments and levels of a person."""
    appointments = [Appointment(person=person, village_id=person.village_id, post=post, start=start) for post in posts]
    ranks = {level.value: level.rank for level in EducationLevel}
    educations = [Education(person=person, level=level, mode=mode, rank=ranks[level]) for mode, level in levels.items()]
    return appointments, educations


def new_person(values, village_code):
    person = Person(
        village_id=village_code, **{key: value or "" if key in TEXTS else value for key, value in values.items()}
    )
    person.take_from_id()
    return person
