"""A person's page, and the reveal of a masked number."""

from collections import Counter

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from core import rules
from core.periods import month
from core.scope import inside
from core.views.access import business_page, page_for
from talent import actions, reveal, timeline
from talent.models import EducationMode, Person, Post
from talent.views import talents
from talent.views.kinship import relative_form, relatives_of, told


class RevealForm(forms.Form):
    reason = forms.CharField(
        label="查看原因", min_length=4, max_length=200, help_text="例如：核对银行账号、报送任免审批表。会记入操作日志。"
    )


def visible_person(request, pk):
    """The person `pk`, or 404 when missing or out of scope."""
    people = Person.objects.visible_to(request.user).with_education(request.on)
    return get_object_or_404(people.select_related("village__township"), pk=pk)


@business_page
def people(request):
    """The list of people is the admin's."""
    return redirect("admin:talent_person_changelist")


@business_page
def person(request, pk):
    """Basics (masked), roles on a time line, what the checks say about the person."""
    return render(request, "talent/person.html", _context(request, visible_person(request, pk)))


@page_for("talent.add_kinship")
def relative_new(request, pk):
    """Write down a near relative of a person; a form that is wrong stays as it was filled in."""
    found = visible_person(request, pk)
    if request.method != "POST":  # another date chosen beside a form that was refused
        return redirect("person", pk)
    form = relative_form(found, request.user, request.on, request.POST)
    if form is None:
        raise PermissionDenied
    if not form.is_valid():
        messages.error(request, f"亲属关系没有登记：{told(form)}")
        context = _context(request, found) | {"relative_form": form}
        return render(request, "talent/person.html", context, status=400)
    actions.add_kinships([form.save(commit=False)], by=request.user)
    messages.success(request, f"已登记：{form.instance}。")
    return redirect("person", pk)


@business_page
@never_cache
def person_reveal(request, pk):
    """Show the ID number and phone in full once: the reason is written down first."""
    found = visible_person(request, pk)
    if not _can_reveal(request.user, found):
        raise PermissionDenied
    form = RevealForm(request.POST or None)
    context = _context(request, found) | {"form": form, "asked": True}
    if request.method == "POST" and form.is_valid():
        try:
            context["shown"] = reveal.reveal(found, reason=form.cleaned_data["reason"], by=request.user)
        except reveal.TooMany as error:
            context["refused"] = str(error)
    return render(request, "talent/person.html", context)


def _context(request, found):
    events, asked = timeline.events(found, request.user), request.GET.get("kind", "")
    return {
        "person": found,
        "facts": _facts(found, request.on),
        "standing": standing(found, request.on),
        "talents": talents.cards(found, request.on),
        "relatives": relatives_of(found, request.user),
        "relative_form": relative_form(found, request.user, request.on),
        "kinds": _kinds(events, asked),
        "events": [_dated(event, request.on) for event in events if asked in ("", event.kind)],
        "findings": [
            one for one in rules.findings(request.user, request.on, found.village_id) if one.person_id == found.pk
        ]
        if _own_village(request.user, found)
        else [],
        "can_change": request.user.has_perm("talent.change_person") and _own_village(request.user, found),
        "can_reveal": _can_reveal(request.user, found),
        "keeps_file": _own_village(request.user, found),
    }


def _own_village(user, found):
    return inside(found.village_id, user.division_id)


def _can_reveal(user, found):
    """Somebody seen only through a role here stays masked: the full numbers are for who keeps the file, and the county."""
    return user.has_perm("talent.reveal_person") and _own_village(user, found)


def standing(found, on):
    """What a person is on the date: the word of the tag, whether it is a post, and a line for each village."""
    seated = seats(found.appointments.serving(on).select_related("village__township"))
    sent = [
        _stands(row, row.get_role_display())
        for row in found.stationings.serving(on).select_related("village__township")
    ]
    if seated or sent:
        return {"word": "在任" if seated else "在村", "in_post": True, "lines": seated + sent}
    pool = found.reserve_places.in_pool(on).select_related("village__township")
    waiting = [_stands(row, row.get_target_display()) for row in pool]
    skilled = [
        _stands(row, "，".join(filter(None, ["乡村人才", row.get_category_display()])))
        for row in found.talents.in_pool(on).select_related("village__township")
    ]
    word = "后备在库" if waiting else "乡村人才" if skilled else "不在任"
    return {"word": word, "in_post": False, "lines": waiting + skilled}


def _stands(row, what):
    return f"{row.village.township.name} {row.village.name} · {what}"


def seats(appointments):
    """The posts in force, one line a village: "寨里镇 寨里村 · 党组织书记、村（居）委会主任（一肩挑）"."""
    by_village = {}
    for row in appointments:
        by_village.setdefault(row.village, []).append(row)
    return [f"{village.township.name} {village.name} · {posts_text(rows)}" for village, rows in by_village.items()]


def posts_text(rows):
    """The posts of one person in one village, with 一肩挑 where the two first posts meet."""
    posts = {row.post for row in rows}
    both = {Post.PARTY_SECRETARY, Post.VILLAGE_DIRECTOR} <= posts
    return "、".join(Post(row.post).label for row in sorted(rows, key=rank)) + ("（一肩挑）" if both else "")


def rank(row):
    """Position of a post in the order of rank."""
    return list(Post).index(Post(row.post))


def _facts(found, on):
    """[(label, text)] of the person's own fields; labels from the model."""
    age = found.age(on)
    born = f"{month(found.birth_date)}（{age} 周岁）" if found.birth_date else ""
    joined = (
        f"{found.get_political_status_display()}{f'，{month(found.party_joined)} 入党' if found.party_joined else ''}"
    )
    rows = (
        ("sex", " / ".join(filter(None, [found.get_sex_display(), found.ethnicity]))),
        ("birth_date", born),
        ("archive_birth_date", month(found.archive_birth_date)),
        ("political_status", joined),
        ("work_started", month(found.work_started)),
        ("background", found.get_background_display()),
        ("native_place", found.native_place),
        ("village", f"{found.village.township.name} {found.village.name}"),
        ("remarks", found.remarks),
    )
    labels = {field.name: field.verbose_name for field in Person._meta.fields}
    facts = [(labels[name], text) for name, text in rows if text]
    return [*facts[:4], ("学历", person_education(found) or "未填"), *facts[4:]]


def person_education(found):
    """All that a person completed, the highest first: "本科（在职，2024.06）；大专（全日制，2010.07）"."""
    return "；".join(_education(row) for row in found.educations.all())


def _education(row):
    mode = "" if row.mode == EducationMode.UNSPECIFIED else row.get_mode_display()
    detail = "，".join(filter(None, [mode, month(row.graduated_on)]))
    return f"{row.get_level_display()}（{detail}）" if detail else row.get_level_display()


def _kinds(events, asked):
    """The chips above the time line: each kind of event and how many of it."""
    counts = Counter(event.kind for event in events)
    return [{"label": kind, "count": count, "current": kind == asked} for kind, count in counts.items()]


def _dated(event, on):
    """An event as the page shows it: when, and whether it is over or still to come on the date."""
    state = "future" if event.start > on else "ended" if event.end and event.end < on else ""
    return {"when": month(event.start), "kind": event.kind, "text": event.text, "detail": event.detail, "state": state}
