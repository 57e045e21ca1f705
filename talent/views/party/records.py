"""Lists and forms that share one shape: village projects, cultural activities, what party members do for others."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from core.admin.base import own
from core.admin.forms import DateInput
from core.forms import RowForm
from core.periods import begun, dated_by, in_force, year_to_date
from core.scope import inside, scope_code
from core.stamps import Stamped
from core.text import person_name
from core.views.access import business_page
from talent.models import Person
from talent.views.party.forms import VillageMixin
from talent.views.party.tabs import tabs
from talent.views.sheet import Cell, Choice, Sheet, answer, narrowed, person_cell, village_cell
from villages import actions
from villages.models import ActivityKind, CulturalActivity, PartyActivity, VillageProject

PERIOD = Choice("period", "时间：本年度", (("all", "历年"),))
MOST = 5


class ProjectForm(Stamped, VillageMixin, forms.ModelForm):
    village = forms.ChoiceField(label="村")

    class Meta:
        model = VillageProject
        fields = ("village", "name", "kind", "source", "amount_wan", "invested_on", "start", "end", "remarks")
        widgets = dict.fromkeys(("invested_on", "start", "end"), DateInput)


class CultureForm(Stamped, VillageMixin, forms.ModelForm):
    village = forms.ChoiceField(label="村")

    class Meta:
        model = CulturalActivity
        fields = ("village", "name", "kind", "held_on", "organiser", "people", "amount_wan", "remarks")
        widgets = {"held_on": DateInput}


class ActivityForm(VillageMixin, RowForm):
    """Something that a member did; person and village are not fields, yet their constraints are checked."""

    who = forms.CharField(label="党员（干部）姓名或身份证号", max_length=50, help_text="同名的请填身份证号。")
    field_order = ("who", "kind", "partner", "start", "end", "hours", "matter", "handling", "handled_on")

    class Meta:
        model = PartyActivity
        fields = ("kind", "partner", "start", "end", "hours", "matter", "handling", "handled_on")
        widgets = dict.fromkeys(("start", "end", "handled_on"), DateInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["who"].initial = self.instance.person.name

    def clean_who(self):
        words = self.cleaned_data["who"]
        if not (self.instance.pk and words == self.instance.person.name):
            self.instance.person = _named(self.user, words)
            self.instance.village = self.instance.person.village
        return words


def _named(user, text):
    """The one person of the user's area that a name or ID number fits. Raises ValidationError with what to write."""
    words = person_name(text)
    found = list(Person.objects.visible_to(user).search(words).select_related("village").order_by("pk")[:MOST]) if words else []  # fmt: skip
    exact = [person for person in found if person.name == words] or found
    if not exact:
        raise ValidationError("本辖区没有找到这个人，请核对姓名，或改填身份证号；还没有档案的请先上传花名册。")
    if len(exact) > 1:
        raise ValidationError("有几个人都叫这个名字，请改填身份证号。")
    if not inside(exact[0].village_id, scope_code(user)):
        raise ValidationError(f"{exact[0].name}的档案不在本辖区，请由其所在乡镇登记。")
    return exact[0]


@dataclass(frozen=True)
class Book:
    """One kind of record: its model, pages and form, which rows a date shows, and how a row reads in the list."""

    model: type
    route: str  # of the list; route_new and route_one are those of the form
    one: str
    title: str
    counted: str
    form: type
    columns: tuple
    choice: Choice
    line: Callable
    of_year: Callable
    until: Callable
    searched: tuple
    words: str
    roster: str = ""
    more: tuple = ()  # further filters: (Choice, function of rows, value and date → rows)

    @property
    def verbs(self):
        return f"villages.{{}}_{self.model._meta.model_name}"

    def rows(self, request):
        """The rows that the filters of the list leave."""
        when = self.until if PERIOD.asked(request) else self.of_year
        found = narrowed(request, self.model.objects.filter(when(request.on)))
        if kind := self.choice.asked(request):
            found = found.filter(kind=kind)
        for choice, narrow in self.more:
            if value := choice.asked(request):
                found = narrow(found, value, request.on)
        if words := request.GET.get("q", "").strip():
            named = Q()
            for path in self.searched:
                named |= Q(**{f"{path}__contains": words})
            found = found.filter(named)
        related = ["village__township", *(["person"] if self.model is PartyActivity else [])]
        return found.select_related(*related).order_by(*self.model._meta.ordering)


def _date(day):
    return Cell(f"{day:%Y-%m-%d}" if day else "")


def _number(value):
    return Cell("" if value is None else float(value))


def _opened(text, route, row, may_change):
    """The cell that opens the row's form, for those who may change it."""
    return Cell(text, reverse(route, args=[row.pk]) if may_change else "")


def _project(row, on, may_change):
    return [
        _opened(row.name, "village_project", row, may_change), Cell(row.village.township.name), village_cell(row.village),
        Cell(row.get_kind_display()), _number(row.amount_wan), Cell(row.get_source_display()), _date(row.invested_on),
        Cell(row.state(on)), _date(row.start), _date(row.end), Cell(row.remarks),
    ]  # fmt: skip


def _culture(row, on, may_change):
    return [
        _opened(row.name, "cultural_activity", row, may_change), Cell(row.village.township.name), village_cell(row.village),
        Cell(row.get_kind_display()), _date(row.held_on), Cell(row.organiser), _number(row.people), _number(row.amount_wan),
        Cell(row.remarks),
    ]  # fmt: skip


