"""The appointment forms of a village's team: who has one, all of them as a zip, many .lrmx files read at once."""

import zipfile
from io import BytesIO

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from core import audit
from core.scope import inside
from core.text import tight
from core.views.access import page_for
from rosters.listing import download
from talent import actions, lrmx
from talent.models import Person
from talent.views.approval_forms.person import approval_bytes, lrmx_bytes, register_bytes, told
from talent.views.people import posts_text
from villages.models import Village

MOST_FILES, MOST_BYTES = 60, 20 * 1024 * 1024
KINDS = {
    "approval": ("任免审批表（Word）", "docx", approval_bytes),
    "register": ("村干部登记表（Word）", "docx", register_bytes),
    "lrmx": ("任免审批表（.lrmx，不含身份证号）", "lrmx", lrmx_bytes),
}


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesForm(forms.Form):
    files = forms.FileField(
        label=".lrmx 文件，或装着它们的 .zip", widget=_ManyFiles(attrs={"accept": ".lrmx,.zip"}), required=False
    )


def own_village(request, code):
    """The village `code` of the user's own area, or 404."""
    found = get_object_or_404(Village.objects.visible_to(request.user).select_related("township"), code=code)
    if not inside(found.code, request.user.division_id):
        raise Http404
    return found


def team(village, request):
    """[(person, the posts there)] of who serves in the village on the date and whose file the user's area keeps, by rank."""
    rows = village.appointments.serving(request.on).select_related("person__village__township", "person__approval_form")
    posts = {}
    for row in rows.order_by("person__pinyin", "person_id", "pk"):
        if inside(row.person.village_id, request.user.division_id):
            posts.setdefault(row.person, []).append(row)
    return [(person, posts_text(held)) for person, held in posts.items()]


@page_for("talent.view_approvalform")
def page(request, code):
    """Who of the team has a form with texts of its own, and the files of all."""
    village = own_village(request, code)
    lines = [
        {"person": person, "posts": posts, "form": getattr(person, "approval_form", None)}
        for person, posts in team(village, request)
    ]
    shown = {
        "village": village, "lines": lines, "kinds": [(key, label) for key, (label, *_) in KINDS.items()],
        "may_change": request.user.has_perm("talent.change_approvalform"), "form": FilesForm(),
    }  # fmt: skip
    return render(request, "talent/approval_forms/village.html", shown)


@page_for("talent.view_approvalform")
def packed(request, code, kind):
    """A zip with a file a person, named 村名-姓名."""
    village = own_village(request, code)
    if kind not in KINDS:
        raise Http404
    label, ending, make = KINDS[kind]
    output, taken = BytesIO(), set()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for person, _ in team(village, request):
            name = _free(f"{village.name}-{person.name}", taken)
            archive.writestr(f"{name}.{ending}", make(person, request))
    audit.record(by=request.user, verb="export", obj=village, reason=label)
    return download(output.getvalue(), f"{village.name}{label.partition('（')[0]}.zip", "application/zip")


@page_for("talent.change_approvalform")
@require_POST
def take(request, code):
    """Read .lrmx files, each for the one person of the area's files who has its number, or its name in this village."""
    village = own_village(request, code)
    try:
        files = unpacked(request.FILES.getlist("files"))
    except ValidationError as error:
        messages.error(request, f"没有读入：{told(error)}")
        return redirect("approval_forms", code)
    read = []
    for name, content in files:
        try:
            person = _whose(village, content, request)
            actions.take_lrmx(person, content, on=request.on, by=request.user)
            read.append(person.name)
        except ValidationError as error:
            messages.error(request, f"{name} 没有读入：{told(error)}")
    if read:
        messages.success(request, f"已读入 {len(read)} 份：{'、'.join(read)}。")
    return redirect("approval_forms", code)


def unpacked(given):
    """[(name, bytes)] of the .lrmx files among what was uploaded, those inside zips too."""
    if not given:
        raise ValidationError("请选择 .lrmx 文件，或者装着它们的 .zip。")
    if sum(one.size for one in given) > MOST_BYTES:
        raise ValidationError("文件合计超过 20 MB，请分几次上传。")
    files = []
    for one in given:
        files += _inside(one) if one.name.lower().endswith(".zip") else [(one.name, one.read())]
        if len(files) > MOST_FILES:
            raise ValidationError(f"一次最多读 {MOST_FILES} 份，请分几次上传。")
    if not files:
        raise ValidationError("压缩包里没有 .lrmx 文件。")
    return files


def _inside(given):
    files = []
    try:
        with zipfile.ZipFile(given) as archive:
            entries = [entry for entry in archive.infolist() if entry.filename.lower().endswith(".lrmx")]
            if len(entries) > MOST_FILES:
                raise ValidationError(f"压缩包里超过 {MOST_FILES} 份，请分几次上传。")
            for entry in entries:
                with archive.open(entry) as stream:  # never trusts the size that the archive states
                    files.append((entry.filename.rpartition("/")[2], stream.read(lrmx.MAX_BYTES + 1)))
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, zipfile.zlib.error):
        raise ValidationError("压缩包打不开，可能损坏或加了密码。请解压后直接选 .lrmx 文件。") from None
    return files


def _whose(village, content, request):
    came = lrmx.read(content)
    keepable = (
        Person.objects.visible_to(request.user).managed_in(request.user.division_id).select_related("village__township")
    )
    number = tight(came.id_number).upper()
    found = list(keepable.with_id_number(number)) if number else []
    name = tight(came.texts.get("name", ""))
    found = found or [person for person, _ in team(village, request) if tight(person.name) == name]
    if len(found) != 1:
        reason = (
            "村里有几个同名的人，请到本人的页面读入"
            if found
            else f"班子里没有“{name or '（没有姓名）'}”，身份证号也对不上"
        )
        raise ValidationError(f"{reason}。")
    return found[0]


def _free(name, taken):
    """The name, with a number where another file has it."""
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name}{number}"
    taken.add(found)
    return found
