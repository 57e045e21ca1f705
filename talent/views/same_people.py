"""The queue of files that may be one human, and the page on which two of them are compared and decided."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core import audit
from core.periods import month
from core.scope import inside, scope_code
from core.views.access import business_page
from core.views.figures import asked_division, townships
from core.views.pages import page_of
from rosters import listing
from talent import merging, timeline
from talent.models import NotSamePerson
from talent.same_people import pair_of, pairs
from talent.views.people import standing

PAIRS_PER_PAGE = 50
FIELDS = (
    ("name", "姓名"), ("sex", "性别"), ("born", "出生日期"), ("id_masked", "身份证号"), ("phone_masked", "联系电话"),
    ("ethnicity", "民族"), ("political", "政治面貌"), ("place", "管理村"), ("now", "现任"), ("remarks", "备注"),
)  # fmt: skip


class DecisionForm(forms.Form):
    """What is decided: the pk of the file that stays, or "different"."""

    decision = forms.CharField()
    reason = forms.CharField(
        label="依据", min_length=2, max_length=200, help_text="例如：已核对身份证原件，张三只有一个号码。"
    )


def may_decide(view):
    """Only for who may change people's files."""

    def guarded(request, *args, **kwargs):
        if not request.user.has_perm("talent.change_person"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return business_page(guarded)


@may_decide
def same_people(request):
    """The open pairs of the user's area, the likeliest first."""
    own, code = scope_code(request.user), asked_division(request)
    found = pairs(own)
    if code:  # also a pair across two townships: both have it to look into
        found = [pair for pair in found if any(inside(one.village_id, code) for one in (pair.first, pair.second))]
    if "xlsx" in request.GET:
        return _sheet(request, found)
    context = page_of(request, found, PAIRS_PER_PAGE) | {"townships": townships(request.user), "code": code or ""}
    context["lines"] = [
        {"pair": pair, "places": [_place(pair.first), _place(pair.second)], "reasons": "；".join(pair.reasons)}
        for pair in context["page"]
    ]
    return render(request, "talent/same_people.html", context)


COLUMNS = (
    ("姓名", 12), ("身份证号", 22), ("管理村", 24), ("另一份：姓名", 14), ("另一份：身份证号", 22), ("另一份：管理村", 24), ("为什么像", 40),
)  # fmt: skip


def _sheet(request, found):
    lines = [
        (*(told for one in (pair.first, pair.second) for told in (one.name, one.id_masked or "无", _place(one))), "；".join(pair.reasons))
        for pair in found
    ]  # fmt: skip
    content = listing.workbook("疑似同一人", COLUMNS, lines, by=request.user.name, told=f"共 {len(lines)} 对")
    return listing.download(content, f"疑似同一人（{timezone.localdate():%Y%m%d}）.xlsx")


@may_decide
def same_pair(request, first, second):
    """Both files side by side; POST decides."""
    pair = pair_of(scope_code(request.user), first, second)
    if pair is None:
        raise Http404
    form = DecisionForm(request.POST or None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            return _decide(request, pair, form.cleaned_data)
        except ValidationError as error:
            problem = error.messages[0]
    context = {
        "pair": pair,
        "lines": _side_by_side(pair, request.on),
        "events": [timeline.events(person, request.user) for person in (pair.first, pair.second)],
        "moving": [_moving(person) for person in (pair.first, pair.second)],
        "form": form,
        "problem": problem,
    }
    return render(request, "talent/same_pair.html", context, status=400 if problem or form.errors else 200)


def _decide(request, pair, decided):
    choices = {str(pair.first.pk): (pair.first, pair.second), str(pair.second.pk): (pair.second, pair.first)}
    if decided["decision"] in choices:
        keep, other = choices[decided["decision"]]
        merging.merge(keep, other, by=request.user, reason=decided["reason"])
        return redirect("person", keep.pk)
    if decided["decision"] != "different":
        raise ValidationError("请选择保留哪一份，或选择不是同一人。")
    _tell_apart(pair, request.user, decided["reason"])
    return redirect(reverse("same_people"))


@transaction.atomic
def _tell_apart(pair, by, reason):
    told, created = NotSamePerson.objects.get_or_create(
        first=pair.first, second=pair.second, defaults={"by": by, "reason": reason}
    )
    if created:
        audit.record(by=by, verb="tell_apart", obj=told, reason=reason)


def _side_by_side(pair, on):
    """[(label, text of the first, text of the second, whether they differ)]."""
    first, second = (_facts(person, on) for person in (pair.first, pair.second))
    return [
        (label, first[name], second[name], first[name] != second[name])
        for name, label in FIELDS
        if first[name] or second[name]
    ]


def _facts(person, on):
    return {
        "name": person.name,
        "sex": person.get_sex_display(),
        "born": f"{person.birth_date:%Y-%m-%d}" if person.birth_date else "",
        "id_masked": person.id_masked or "未填",
        "phone_masked": person.phone_masked,
        "ethnicity": person.ethnicity,
        "political": " ".join(filter(None, [person.get_political_status_display(), month(person.party_joined)])),
        "place": _place(person),
        "now": "；".join(standing(person, on)["lines"]),
        "remarks": person.remarks,
    }


def _place(person):
    return f"{person.village.township.name} {person.village.name}"


def _moving(person):
    """What would go over to the other file: "任职 2 条、学历 1 条"."""
    return "、".join(f"{model._meta.verbose_name} {len(rows)} 条" for model, _, rows in merging.hanging(person))
