"""Admin pages of people and their education."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import DateField, F, Value
from django.urls import reverse
from django.utils.html import format_html

from core.admin import ChoiceFilter, ScopedAdmin, ScopedInline, TownshipFilter
from core.admin.forms import ScopedForm
from core.periods import month
from talent.admin.rows import SEARCH_HELP, PersonColumns, highest_education
from talent.models import Education, Person

FROM_ID = {"sex": "", "birth_date": None}  # taken from the ID number, and what stands there before


class PersonForm(ScopedForm):
    def clean_id_number(self):
        """Refuse a number that somebody already has, naming only whom the user may see."""
        number = self.cleaned_data["id_number"]
        holder = Person.objects.with_id_number(number).exclude(pk=self.instance.pk).first() if number else None
        if holder is None:
            return number
        if Person.objects.visible_to(self.user).filter(pk=holder.pk).exists():
            raise ValidationError(f"这个身份证号已在系统中，是{holder.name}，请改那一份档案。")
        raise ValidationError("这个身份证号的人员由其他乡镇管理，请联系县委组织部办理转接。")

    def clean(self):
        """Sex and birth date follow a corrected ID number unless they were corrected as well."""
        cleaned = super().clean()
        if "id_number" in self.changed_data and cleaned.get("id_number"):
            cleaned.update({name: empty for name, empty in FROM_ID.items() if name not in self.changed_data})
        return cleaned


class ServingFilter(admin.SimpleListFilter):
    """People by what they are on the data date."""

    title, parameter_name = "在任情况", "serving"

    def lookups(self, request, model_admin):
        return [("cadres", "在任“两委”干部"), ("stationed", "驻村与挂职")]

    def queryset(self, request, queryset):
        if self.value() == "cadres":
            return queryset.serving(request.on)
        return queryset.stationed(request.on) if self.value() == "stationed" else queryset


class EducationInline(ScopedInline):
    model = Education
    fields = ("level", "mode", "school", "major", "graduated_on", "certificate_no")


@admin.register(Person)
class PersonAdmin(PersonColumns, ScopedAdmin):
    roster = "committee"
    form = PersonForm
    list_display = (
        "person_name", "sex", "township", "village_link", "born", "age", "ethnicity", "education_text",
        "political_status", "id_masked", "phone_masked",
    )  # fmt: skip
    list_display_links = None
    list_filter = (ServingFilter, TownshipFilter, ("political_status", ChoiceFilter), ("sex", ChoiceFilter))
    list_select_related = ("village__township",)
    search_fields = ("name",)
    search_help_text = SEARCH_HELP
    ordering = ("pinyin", "pk")
    autocomplete_fields = ("village",)
    inlines = (EducationInline,)
    fieldsets = (
        ("基本情况", {"fields": (
            "name", "id_number", "phone", "sex", "birth_date", "archive_birth_date", "ethnicity", "native_place", "village",
        )}),
        ("政治面貌与工作", {"fields": ("political_status", "party_joined", "work_started", "background", "remarks")}),
    )  # fmt: skip
    empty = "还没有人员。可以从“花名册”上传，或点右上角新建。"

    def _person(self, row):
        return row

    @admin.display(description="姓名", ordering="pinyin")
    def person_name(self, row):
        return super().person_name(row)

    @admin.display(description="年龄（岁）", ordering=F("birth_date").desc(nulls_last=True))
    def age(self, row):
        return super().age(row)

    @admin.display(description="出生年月", ordering="birth_date")
    def born(self, person):
        return month(person.birth_date)

    @admin.display(description="乡镇", ordering="village_id")
    def township(self, person):
        return person.village.township.name

    @admin.display(description="管理村", ordering="village_id")
    def village_link(self, person):
        return format_html('<a href="{}">{}</a>', reverse("village", args=[person.village_id]), person.village.name)

    def get_queryset(self, request):
        dated = super().get_queryset(request).annotate(on=Value(request.on, output_field=DateField()))
        return dated.annotate(education=highest_education(request.on, "pk")).select_related("village__township")

    def get_search_results(self, request, queryset, search_term):
        return (queryset.search(search_term) if search_term.strip() else queryset), False

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        return form

    def choice_label(self, person):
        born = f"，{person.birth_date:%Y.%m} 生" if person.birth_date else ""
        return f"{person.name}（{person.village.township.name}{person.village.name}{born}）"


@admin.register(Education)
class EducationAdmin(PersonColumns, ScopedAdmin):
    roster = "committee"
    list_display = ("person_name", "level", "mode", "school", "major", "graduated_on")
    list_display_links = ("level",)
    list_filter = (("level", ChoiceFilter), ("mode", ChoiceFilter), TownshipFilter)
    list_select_related = ("person",)
    search_fields = ("person__name",)
    search_help_text = "姓名、拼音首字母"
    autocomplete_fields = ("person",)
    ordering = ("person__pinyin", "-rank", "pk")
    empty = "还没有学历。可以从“花名册”上传，或在人员的档案里填。"

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        return queryset.filter(person__in=Person.objects.search(search_term)), False
