"""What a recruitment's pages and papers show: who of it is visible, ranked by township."""

from core.views.figures import asked_division
from talent import recruiting
from talent.models import Recruitment, RecruitmentApplication, RecruitmentQuota
from talent.models.education import LABELS
from villages.models import Division

STATES = {
    "selected": "入围",
    "engaged": "已聘用",
    "undecided": "须加试",
    "waiting": "待审查或成绩未齐",
    "out": "不合格或放弃",
}


def rankings(user, recruitment, on):
    """[(township, Ranking)] of the applications that `user` sees as they stood on the date, in order of code. Three queries."""
    quotas = RecruitmentQuota.objects.visible_to(user).filter(recruitment=recruitment).order_by("township_id")
    places = dict(quotas.values_list("township_id", "places"))
    seen = RecruitmentApplication.objects.visible_to(user).filter(recruitment=recruitment)
    found = seen.select_related("person", "village__township", "recruitment").order_by("village_id", "pk")
    ranked = recruiting.rank(recruiting.as_they_stood(found, on), places)
    names = Division.objects.filter(code__in=ranked).in_bulk(field_name="code")
    return [(names[code], ranking) for code, ranking in sorted(ranked.items())]


def asked(request):
    """(township code, state) that the address narrows to, "" for all."""
    state = request.GET.get("state", "")
    return asked_division(request) or "", state if state in STATES else ""


def narrowed(ranked, code, state):
    """[(township, Ranking, lines)] of rankings, of one township or all, with the lines of the state."""
    return [
        (township, ranking, [line for line in ranking.lines if is_of(line, state)])
        for township, ranking in ranked
        if code in ("", township.code)
    ]


def is_of(line, state):
    one = line.application
    return {
        "selected": line.is_selected and one.engaged_on is None,
        "engaged": one.engaged_on is not None,
        "undecided": line.state == recruiting.UNDECIDED,
        "waiting": line.rank is None and not one.is_out,
        "out": one.is_out,
    }.get(state, True)


def educations(recruitment, lines):
    """{person's key: label of the highest level completed by the deadline}."""
    levels = recruiting.highest_levels([line.application.person_id for line in lines], recruitment.applies_until)
    return {person: LABELS[level] for person, level in levels.items()}


def conditions(held: Recruitment):
    """[(label, text)] of who may apply."""
    return [
        ("年龄", f"{held.min_age} 至 {held.max_age} 周岁（报名截止时）"),
        ("学历", f"{held.get_min_education_display()}及以上" if held.min_education else "不限"),
        ("政治面貌", held.get_party_display()),
        ("户籍", held.get_household_display()),
        (
            "总成绩",
            f"笔试 {held.written_weight}%，面试 {held.interview_weight}%；总分相同时{held.get_tie_break_display()}",
        ),
    ]


def steps(held, on):
    """[(label, text, is over on the date)] of the steps with their days."""
    publicity = f"{held.publicised_from:%Y-%m-%d} 至 {held.publicised_until:%Y-%m-%d}" if held.publicised_from else ""
    rows = (
        ("公告", held.published_on), ("报名截止", held.applies_until), ("笔试", held.written_on), ("面试", held.interviewed_on),
        ("体检", held.physical_on), ("考察", held.inspected_on),
    )  # fmt: skip
    found = [(label, f"{day:%Y-%m-%d}" if day else "未定", bool(day and day <= on)) for label, day in rows]
    return [*found, ("公示", publicity or "未定", bool(held.publicised_until and held.publicised_until < on))]
