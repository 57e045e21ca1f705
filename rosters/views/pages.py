"""The roster pages: the list, upload, preview, confirm, result; template and export."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from core import audit, jobs
from core.dates import parse_date
from core.models import Job
from core.scope import scope_code
from core.text import plain
from rosters import importer, marks, offered, preview, samples, spec, writer
from rosters.importer import delivery
from rosters.limits import MAX_BYTES, MEGABYTE
from rosters.models import Upload
from rosters.views import delivering, handing, mapping, shown, targets, undoing
from rosters.views.access import roster_or_404, roster_page, upload_or_404, workbook_response
from rosters.views.answering import answers

UPLOADS_PER_PAGE = 50
MAX_FILES = 20
ROWS_PER_PAGE = 200
SHOWN_ON_RESULT = 50
COUNTY_DIGITS = 6
WAITING = {"submitted": "待审核", "returned": "已退回"}


@roster_page
@require_GET
def home(request):
    """The uploads of the user's area, newest first."""
    uploads = Upload.objects.visible_to(request.user).defer("content", "tables").select_related("by", "division")
    waiting = uploads.filter(status__in=WAITING)
    chips = _home_chips(waiting, request.GET.get("show", ""))
    shown = request.GET.get("show", "")
    if shown in WAITING:
        uploads = waiting.filter(status=shown)
    page = Paginator(uploads.order_by("-pk"), UPLOADS_PER_PAGE).get_page(request.GET.get("p"))
    titles = {roster.slug: roster.title for roster in spec.all()}
    for upload in page:
        upload.title = titles.get(upload.kind, upload.kind)
    targets.name_all(page.object_list)
    context = {"page": page, "chips": chips, "shown": shown if shown in WAITING else ""}
    return render(request, "rosters/home.html", {**context, "may_set": importer.may_review(request.user)})


def _home_chips(waiting, shown):
    """[(key, label, count, current)] of what waits for somebody; nothing when nothing does and nothing was asked for."""
    counts = dict(waiting.order_by().values_list("status").annotate(count=Count("pk")))
    found = [(key, label, counts.get(key, 0), key == shown) for key, label in WAITING.items()]
    return [("", "全部", "", shown not in WAITING), *found] if counts or shown in WAITING else []


@roster_page
def upload(request):
    """Choose files (GET), hand them in (POST) and go on: one to what was understood of it, several to their progress."""
    if len(scope_code(request.user) or "") < COUNTY_DIGITS:
        return render(request, "rosters/upload.html", {"above_county": True}, status=403)
    context = {
        "groups": offered.grouped(spec.importable(request.user)),
        "kind": request.POST.get("kind") or request.GET.get("kind", ""),
        "targets": targets.asked(request),
        "samples": samples.offered(request.user),
        "today": timezone.localdate(),
        "as_of": min(parse_date(request.GET.get("as_of")) or timezone.localdate(), timezone.localdate()),
        "megabytes": MAX_BYTES // MEGABYTE,
        "most_files": MAX_FILES,
        "most_in_folder": delivery.MOST_FILES,
        "folder_megabytes": delivery.MOST_BYTES // MEGABYTE,
    }
    if request.method != "POST":
        return render(request, "rosters/upload.html", context)
    problem, given = _given(request)
    if problem:
        return delivering.refuse(request, context, problem)
    return delivering.deliver(request, context, given)


def _given(request):
    """(what is missing or wrong in the form, or None; what to hand to the importer, file by file)."""
    files = request.FILES.getlist("file")
    if not files and "batch" not in request.POST:
        # A body over the limit is not kept at all, so there is no file either.
        too_large = int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES
        size = f"文件合计超过 {MAX_BYTES // MEGABYTE} MB，请删去图片或分几次上传。"
        return (size if too_large else "还没有选择文件。"), None
    if len(files) > MAX_FILES:
        return f"一次最多上传 {MAX_FILES} 个文件，这次选了 {len(files)} 个，请分几次上传。", None
    kind = request.POST.get("kind", "")
    if kind not in {"", *(roster.slug for roster in spec.importable(request.user))}:
        return "请选择名册种类。", None
    typed = request.POST.get("as_of", "")
    as_of = parse_date(typed) if typed else timezone.localdate()
    if as_of is None or as_of > timezone.localdate():
        return mapping.ODD_DAY, None
    if not kind and len(files) == 1:
        kind = targets.implied_kind(request)
    about = {"kind": kind, "as_of": as_of, "target_id": targets.given(request, kind)}
    paths = request.POST.getlist("path")  # a browser's file has no folder: the page's script tells it beside
    names = paths if len(paths) == len(files) else [file.name for file in files]
    return None, [{**about, "filename": name, "content": file.read()} for name, file in zip(names, files, strict=True)]


