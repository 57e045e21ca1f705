"""Pages that look across the subjects: the overview and the search."""

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse

from core import indicators, rules
from core.views.access import business_page
from core.views.figures import asked_division, cell, tile, townships
from core.views.findings import summaries
from talent.models import Person
from talent.views.villages import village_lines
from villages.models import Division, Village

# Columns of the table by township: figure → heading short enough for a dense table.
COLUMNS = (
    ("villages", "村"),
    ("one_shoulder", "一肩挑"),
    ("college_cadre_villages", "大专村"),
    ("reserves", "后备/应备"),
    ("reserve_ratio_met", "后备达标"),
    ("people_trained", "参训"),
    ("degree_students", "学历提升"),
    ("cadres_adjusted", "届中调整"),
)
# What a county reports of its teams: the first cards. Every other figure stands below, under its group.
HEADLINE = (
    "villages", "one_shoulder", "cadres_adjusted", "reserves", "reserve_ratio_met",
    "reserves_recruited", "secretary_classes", "people_trained", "degree_students", "college_cadre_villages",
)  # fmt: skip
TO_DO = 6
TOWNSHIP_DIGITS = 9
FOUND = 50


@login_required
def home(request):
    """The figures of the user's area on the date; for roles without business data, what they can do."""
    if "business" not in request.user.role_data.sees:
        return render(request, "home_plain.html")
    code = asked_division(request)
    board = indicators.board(request.user, request.on, code)
    found = summaries(rules.findings(request.user, request.on, code))
    context = {
        "area": Division.objects.visible_to(request.user).filter(code=code).first() if code else request.user.division,
        "headline": [tile(figure, code) for figure in sorted(board, key=_place) if figure.key in HEADLINE],
        "groups": _groups([figure for figure in board if figure.key not in HEADLINE], code),
        "columns": [(key, heading) for key, heading in COLUMNS if key in indicators.REGISTRY],
        **_parts(request, code),
        "to_do": found[:TO_DO],
        "more": len(found) > TO_DO,
        "townships": townships(request.user),
        "code": code or "",
    }
    return render(request, "home.html", context)


def _place(figure):
    return HEADLINE.index(figure.key) if figure.key in HEADLINE else len(HEADLINE)


def _groups(figures, code):
    """[(group, tiles)] in the order in which groups and figures were declared."""
    grouped = {}
    for figure in figures:
        grouped.setdefault(figure.group, []).append(tile(figure, code))
    return list(grouped.items())


def _parts(request, code):
    """The table below the cards: the townships of a county, or the villages of one township."""
    if len(code or request.user.division_id) >= TOWNSHIP_DIGITS:
        return {"villages": village_lines(request.user, request.on, code)}
    return {"lines": [_line(*one) for one in indicators.board_by_township(request.user, request.on, code)]}


def _line(township, figures):
    """A township's row: its name, where a click leads, and a cell with its address per column."""
    cells = [
        {"text": cell(figures[key]), "url": tile(figures[key], township.code)["url"]}
        for key, _ in COLUMNS
        if key in figures
    ]
    return {"name": township.name, "code": township.code, "cells": cells}


@business_page
def search(request):
    """People by name, pinyin, initials or a whole number; villages by name. A number is posted, so no address holds it."""
    words = (request.POST if request.method == "POST" else request.GET).get("q", "").strip()
    if request.method == "POST":
        return _posted(request, words)
    people = Person.objects.visible_to(request.user).search(words) if words else Person.objects.none()
    found = people.select_related("village__township").with_education(request.on).order_by("pinyin", "pk")
    villages = Village.objects.visible_to(request.user).filter(_named(words)) if words else Village.objects.none()
    context = {
        "words": words,
        "people": [_person(person, request.on) for person in found[:FOUND]],
        "villages": villages.select_related("township").distinct().order_by("code")[:FOUND],
        "limit": FOUND,
    }
    return render(request, "search.html", context)


def _person(person, on):
    return {"person": person, "age": person.age(on)}


def _named(words):
    spelt = Q(pinyin__startswith=words.lower()) | Q(initials__startswith=words.lower())
    return Q(name__contains=words) | Q(former_names__name__contains=words) | spelt | Q(code=words)


def is_number(words):
    """True for what looks like a whole ID number or mobile number."""
    tight = "".join(words.split())
    return len(tight) in {11, 18} and tight[:-1].isdigit()


def _posted(request, words):
    """Send words on to a list or the search page; a number goes straight to its person."""
    if is_number(words):
        person = Person.objects.visible_to(request.user).search(words).first()
        return redirect("person", person.pk) if person else render(request, "search.html", {"unknown_number": True})
    kept = QueryDict(mutable=True)
    for name, values in request.POST.lists():
        if name not in {"csrfmiddlewaretoken", "list", "q"}:
            kept.setlist(name, values)
    if words:
        kept["q"] = words
    return redirect(f"{_list_address(request.POST.get('list'))}?{kept.urlencode()}")


def _list_address(name):
    """The address of an admin list ("talent_person"), or of the search page."""
    try:
        return reverse(f"admin:{name}_changelist") if name else reverse("search")
    except NoReverseMatch:
        return reverse("search")
