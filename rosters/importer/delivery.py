"""Files that are read in the background: received at once, so that nothing is lost, and read one by one by the worker."""

from dataclasses import asdict

from django.db import transaction
from django.db.models import Sum

from core import jobs
from core.models import Job
from rosters.importer.taking import path_name, receive
from rosters.limits import MAX_BYTES, MEGABYTE
from rosters.models import Upload

READ = "roster_read"
COMMIT = "roster_commit"
WISH = "wish"  # in the arguments of a READ: what follows it where nobody looks at a preview
MOST_FILES = 200
MOST_BYTES = 100 * MEGABYTE
# Endings of what may hold a table; a file without any is looked into.
TABLES = {"xlsx", "xls", "xlsm", "xlsb", "et", "ods", "csv", "txt", "tsv", "xml", "htm", "html", ""}
OF_THE_SYSTEM = {"thumbs.db", "desktop.ini"}


def skipped_because(path, size):
    """Why a file of a folder is not taken for a roster at all, or ""."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1].lower()
    stem, _, ending = name.rpartition(".")
    if name.startswith("~$"):
        return "Office 打开文件时留下的临时文件"
    if name in OF_THE_SYSTEM or name.startswith("."):
        return "系统自己的文件"
    if stem and ending not in TABLES:
        return "不是表格"
    if not size:
        return "空文件"
    return f"超过 {MAX_BYTES // MEGABYTE} MB" if size > MAX_BYTES else ""


def sort_out(files):
    """(files to be read, [[name, why]] of those that are no rosters), of files as `receive` takes them."""
    reasons = [skipped_because(file["filename"], len(file["content"])) for file in files]
    skipped = [[path_name(file["filename"]), why] for file, why in zip(files, reasons, strict=True) if why]
    return [file for file, why in zip(files, reasons, strict=True) if not why], skipped


@transaction.atomic
def deliver(files, skipped, *, by, first=None):
    """Keep `files` and hand them to the worker, as part of the lot that `first` began or as a new one.

    `skipped` are [[name, why]] of what was left out. Returns the first job of the lot; None when it would be too large."""
    if first is not None:
        first = Job.objects.select_for_update().get(pk=first.pk)
    lot = Job.objects.together(first) if first else Job.objects.none()
    before = lot.count()
    sizes = Upload.objects.filter(pk__in=lot.order_by().values("target_id")).aggregate(bytes=Sum("size"))["bytes"] or 0
    if before + len(files) > MOST_FILES or sizes + sum(len(file["content"]) for file in files) > MOST_BYTES:
        return None
    kept = receive(files, by=by)
    args = {"skipped": skipped[:MOST_FILES]}
    if first is not None:
        _remember_skipped(first, skipped)
    return jobs.enqueue_all(READ, [upload.pk for upload in kept], by=by, first=first, place=before, args=args)


@transaction.atomic
def deliver_rows(file, wish, *, by):
    """Keep the rows that another system gave and hand them to the worker. Returns the Upload, queued."""
    (kept,) = receive([file], by=by)
    jobs.enqueue(READ, by=by, target_id=kept.pk, args={"skipped": [], WISH: asdict(wish)})
    return kept


def _remember_skipped(first, skipped):
    if skipped:
        first.args["skipped"] = (first.args.get("skipped", []) + skipped)[:MOST_FILES]
        first.save(update_fields=["args"])
