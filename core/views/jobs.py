"""The background at a glance: what waits, runs, ended how; taking back and trying again."""

from functools import wraps

from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from core import jobs
from core.models import Job
from core.views.pages import page_of

SHOWN = {
    "open": ("排队和处理中", {"status__in": Job.OPEN}),
    "failed": ("没有完成", {"status": Job.Status.FAILED}),
    "": ("全部", {}),
}
MINUTE = 60


def remaining_words(seconds):
    """约还需 20 秒 / 约还需 3 分钟; "正在估算" for None."""
    if seconds is None:
        return "正在估算还需多久"
    if seconds < MINUTE:
        return f"约还需 {max(round(seconds / 5) * 5, 5)} 秒"
    return f"约还需 {round(seconds / MINUTE)} 分钟"


def job_page(view):
    """Signed in, and with a role that sees jobs."""

    @login_required
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if "jobs" not in request.user.role_data.sees:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@login_required
@permission_required("core.view_job", raise_exception=True)
@require_GET
def listed(request):
    """The jobs of the user's area, newest first; what they work on only for who sees business data."""
    shown = request.GET.get("show", "")
    found = Job.objects.visible_to(request.user).select_related("by", "division").order_by("-pk")
    page = page_of(request, found.filter(**SHOWN.get(shown, SHOWN[""])[1]))
    with_names = "business" in request.user.role_data.sees
    names = _names(page["page"].object_list) if with_names else {}
    for job in page["page"].object_list:
        job.title, job.name = jobs.get(job.kind).title, names.get(job.pk, "")
        job.address = jobs.get(job.kind).page(job) if with_names else ""
    context = {
        **page,
        "workers": jobs.workers_running(),
        "with_names": with_names,
        "chips": [(key, label, key == shown) for key, (label, _) in SHOWN.items()],
        "shown": shown,
    }
    return render(request, "core/jobs.html", context)


def _names(found):
    """{job.pk: what it works on}, one query a kind."""
    names = {}
    for slug in {job.kind for job in found}:
        names |= jobs.get(slug).names([job for job in found if job.kind == slug])
    return names


@job_page
@require_POST
def cancel(request, pk):
    """Take a job back; with `rest` everything that was handed in with it."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    wanted = Job.objects.together(job) if request.POST.get("rest") else Job.objects.filter(pk=job.pk)
    jobs.cancel(wanted, by=request.user)
    return _back(request, job)


@job_page
@require_POST
def retry(request, pk):
    """Let a failed job be tried again."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    jobs.retry(job, by=request.user)
    return _back(request, job)


def _back(request, job):
    return redirect("jobs") if request.POST.get("list") else redirect(jobs.get(job.kind).page(job))
