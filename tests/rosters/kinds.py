"""Workbooks of any kind, made from its declaration: any of its spellings, columns in any order, titles or none."""

from collections import Counter
from dataclasses import dataclass

from hypothesis import strategies as st

from rosters import spec
from rosters.sandbox import Sheet, Workbook
from tests.rosters import layouts

VALUES = {
    "unit_level": "县", "place": "茶富村", "sex": "男", "ethnicity": "汉族", "date": "2021.03", "number": 12,
    "phone": "13912345678", "yes_no": "是", "tick": "√", "education": "大专", "political_status": "中共党员", "text": "情况良好",
    "free_text": "无异常", "source": "致富能手", "target_post": "村党支部书记", "talent_category": "生产型",
    "target_education": "专升本", "talent_class": "乡村治理人才", "sub_class": "农村法律人才", "willing": "可全职",
    "origin": "返乡", "words": "竹编、直播", "still_here": "仍在", "match_grade": "满意", "asker": "村", "manner": "柔性",
    "wish_source": "乡镇建议", "plan_group": "两委干部", "candidate_source": "后备干部", "nominated_by": "村民提名",
    "review_proposal": "教育帮带", "review_result": "不掌握", "half": "上午", "assessed_half": "上半年",
    "attendance_state": "到课", "secondment_kind": "上挂", "stay_role": "工作队队员", "final_grade": "称职",
    "nominee_type": "个人", "award_category": "产业振兴", "score": 78.5, "planned_post": "村委会主任", "readiness": "近期可用",
    "household": "本县其他乡镇", "meeting_kind": "支委会", "project_kind": "道路交通", "fund_source": "县级财政",
    "activity_kind": "文艺演出", "req_group": "两委干部", "term_state": "正常", "teacher_kind": "领导干部",
    "pension": "城乡居民养老保险", "medical": "职工医保", "accident": "已投保", "housing": "周转房", "business": "种植",
    "standard_post": "村委会主任", "item_part": "考核指标", "item_source": "乡镇评分", "proposed_grade": "称职",
    "ordinal": "第2期", "class_level": "县", "class_result": "合格", "service_kind": "结对帮扶", "background": "退役军人",
    "party_body": "党总支", "answer": "是", "visit_way": "实地走访", "decision_kind": "党内警告", "fund_kind": "拨入",
    "fund_form": "奖金", "scheme_level": "县", "round_kind": "换届", "step_per": "各村", "asked_party": "不限",
    "asked_household": "本县户籍", "tie_break": "面试成绩高者在前", "elected": "当选",
}  # fmt: skip
POSTS = {"stationed": ("第一书记", "工作队员")}
OWN_POSTS = ("党支部书记", "村委会副主任", "支委", "文书")
# Never a column by itself in a real roster: the parts of 职务 by body or tick, what is only compared.
PARTS = ("posts.", "source.")


@dataclass
class Made:
    """A workbook and the kind it was made from; `telling` when titles or columns leave no other kind."""

    kind: str
    workbook: Workbook
    telling: bool


def distinct_fields():
    """{slug: fields that no other kind has}."""
    counts = Counter(field for roster in spec.all() for field in {column.field for column in roster.columns})
    return {
        roster.slug: [column.field for column in roster.columns if counts[column.field] == 1 and usual(column)]
        for roster in spec.all()
    }


def usual(column):
    return not column.compared_only and not column.field.startswith(PARTS) and column.field != "is_party_member"


@st.composite
def workbooks(draw):
    roster = draw(st.sampled_from(spec.all()))
    needed = {*roster.required, "village"} if roster.village_required else set(roster.required)
    own = distinct_fields()[roster.slug]
    some_own = draw(st.lists(st.sampled_from(own), unique=True, min_size=min(3, len(own)))) if own else []
    others = draw(st.sets(st.sampled_from([column.field for column in roster.columns if usual(column)]), max_size=8))
    fields = draw(st.permutations(sorted({*needed, *some_own, *others})))
    titled = draw(st.booleans()) or len(some_own) < 2
    rows = [[f"光泽县寨里镇{roster.title}"]] if titled else []
    rows.append([draw(st.sampled_from(roster.column(field).spellings)) for field in fields])
    number = draw(st.integers(1, 400))
    rows += [[value(roster, field, number + row) for field in fields] for row in range(draw(st.integers(3, 6)))]
    return Made(roster.slug, Workbook("xlsx", [Sheet("Sheet1", rows=rows)]), titled)


def value(roster, field, number):
    person = layouts.person(number, layouts.workbooks.VILLAGES[number % 4])
    if field == "township":
        return "寨里镇"
    if field == "posts":
        posts = POSTS.get(roster.slug, OWN_POSTS)
        return posts[number % len(posts)]
    if field in ("education_full_time", "education_on_job"):
        return person["education"]  # nobody finished more than the highest
    kind = roster.column(field).kind.name
    return person["name"] if kind == "name" else person[field] if field in person else VALUES[kind]