@roster_page
@require_GET
def preview_page(request, pk):
    """What was understood and what would happen, row by row; a refused file says why and what to do."""
    kept = upload_or_404(request, pk)
    job = jobs.latest(delivery.READ if kept.status == Upload.Status.QUEUED else delivery.COMMIT, kept.pk)
    if kept.status == Upload.Status.QUEUED and job:
        return redirect("roster_progress", job.first_id or job.pk)
    if kept.status == Upload.Status.REFUSED:
        return render(request, "rosters/refused.html", {"upload": kept})
    if not kept.has_file:
        return redirect("roster_result", pk)
    if kept.status == Upload.Status.UNSURE:
        return redirect("roster_mapping", pk)
    roster = roster_or_404(kept.kind)
    absents = importer.absent(kept)
    tables = kept.tables.get("tables", [])
    chip = request.GET.get("show", "")
    page = Paginator(kept.rows.shown(chip).order_by("order"), ROWS_PER_PAGE).get_page(request.GET.get("p"))
    understood = preview.understood(roster, tables)
    context = {
        **shown.context(kept, roster, page.object_list, chip, absents, user=request.user),
        "roster": roster,
        "target": roster.target_text(kept.target_id),
        "page": page,
        "here": urlencode({"show": chip, "p": page.number}),
        "understood": understood,
        "summary": preview.summary(roster, understood),
        "notes": preview.notes(roster, kept.tables),
        "missing_columns": preview.missing_columns(roster, tables),
        "lacked_columns": preview.lacked_columns(roster, tables, kept) if kept.is_open else [],
        **handing.standing(request, kept, absents),
        "renewed": "renewed" in request.GET,
        "answers": answers(kept),
        "problem": request.session.pop("roster_problem", ""),
        **mapping.on_preview(kept, roster, request.user),
        "committing": job if job and job.is_open else None,
    }
    return render(request, "rosters/preview.html", context)


@roster_page
@require_POST
def confirm(request, pk):
    """Hand in what the preview shows. A second press finds the first one's result."""
    kept = upload_or_404(request, pk)
    try:
        confirmed = delivering.confirm(
            kept, by=request.user, choices=handing.choices_of(request), shown=request.POST.get("shown", "")
        )
    except importer.NotNow as error:
        request.session["roster_problem"] = str(error)
        return redirect("roster_preview", pk)
    return redirect("roster_progress", confirmed.pk) if isinstance(confirmed, Job) else handing.after(confirmed)


@roster_page
@require_POST
def drop(request, pk):
    """Put the upload away unwritten; one that was committed meanwhile is shown as what it did."""
    kept = upload_or_404(request, pk)
    dropped = importer.drop(kept, by=request.user)
    return redirect("roster_home") if dropped else redirect("roster_result", pk)


@roster_page
@require_GET
def result(request, pk):
    """What a committed upload did, and what it left undone."""
    kept = upload_or_404(request, pk)
    if not kept.is_written:
        return redirect("roster_preview", pk)
    if not kept.has_file:
        return undoing.own_result(request, kept)
    roster = roster_or_404(kept.kind)
    left = kept.rows.filter(outcome="error").order_by("order")[:SHOWN_ON_RESULT]
    sheets = {table["sheet"] for table in kept.tables.get("tables", [])}
    found_by = preview.identifying(roster)
    context = {
        "upload": kept,
        "roster": roster,
        "target": roster.target_text(kept.target_id),
        # All problems beside the village and the name: these rows are looked up in the clerk's own file.
        "left": preview.lines(roster, [name for name, _ in found_by], left, len(sheets) > 1),
        "headings": [label for _, label in found_by],
        "more_left": max(kept.count("error") - SHOWN_ON_RESULT, 0),
        "absents": len(importer.absent(kept)),
        "may_end": importer.why_not_end(kept, request.user) is None,
        "why_not_undo": importer.why_not_undo(kept, request.user),
        "undoing": undoing.waiting(kept),
        "problem": request.session.pop("roster_problem", ""),
    }
    return render(request, "rosters/result.html", context)


@roster_page
@require_GET
def sample(request, slug):
    """A sample workbook of the demo county."""
    found = next((item for item in samples.offered(request.user) if item.slug == slug), None)
    if found is None:
        raise Http404
    filename, content = found.build(request.user)
    return workbook_response(content, filename)


@roster_page
@require_GET
def template(request, kind):
    """An empty workbook of this kind with drop-downs for the user's own villages."""
    roster = roster_or_404(kind)
    if not roster.choices:
        raise Http404
    code = scope_code(request.user)
    mark = marks.signed(kind=roster.slug, division=code)
    content = writer.template(roster, roster.choices(code, request.on), mark=mark)
    return workbook_response(content, f"{roster.title}（空表）.xlsx")


@roster_page
def export(request, kind):
    """The roster as it stands on the chosen date, ID numbers in full: for a reason, and into the log."""
    roster = roster_or_404(kind)
    if not roster.export or not request.user.has_perm(roster.export_permission):
        raise Http404
    reason, offered = plain(request.POST.get("reason", "")), targets.to_export(request, roster)
    target_id, about = next(((pk, roster.target_text(pk)) for pk, _, chosen in offered if chosen), (None, ""))
    sent = request.method == "POST"
    context = {"roster": roster, "targets": offered, "reason": reason, "sent": sent, "chosen": target_id}
    if not sent or not reason or (roster.target and target_id is None):
        return render(request, "rosters/export.html", {**context, "nothing": False}, status=400 if sent else 200)
    rows = roster.rows_to_export(scope_code(request.user), request.on, target_id)
    if not rows:
        return render(request, "rosters/export.html", {**context, "nothing": True})
    place = request.user.division.name
    told = " ".join(filter(None, [roster.title, place, about, str(request.on)]))
    audit.record(by=request.user, verb="export", about=told, after={"rows": len(rows)}, reason=reason)
    mark = marks.signed(kind=roster.slug, division=request.user.division_id, on=request.on.isoformat())
    content = writer.export(roster, rows, place=place, on=request.on, by=request.user, about=about, mark=mark)
    return workbook_response(content, f"{place}{about or roster.title}{request.on:%Y%m%d}.xlsx")
