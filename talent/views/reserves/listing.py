"""The bench as a list and as a sheet."""

from django.shortcuts import render

from core.views.access import business_page
from core.views.figures import asked_division, townships
from core.views.pages import page_of
from rosters.listing import download, workbook
from talent import bench

COLUMNS = (
    ("乡镇", 14, lambda line: line["township"].name), ("村（社区）", 14, lambda line: line["village"].name),
    ("姓名", 10, lambda line: line["person"].name), ("性别", 6, lambda line: line["sex"]), ("年龄（岁）", 10, lambda line: line["age"]),
    ("政治面貌", 12, lambda line: line["political"]), ("学历", 12, lambda line: line["education"]),
    ("后备类别", 14, lambda line: line["target"]), ("拟任具体职务", 18, lambda line: line["post"]),
    ("储备类别", 10, lambda line: line["readiness"]), ("人员来源", 14, lambda line: line["source"]),
    ("入库方式", 10, lambda line: line["kind"]), ("入库时间", 10, lambda line: line["since"]),
    ("在库", 10, lambda line: line["how_long"]), ("培养联系人", 16, lambda line: line["mentor"]),
    ("培养措施", 24, lambda line: line["measures"]), ("最近研判", 24, lambda line: line["assessed"]),
)  # fmt: skip


@business_page
def listed(request):
    """Everybody in the pool on the date, as asked."""
    code = asked_division(request)
    asked = bench.Asked.of(request, code)
    rows = bench.found(request.user, request.on, asked)
    paged = page_of(request, rows)
    context = {
        **paged,
        "lines": bench.lines(paged["page"].object_list, request.on),
        "townships": townships(request.user),
        "code": code or "",
        "asked": asked,
        "fields": bench.FIELDS,
        "looks": bench.LOOKS.items(),
        "can_add": request.user.has_perm("talent.add_reservecandidate"),
    }
    return render(request, "talent/reserves/listed.html", context)


@business_page
def sheet(request):
    """The same list as Excel."""
    asked = bench.Asked.of(request, asked_division(request))
    lines = bench.lines(bench.found(request.user, request.on, asked), request.on)
    rows = [[cell(line) for _, _, cell in COLUMNS] for line in lines]
    title = "村级后备干部台账"
    headings = tuple((text, width) for text, width, _ in COLUMNS)
    content = workbook(title, headings, rows, by=request.user.name, told=f"{request.on:%Y-%m-%d} 时点")
    return download(content, f"{title}{request.on:%Y%m%d}.xlsx")
