"""乡村振兴学院: partner colleges, their majors, and how many of the area's people study there."""

from collections import Counter

from django.db.models import Q
from django.shortcuts import render

from core.periods import in_force
from core.views.access import business_page
from rosters import listing
from training.models import DegreeStudy, PartnerCollege

HEADINGS = (
    ("院校", 30), ("合作平台", 24), ("专业", 24), ("层次", 8), ("学习形式", 12), ("学制（年）", 10), ("学费（元）", 12),
    ("县级补助（元）", 14), ("在读（人）", 10), ("毕业（人）", 10),
)  # fmt: skip


@business_page
def colleges(request):
    """Colleges that the county works with on the date, each with its majors and students of the user's area."""
    found = PartnerCollege.objects.visible_to(request.user).filter(in_force(request.on)).prefetch_related("majors")
    seen = DegreeStudy.objects.visible_to(request.user)
    studying, graduated = (_per_major(rows) for rows in (seen.studying(request.on), seen.graduated(request.on)))
    words = request.GET.get("q", "").strip()[:50]
    if words:
        found = found.filter(Q(name__contains=words) | Q(majors__name__contains=words)).distinct()
    rows = [_college(one, studying, graduated) for one in found.order_by("division_id", "name", "pk")]
    if request.GET.get("excel"):
        return _excel(request, rows)
    elsewhere = 0 if words else sum(studying.values()) - sum(row["studying"] for row in rows)
    context = {
        "rows": rows,
        "words": words,
        "elsewhere": elsewhere,
        "can_add": request.user.has_perm("training.add_partnercollege"),
    }
    return render(request, "training/colleges.html", context)


def _per_major(studies):
    """{(school, major, level): people}."""
    return Counter(studies.order_by().values_list("school", "major", "target"))


def _college(one, studying, graduated):
    return {
        "college": one,
        "studying": _at(one, studying),
        "graduated": _at(one, graduated),
        "majors": [
            {"major": major, "studying": studying[one.name, major.name, major.target],
             "graduated": graduated[one.name, major.name, major.target]}
            for major in one.majors.all()
        ],
    }  # fmt: skip


def _at(college, counts):
    return sum(people for (school, _, _), people in counts.items() if school == college.name)


def _excel(request, rows):
    lines = [
        (row["college"].name, row["college"].academy, major["major"].name, major["major"].get_target_display(),
         major["major"].study_mode, float(major["major"].years), major["major"].tuition or "",
         major["major"].subsidy or "", major["studying"], major["graduated"])
        for row in rows
        for major in row["majors"]
    ]  # fmt: skip
    title = f"{request.user.division.name}合作院校与专业"
    content = listing.workbook(title, HEADINGS, lines, by=request.user.name, told=f"时点 {request.on}")
    return listing.download(content, f"{title}.xlsx")
