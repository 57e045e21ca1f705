"""What lists of pages share: tabs, filters, a table that is also an Excel sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.shortcuts import render
from django.template.defaultfilters import floatformat
from django.urls import reverse

from core.views.figures import asked_division, townships
from core.views.pages import page_of
from rosters import listing

ON_ONE_LINE = 10  # characters that are never broken: a date, most names


@dataclass(frozen=True)
class Cell:
    """What a cell shows; a number stays one in Excel. `tag` is the colour of a state; a long text takes several lines, as `wrap`
    lets any; `tick` is the key of a row that may be ticked here, for what the page does with the ticked ones."""

    text: object
    url: str = ""
    tag: str = ""
    wrap: bool = False
    tick: object = ""

    @property
    def css(self):
        wraps = self.wrap or (isinstance(self.text, str) and len(self.text) > ON_ONE_LINE)
        return " ".join(name for name, is_so in (("num", self.is_number), ("wrap", wraps)) if is_so)

    @property
    def is_number(self):
        return isinstance(self.text, int | float)

    @property
    def shown(self):
        """The text on a page: a sum in groups of three, without idle zeros; a count or a year as it is."""
        return floatformat(self.text, "-2g") if isinstance(self.text, float) else self.text


class Lines(Sequence):
    """The rows of a queryset as Cells: made for those only that are shown, so that a page costs what a page holds."""

    def __init__(self, queryset, line):
        self.queryset, self.line = queryset, line

    @cached_property
    def _count(self):
        return self.queryset.count()

    def __len__(self):
        return self._count

    def __getitem__(self, place):
        found = self.queryset[place]
        return [self.line(row) for row in found] if isinstance(place, slice) else self.line(found)

    def __iter__(self):
        return map(self.line, self.queryset)


@dataclass(frozen=True)
class Sheet:
    """A list: its title, what is counted, ((heading, width in Excel), …), rows of Cells, and what an empty one says."""

    title: str
    counted: str
    columns: tuple
    rows: Sequence
    empty: str
    total: tuple = ()  # Cells of a last line that is none of the rows
    stacks: tuple = ()  # on the page: which columns share a cell, one below the other, as tuples of their places

    @property
    def headings(self):
        """The headings over the cells of the page, each with those of the columns that share it."""
        return self.stacked([heading for heading, _ in self.columns])

    def stacked(self, row):
        """What stands in the columns of a row, as a page shows it: [[what shares a cell], …]."""
        return [[row[place] for place in stack] for stack in self.stacks or ((place,) for place in range(len(row)))]

    def line(self, row):
        """The Cells of a row as a page shows them: of those that share a cell, an empty one takes no line."""
        return [[cell for cell in stack if cell.text not in ("", None)] or stack[:1] for stack in self.stacked(row)]

    @property
    def foot(self):
        return self.line(self.total) if self.total else []

    def headed(self, lines):
        """[(headings that share a cell, whether they stand above numbers)] of the lines shown."""
        columns = list(zip(*lines, strict=True)) or [()] * len(self.headings)
        return [
            (stack, any(cells[0].is_number for cells in column))
            for stack, column in zip(self.headings, columns, strict=True)
        ]

    def table(self, told):
        """The list as a sheet of a workbook."""
        lines = [*self.rows, self.total] if self.total else self.rows
        return listing.Table(self.title, self.columns, [[cell.text for cell in row] for row in lines], told)


@dataclass(frozen=True)
class Choice:
    """A filter of a list: the name in the address, the words of no choice, and (value, label) pairs."""

    name: str
    label: str
    options: tuple

    def asked(self, request):
        """The chosen value where it is one of the options, else ""."""
        value = request.GET.get(self.name, "")
        return value if value in {str(option) for option, _ in self.options} else ""

    def shown(self, request):
        value = self.asked(request)
        options = [{"value": str(key), "label": label, "on": str(key) == value} for key, label in self.options]
        return {"name": self.name, "label": self.label, "options": options, "on": bool(value)}


def person_cell(person):
    return Cell(person.name, reverse("person", args=[person.pk]))


def village_cell(village):
    return Cell(village.name, reverse("village", args=[village.code]))


def upload_button(request, kind, label):
    """The way from a list to the upload of its roster, for those who may upload; [] for others."""
    if not request.user.has_perm("rosters.upload"):
        return []
    return [{"label": label, "url": f"{reverse('roster_upload')}?kind={kind}", "main": False}]


def narrowed(request, rows):
    """The rows of the user's area, narrowed to the township that is asked for."""
    code = asked_division(request)
    seen = rows.visible_to(request.user)
    return seen.below(code) if code else seen


def as_excel(request):
    """The query under which the page that is shown, as it is narrowed, comes as Excel."""
    asked = request.GET.copy()
    asked["xlsx"] = "1"
    return asked.urlencode()


def excel(request, title, *sheets):
    """The lists of a page as the sheets of one workbook."""
    told = f"数据时点：{request.on:%Y-%m-%d}"
    content = listing.workbook_of([sheet.table(told) for sheet in sheets], by=request.user.name)
    return listing.download(content, f"{title}（{request.on:%Y%m%d}）.xlsx")


def answer(request, sheet, *, tabs=(), choices=(), searched="", **context):
    """The list as a page, or as Excel with `?xlsx`."""
    if "xlsx" in request.GET:
        return excel(request, sheet.title, sheet)
    paged = page_of(request, sheet.rows)
    lines = [sheet.line(row) for row in paged["page"].object_list]
    shown = {
        "sheet": sheet,
        "headings": sheet.headed(lines),
        "count": len(sheet.rows),
        **paged,
        "lines": lines,
        "tabs": tabs,
        "choices": [choice.shown(request) for choice in choices],
        "searched": searched,
        "words": request.GET.get("q", ""),
        "townships": townships(request.user),
        "code": asked_division(request) or "",
        "xlsx": as_excel(request),
        "buttons": [],
        "note": "",
        "ticking": {},  # what is done with the ticked rows: its url, label and hint
        "not_returned": "",  # why the list comes back by no roster, and where to change what it shows
    }
    return render(request, "talent/sheet.html", shown | context)
