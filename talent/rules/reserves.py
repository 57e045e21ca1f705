"""Checks of the bench: who is over the limits, forgotten or without a mentor. The limits are parameters."""

from django.db.models import Case, CharField, OuterRef, Q, Subquery, Value, When

from core.periods import at_least
from core.rules import rule
from talent.indicators.reserves import not_assessed, too_long
from talent.indicators.sources import person_of
from talent.models import Education, EducationLevel, PoliticalStatus, ReserveCandidate
from talent.parameters import reserves as settings

SETTING = "参数设置中的后备干部一组"
LEVEL_TEXT = Case(
    *(When(level=level.value, then=Value(level.label)) for level in EducationLevel), output_field=CharField()
)
SECRETARY, OTHER = ReserveCandidate.Target.SECRETARY, ReserveCandidate.Target.OTHER


def _pool(on):
    return ReserveCandidate.objects.in_pool(on)


@rule(
    "reserves_stale", "后备干部在库时间过长", severity="info", basis=settings.LONG_YEARS.basis,
    message="{where}{label}（{后备类别}）{入库时间} 入库，已满规定年数，请研判去留。",
)  # fmt: skip
def reserves_stale(on):
    return person_of(_pool(on).filter(too_long(on)), details={"后备类别": "target", "入库时间": "start"})


@rule(
    "reserve_not_assessed", "后备干部上半年度没有研判", severity="warn", basis=settings.ASSESSMENT_RESULTS.basis,
    message="{where}{label}（{后备类别}）上一个半年没有研判，请在“后备干部”里登记。",
)  # fmt: skip
def reserve_not_assessed(on):
    return person_of(not_assessed(on), details={"后备类别": "target"})


@rule(
    "reserve_over_age", "后备干部超过年龄", severity="warn", basis=settings.AGE_LIMIT.basis,
    message="{where}{label}（{后备类别}，{出生日期} 出生）超过后备干部年龄上限，请核对去留。",
)  # fmt: skip
def reserve_over_age(on):
    old = _pool(on).filter(at_least(settings.AGE_LIMIT.value(on) + 1, on, "person__birth_date"))
    return person_of(old, details={"后备类别": "target", "出生日期": "person__birth_date"})


@rule(
    "reserve_no_mentor", "后备干部没有培养联系人", severity="info", basis="后备干部一人一名培养联系人（县级工作要求）",
    message="{where}{label}（{后备类别}）没有培养联系人，请补上。",
)  # fmt: skip
def reserve_no_mentor(on):
    return person_of(_pool(on).filter(mentor=""), details={"后备类别": "target"})


@rule(
    "reserve_education", "后备干部学历不够", severity="warn", basis=f"{settings.LIMITS}（{SETTING}）",
    message="{where}{label}（{后备类别}）的学历为{学历}，不在认可的学历之内。",
)  # fmt: skip
def reserve_education(on):
    wanted = Q(target=SECRETARY, level__in=_codes(EducationLevel, settings.SECRETARY_EDUCATION.value(on)))
    wanted |= Q(target=OTHER, level__in=_codes(EducationLevel, settings.OTHER_EDUCATION.value(on)))
    completed = Education.objects.completed(on).filter(person=OuterRef("person_id")).order_by("-rank", "pk")
    known = _pool(on).annotate(level=Subquery(completed.values("level")[:1])).exclude(level=None)
    lacking = known.exclude(wanted).annotate(level_text=LEVEL_TEXT)
    return person_of(lacking, details={"后备类别": "target", "学历": "level_text"})


@rule(
    "reserve_not_member", "书记后备不是党员", severity="warn", basis=settings.SECRETARY_PARTY.basis,
    message="{where}书记后备{label}的政治面貌为{政治面貌}，请列入发展党员计划或核对类别。",
)  # fmt: skip
def reserve_not_member(on):
    members = _codes(PoliticalStatus, settings.SECRETARY_PARTY.value(on))
    others = _pool(on).filter(target=SECRETARY).exclude(person__political_status__in=members)
    return person_of(others, details={"政治面貌": "person__political_status"})


def _codes(choices, words):
    """The codes of the labels that a county's list names; other words name nothing."""
    return [choice.value for choice in choices if choice.label in words]