def _activity(row, on, may_change):
    return [
        person_cell(row.person), Cell(row.village.township.name), village_cell(row.village),
        _opened(row.get_kind_display(), "party_activity", row, may_change), Cell(row.partner), _date(row.start), _date(row.end),
        _number(row.hours), Cell(row.matter), Cell(row.handling), _date(row.handled_on),
    ]  # fmt: skip


def _kinds(label, kinds):
    return Choice("kind", f"{label}：全部", tuple(kinds.choices))


PROJECTS = Book(
    VillageProject, "village_projects", "village_project", "村级项目", "项", ProjectForm,
    (("项目名称", 30), ("乡镇", 12), ("村", 14), ("类别", 12), ("金额（万元）", 12), ("资金来源", 12), ("到位日期", 12), ("状态", 10),
     ("开工", 12), ("完工", 12), ("备注", 24)),
    _kinds("类别", VillageProject.Kind), _project, lambda on: year_to_date(on, "invested_on"),
    lambda on: dated_by(on, "invested_on"), ("name", "village__name"), "项目、村", "village_projects",
    (
        (Choice("source", "资金来源：全部", tuple(VillageProject.Source.choices)), lambda rows, source, on: rows.filter(source=source)),
        (Choice("state", "状态：全部", tuple((state, state) for state in ("未开工", "在建", "已完工"))), lambda rows, state, on: rows.in_state(state, on)),
    ),
)  # fmt: skip
CULTURE = Book(
    CulturalActivity, "cultural_activities", "cultural_activity", "文化活动", "场", CultureForm,
    (("活动名称", 30), ("乡镇", 12), ("村", 14), ("类别", 12), ("日期", 12), ("主办单位", 20), ("参加人数", 10), ("经费（万元）", 12), ("备注", 24)),
    _kinds("类别", CulturalActivity.Kind), _culture, lambda on: year_to_date(on, "held_on"), lambda on: dated_by(on, "held_on"),
    ("name", "village__name"), "活动、村", "culture",
)  # fmt: skip
ACTIVITIES = Book(
    PartyActivity, "party_activities", "party_activity", "党员联系服务", "条", ActivityForm,
    (("姓名", 12), ("乡镇", 12), ("村", 14), ("类型", 14), ("联系户（对象）", 16), ("日期", 12), ("结束", 12), ("时长（小时）", 10), ("事项", 30),
     ("办理情况", 30), ("办结日期", 12)),
    _kinds("类型", ActivityKind), _activity,
    lambda on: year_to_date(on, "start") | (in_force(on) & Q(kind=ActivityKind.PAIRING)), begun,
    ("person__name", "partner", "matter", "village__name"), "姓名、对象、事项、村", "party_activities",
)  # fmt: skip


def _listed(book):
    @business_page
    def listed(request):
        on = request.on
        may_change = request.user.has_perm(book.verbs.format("change"))
        lines = [book.line(row, on, may_change) for row in book.rows(request)]
        empty = f"{on.year} 年到这一天还没有符合的{book.title}。可以换筛选条件或数据时点，也可以点右上角登记。"
        sheet = Sheet(f"{on.year}年{book.title}", book.counted, book.columns, lines, empty)
        return answer(
            request, sheet, tabs=tabs(book.route), choices=(book.choice, *(choice for choice, _ in book.more), PERIOD), searched=book.words,
            buttons=_buttons(request, book),
        )  # fmt: skip

    return listed


def _buttons(request, book):
    if not request.user.has_perm(book.verbs.format("add")):
        return []
    main = {"label": "登记", "url": reverse(f"{book.one}_new"), "main": True}
    upload = {"label": "上传名册", "url": f"{reverse('roster_upload')}?kind={book.roster}", "main": False}
    return [*([upload] if book.roster else []), main]


def _new(book):
    @business_page
    def new(request):
        if not request.user.has_perm(book.verbs.format("add")):
            raise PermissionDenied
        form = book.form(request.POST or None, user=request.user, on=request.on, initial=request.GET.dict())
        if request.method == "POST" and form.is_valid():
            kept = actions.add_records([form.save(commit=False)], by=request.user)[0]
            messages.success(request, f"已登记：{kept}。")
            return redirect(book.route)
        return _form(request, book, form, f"登记{book.title}")

    return new


def _one(book):
    @business_page
    @transaction.atomic
    def one(request, pk):
        seen = book.model.objects.visible_to(request.user).select_related("village")
        row = get_object_or_404(seen, pk=pk)
        if not (request.user.has_perm(book.verbs.format("change")) and own(request.user, row)):
            raise PermissionDenied
        if request.method == "POST" and request.POST.get("do") == "drop":
            actions.drop_records([row], by=request.user)
            messages.success(request, f"已删去：{row}。")
            return redirect(book.route)
        form = book.form(request.POST or None, instance=row, user=request.user, on=request.on)
        if request.method == "POST" and form.is_valid():
            names = [*(name for name in form.fields if name != "who"), *(["person", "village"] if "who" in form.fields else [])]  # fmt: skip
            actions.change_records([form.instance], names, by=request.user)
            messages.success(request, f"已保存：{form.instance}。")
            return redirect(book.route)
        return _form(request, book, form, str(row), can_drop=True)

    return one


def _form(request, book, form, title, can_drop=False):
    context = {"form": form, "title": title, "back": reverse(book.route), "parent": book.title, "can_drop": can_drop}
    return render(request, "talent/party/form.html", context, status=400 if form.errors else 200)


projects, project_new, project = _listed(PROJECTS), _new(PROJECTS), _one(PROJECTS)
culture, culture_new, culture_one = _listed(CULTURE), _new(CULTURE), _one(CULTURE)
activities, activity_new, activity = _listed(ACTIVITIES), _new(ACTIVITIES), _one(ACTIVITIES)
