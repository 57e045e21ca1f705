"""The training sessions that lists of trainees are uploaded onto."""

import re
from dataclasses import replace

from core.text import tight
from rosters.spec import Target
from training.models import TrainingSession

NUMBER = re.compile(r"第([0-9]{1,2}|[一二三四五六七八九十]{1,3})期")
YEAR = re.compile(r"20[0-9]{2}")
DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九", 1)}
MISSING = "没有选择培训班次，表题里也认不出是哪一期，请选择培训班次后再上传；还没有建立班次的，请县委组织部先新建。"


def choices(user, on):
    """The sessions that `user` sees, their own and those of the divisions above: those nearest to `on` first."""
    sessions = TrainingSession.objects.visible_to(user).order_by("-start", "name", "number", "pk")
    nearest = sorted(sessions, key=lambda session: abs((session.start - on).days))
    return [(session.pk, _text(session)) for session in nearest]


def _text(session):
    return f"{session}（{session.start:%Y.%m.%d}）"


def readable(user):
    """The keys of the sessions that `user` sees."""
    return set(TrainingSession.objects.visible_to(user).values_list("pk", flat=True))


def texts(keys):
    """{pk: how the session is called}."""
    return {session.pk: str(session) for session in TrainingSession.objects.filter(pk__in=keys)}


def suggest(choices, said):
    """The only session of those on offer that the title's class name, year and number fit, or None."""
    name = tight(said.get("class_name", ""))
    if not name:
        return None
    numbers = {as_number(text) for text in NUMBER.findall(tight(said.get("titles", "")))}
    year = YEAR.search(name)
    fitting = [
        session
        for session in TrainingSession.objects.filter(pk__in=[pk for pk, _ in choices])
        if _same_name(tight(session.name), name)
        and (not numbers or session.number in numbers)
        and (year is None or session.start.year == int(year[0]))
    ]
    return fitting[0].pk if len(fitting) == 1 else None


def _same_name(one, another):
    return one in another or another in one


def as_number(text):
    """第“十二”期 or 第“12”期 as 12."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    return (DIGITS.get(tens, 1) * 10 if ten else 0) + DIGITS.get(ones if ten else tens, 0)


SESSION = Target(
    label="培训班次",
    choices=choices,
    readable=readable,
    texts=texts,
    title="学员花名册",
    missing=MISSING,
    suggest=suggest,
)
RESULTS = replace(SESSION, title="成绩和结果登记表")
MARKS = replace(SESSION, title="课程评价汇总表")
