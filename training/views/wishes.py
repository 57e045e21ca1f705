"""Needs that people state themselves, or that an evaluation or the township sees; clerks enter those of their people."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from core.admin.forms import DateInput
from core.forms import RowForm
from core.text import row_key
from core.views.access import business_page
from core.views.figures import asked_division, townships
from core.views.pages import page_of
from rosters import listing
from training import actions
from training.models import Topic, TrainingWish
from training.views.people import member_of, named

HEADINGS = (
    ("乡镇", 14),
    ("村", 14),
    ("姓名", 10),
    ("专题", 24),
    ("年度", 8),
    ("来源", 14),
    ("提出日期", 12),
    ("说明", 40),
)


class WishForm(RowForm):
    who = forms.CharField(label="姓名或身份证号", help_text="同名的请填身份证号。")
    field_order = ("who", "topic", "year", "source", "stated_on", "remarks")

    class Meta:
        model = TrainingWish
        fields = ("topic", "year", "source", "stated_on", "remarks")
        widgets = {"stated_on": DateInput, "remarks": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, user, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.on = user, on
        self.fields["topic"].queryset = Topic.objects.visible_to(user)
        if "stated_on" in self.fields:
            self.fields["stated_on"].required, self.fields["stated_on"].initial = False, on

    def clean_who(self):
        person = named(self.user, self.cleaned_data["who"])
        self.instance.village = member_of(self.user, self.on, person).village
        self.instance.person = person
        return self.cleaned_data["who"]

    def clean_stated_on(self):
        stated = self.cleaned_data["stated_on"] or self.on
        if stated > timezone.localdate():
            raise ValidationError("提出日期还没有到，请核对。")
        return stated


class StillNeededForm(WishForm):
    """What a trainee says in the evaluation of a class is still needed."""

    left_out = ("person",)  # a wish for the same topic of the year is no mistake here: it is brought up to date
    field_order = ("who", "topic", "remarks")

    class Meta(WishForm.Meta):
        fields = ("topic", "remarks")

    def __init__(self, *args, user, session, **kwargs):
        super().__init__(*args, user=user, on=session.end, **kwargs)
        self.instance.session, self.instance.year = session, session.end.year
        self.instance.stated_on = session.end
        self.instance.source = TrainingWish.Source.FEEDBACK
        self.fields["topic"].label = "还需要的专题"

    def clean_who(self):
        person = named(self.user, self.cleaned_data["who"])
        listed = self.instance.session.enrollments.visible_to(self.user).listed().filter(person=person)
        enrollment = listed.select_related("village").first()
        if enrollment is None:
            raise ValidationError(f"{person.name}不在这一期的名单里，请核对。")
        self.instance.person, self.instance.village = person, enrollment.village
        return self.cleaned_data["who"]


@business_page
def wishes_page(request):
    """What was stated by the date for its year and the year before; POST states one more or takes one back."""
    code = asked_division(request)
    found = TrainingWish.objects.visible_to(request.user).stated(request.on)
    found = found.below(code) if code else found
    found = found.select_related("person", "village__township", "topic").order_by("-year", "village_id", "pk")
    if request.GET.get("excel"):
        return _excel(request, found)
    may = request.user.has_perm("training.add_trainingwish")
    form = None
    if may:
        bound = request.POST if request.method == "POST" and "drop" not in request.POST else None
        form = WishForm(
            bound, user=request.user, on=request.on, initial={"year": request.on.year, "stated_on": request.on}
        )
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        if "drop" in request.POST:
            return _dropped(request)
        if form.is_valid():
            actions.note_wishes([form.instance], by=request.user)
            messages.success(request, f"已登记：{form.instance}。")
            return redirect("training_wishes")
    context = {"form": form, "code": code or "", "townships": townships(request.user), **page_of(request, found)}
    return render(request, "training/wishes.html", context, status=400 if form is not None and form.errors else 200)


def _dropped(request):
    rows = TrainingWish.objects.visible_to(request.user).select_related("person", "topic")
    wish = get_object_or_404(rows, pk=row_key(request.POST["drop"]))
    actions.drop_wish(wish, by=request.user)
    messages.success(request, f"已撤回：{wish}。")
    return redirect("training_wishes")


def _excel(request, found):
    lines = [
        (row.village.township.name, row.village.name, row.person.name, row.topic.name, row.year,
         row.get_source_display(), f"{row.stated_on}", row.remarks)
        for row in found
    ]  # fmt: skip
    title = f"{request.user.division.name}培训需求"
    content = listing.workbook(title, HEADINGS, lines, by=request.user.name, told=f"时点 {request.on}")
    return listing.download(content, f"{title}.xlsx")
