"""Pages that look across the subjects: the overview and the search."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from core import indicators
from core.views.figures import asked_division, cell, tile, townships

# Columns of the table by township: figure → heading short enough for a dense table.
COLUMNS = (
    ("villages", "村"),
    ("one_shoulder", "一肩挑"),
    ("college_cadre_villages", "有大专干部的村"),
    ("reserves", "后备/应备"),
    ("reserve_ratio_met", "后备达标"),
    ("people_trained", "参训"),
    ("degree_students", "学历提升"),
    ("cadres_adjusted", "届中调整"),
)


@login_required
def home(request):
    """The figures of the user's area on the date; for roles without business data, what they can do."""
    if "business" not in request.user.role_data.sees:
        return render(request, "home_plain.html")
    code = asked_division(request)
    tiles = [tile(figure, code) for figure in indicators.board(request.user, request.on, code)]
    context = {
        "tiles": tiles,
        "columns": COLUMNS,
        "lines": [_line(*found) for found in indicators.board_by_township(request.user, request.on, code)],
        "townships": townships(request.user),
        "code": code or "",
    }
    return render(request, "home.html", context)


def _line(township, figures):
    """A township's row: its name, where a click leads, and a cell with its address per column."""
    cells = [
        {"text": cell(figures[key]), "url": tile(figures[key], township.code)["url"]}
        for key, _ in COLUMNS
        if key in figures
    ]
    return {"name": township.name, "code": township.code, "cells": cells}
