"""Publicity: until when, the notice as Word, objections and how they were handled."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render

from awards import actions
from awards.models import AwardObjection
from awards.views.access import publicity_or_404
from awards.views.forms import AnswerForm, ObjectionForm
from core import word
from core.periods import month
from core.scope import inside
from core.views.access import business_page, page_for
from core.workdays import NotEntered, working_days_between
from rosters.listing import download

INDIVIDUALS = ("序号", "姓名", "性别", "出生年月", "身份证号", "联系电话", "推荐乡镇", "工作单位及职务", "推荐奖项")
COLLECTIVES = ("序号", "集体名称", "推荐乡镇", "负责人", "联系电话", "推荐奖项")
WIDTHS = {INDIVIDUALS: (12, 20, 12, 20, 46, 30, 24, 50, 24), COLLECTIVES: (12, 76, 30, 24, 36, 30)}


@business_page
def publicity(request, pk):
    """Who is in it, how many working days are left, objections (for whoever may see them) and a new one."""
    notice = publicity_or_404(request, pk)
    rows = _rows(request.user, notice)
    form = ObjectionForm(notice=notice, initial={"received_on": request.on}) if _takes(request, notice) else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        form = ObjectionForm(request.POST, notice=notice)
        if form.is_valid() and _objected(request, form):
            return redirect("award_publicity", pk=pk)
    context = {
        "notice": notice,
        "rows": rows,
        "form": form,
        "is_over": notice.is_over(request.on),
        "left": _left(notice, request.on),
        "objections": _objections(request, notice),
    }
    return render(request, "awards/publicity.html", context, status=400 if form is not None and form.errors else 200)


def _takes(request, notice):
    held = notice.round
    return request.user.has_perm("awards.add_awardobjection") and inside(
        held.scheme.division_id, request.user.division_id
    )


def _rows(user, notice):
    found = notice.nominations.visible_to(user).select_related("person", "township", "village")
    return list(found.order_by("-nominee_type", "township_id", "pk"))


def _left(notice, on):
    """How many working days are still to come, in words."""
    if on < notice.starts_on:
        return "还没有开始"
    if notice.is_over(on):
        return "公示期满"
    try:
        return f"还剩 {working_days_between(on, notice.ends_on)} 个工作日"
    except NotEntered as missing:
        return missing.messages[0]


def _objections(request, notice):
    if not request.user.has_perm("awards.view_awardobjection"):
        return None
    seen = AwardObjection.objects.visible_to(request.user).filter(nomination__publicity=notice)
    return list(seen.select_related("nomination__person").order_by("received_on", "pk"))


def _objected(request, form):
    try:
        actions.object_to(form.instance, by=request.user)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return False
    messages.success(request, "已登记异议。办结以前不能作出表彰决定。")
    return True


@page_for("awards.view_awardobjection")
def objection(request, pk):
    """One objection: what was found and done; closed once."""
    seen = AwardObjection.objects.visible_to(request.user)
    row = get_object_or_404(seen.select_related("nomination__person", "nomination__publicity__round__scheme"), pk=pk)
    may = request.user.has_perm("awards.change_awardobjection") and row.closed_on is None
    form = AnswerForm(request.POST or None, instance=row, initial={"closed_on": request.on}) if may else None
    if request.method == "POST" and form is None:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_objection(form.instance, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"已办结对{row.nomination.nominee}的异议。")
            return redirect("award_publicity", pk=row.nomination.publicity_id)
    wrong = form is not None and form.errors
    return render(request, "awards/objection.html", {"row": row, "form": form}, status=400 if wrong else 200)


@business_page
def notice_word(request, pk):
    """The notice to post: ID numbers and phones masked."""
    notice = publicity_or_404(request, pk)
    held, division = notice.round, notice.round.scheme.division
    rows = _rows(request.user, notice)
    paper = word.OfficialDocument(landscape=True)
    paper.title(f"{held}拟表彰对象公示")
    if request.user.division_id != held.scheme.division_id:  # whoever sees a part only hands out no more, and says so
        paper.centred(f"（{request.user.division.name}推荐的部分）")
    people = [row for row in rows if row.person_id]
    others = [row for row in rows if not row.person_id]
    paper.paragraph(
        f"经推荐、资格审核、征求有关部门意见和评审，拟表彰个人 {len(people)} 名、集体 {len(others)} 个，现予公示。"
        f"公示期自 {notice.starts_on:%Y-%m-%d} 至 {notice.ends_on:%Y-%m-%d}，共 {notice.days} 个工作日（开始当天不计）。"
    )
    _table(paper, "一、拟表彰个人", INDIVIDUALS, [_person(number, row) for number, row in enumerate(people, 1)])
    _table(paper, "二、拟表彰集体", COLLECTIVES, [_collective(number, row) for number, row in enumerate(others, 1)])
    paper.paragraph(f"公示地点：{notice.place}。受理单位和电话：{notice.contact}。")
    paper.paragraph(
        "对公示对象有异议的，请在公示期内反映。反映情况须实事求是，以单位名义反映的须加盖公章，以个人名义反映的须署真实姓名。"
    )
    paper.right(f"中共{division.name}委组织部" if division.name.endswith("县") else f"中共{division.name}委员会组织部")
    paper.right(f"{notice.starts_on.year}年{notice.starts_on.month}月{notice.starts_on.day}日")
    return download(paper.bytes(), f"{held}拟表彰对象公示.docx", word.CONTENT_TYPE)


def _table(paper, heading, columns, rows):
    if rows:
        paper.heading(heading)
        paper.table(columns, rows, WIDTHS[columns])


def _person(number, row):
    person = row.person
    return (
        number, person.name, person.get_sex_display(), month(person.birth_date), person.id_masked, person.phone_masked,
        row.township.name, row.unit, row.get_category_display(),
    )  # fmt: skip


def _collective(number, row):
    return (number, row.collective, row.township.name, row.leader_name, row.phone_masked, row.get_category_display())
