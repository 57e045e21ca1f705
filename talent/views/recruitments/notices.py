"""The list of recruitments, a new one, a changed one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect, render

from core.periods import dated_by
from core.scope import inside
from core.views.access import business_page, page_for
from rosters.listing import download, workbook
from talent import actions
from talent.models import Recruitment, RecruitmentApplication, RecruitmentQuota
from talent.views.recruitments.forms import NoticeForm

COUNTY_DIGITS = 6
HEADINGS = (
    ("公告", 40), ("年度", 8), ("文号", 22), ("公告日期", 12), ("报名截止", 12), ("名额（名）", 10), ("报名（人）", 10), ("资格合格（人）", 12),
    ("聘用（人）", 10),
)  # fmt: skip


@business_page
def listed(request):
    """Every recruitment of the county published by the date with how many places, applications and engaged people the reader
    sees; `?year=` keeps those of a year, with `?xlsx=1` as Excel."""
    on = request.on
    quotas = RecruitmentQuota.objects.visible_to(request.user).filter(recruitment=OuterRef("pk")).order_by()
    seen = RecruitmentApplication.objects.visible_to(request.user).filter(recruitment=OuterRef("pk")).order_by()
    seen = seen.filter(dated_by(on, "applied_on"))
    held = Recruitment.objects.visible_to(request.user).filter(dated_by(on, "published_on"))
    rows = held.annotate(
        places=_of(quotas, Sum("places")),
        applied=_of(seen, Count("pk")),
        passed=_of(
            seen, Count("pk", filter=Q(eligibility="passed") & (Q(reviewed_on=None) | dated_by(on, "reviewed_on")))
        ),
        engaged=_of(seen, Count("pk", filter=dated_by(on, "engaged_on"))),
    )
    years = list(held.order_by("-year").values_list("year", flat=True).distinct())
    year = next((one for one in years if str(one) == request.GET.get("year")), None)
    rows = rows.filter(year=year) if year else rows
    if "xlsx" in request.GET:
        return _sheet(request, rows)
    return render(request, "talent/recruitments/listed.html", {"rows": rows, "year": year, "years": years})


def _sheet(request, rows):
    title, told = "公开招聘一览表", f"{request.on:%Y-%m-%d} 时点"
    lines = [
        (one.title, one.year, one.document_no, f"{one.published_on}", f"{one.applies_until}", one.places, one.applied, one.passed, one.engaged)
        for one in rows
    ]  # fmt: skip
    content = workbook(title, HEADINGS, lines, by=request.user.name, told=told)
    return download(content, f"{title}{request.on:%Y%m%d}.xlsx")


def _of(rows, aggregate):
    counted = rows.values("recruitment_id").annotate(found=aggregate).values("found")
    return Coalesce(Subquery(counted), 0)


@page_for("talent.add_recruitment")
def new(request):
    """A new notice with its places."""
    initial = {"year": request.on.year, "published_on": request.on}
    form = NoticeForm(request.POST or None, division=request.user.division, initial=initial)
    if len(request.user.division_id) != COUNTY_DIGITS:
        messages.warning(request, "公开招聘由县级发布，请用县级账号办理。")
        return redirect("recruitments")
    if request.method == "POST" and form.is_valid():
        held = actions.announce([form.instance], places=[form.places()], by=request.user)[0]
        messages.success(request, "已建立公开招聘。下一步：上传报名人员名册。")
        return redirect("recruitment", pk=held.pk)
    return render(request, "talent/recruitments/notice.html", {"form": form, "held": None})


@page_for("talent.change_recruitment")
@transaction.atomic
def edit(request, pk):
    """Change a notice and its places."""
    held = get_object_or_404(Recruitment.objects.visible_to(request.user), pk=pk)
    if not inside(held.division_id, request.user.division_id):
        return redirect("recruitment", pk=pk)
    form = NoticeForm(request.POST or None, instance=held, division=held.division)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_notice(form.instance, places=form.places(), by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "已保存招聘公告。")
            return redirect("recruitment", pk=pk)
    return render(request, "talent/recruitments/notice.html", {"form": form, "held": held})
