"""The base of admin pages whose rows are about a person in a village."""

from django.contrib import admin
from django.db.models import DateField, F, OuterRef, Q, Subquery, Value
from django.urls import reverse
from django.utils.html import format_html

from talent.models import Education, EducationLevel, Person
from villages.admin import VillageRowAdmin, village_matches

SEARCH_HELP = "姓名、拼音、身份证号、村"


def person_link(person):
    """The person's name, leading to the person's page."""
    return format_html('<a href="{}">{}</a>', reverse("person", args=[person.pk]), person.name)


def highest_education(on, person):
    """A subquery: the code of the highest level that the person at the path `person` completed by `on`."""
    completed = Education.objects.completed(on).filter(person=OuterRef(person)).order_by("-rank", "pk")
    return Subquery(completed.values("level")[:1])


class PersonColumns:
    """The columns that every list of people has. `_person(row)` is whom a row is about; rows carry `on` and `education`."""

    def _person(self, row):
        return row.person

    @admin.display(description="姓名", ordering="person__pinyin")
    def person_name(self, row):
        person = self._person(row)
        return person_link(person) if person else ""

    @admin.display(description="性别")
    def sex(self, row):
        return self._person(row).get_sex_display()

    @admin.display(description="年龄（岁）", ordering=F("person__birth_date").desc(nulls_last=True))
    def age(self, row):
        age = self._person(row).age(row.on)
        return "" if age is None else age

    @admin.display(description="学历")
    def education_text(self, row):
        return EducationLevel(row.education).label if row.education else ""

    @admin.display(description="政治面貌")
    def political_status(self, row):
        return self._person(row).get_political_status_display()

    @admin.display(description="身份证号")
    def id_masked(self, row):
        return self._person(row).id_masked

    @admin.display(description="电话")
    def phone_masked(self, row):
        return self._person(row).phone_masked


class PersonRowAdmin(PersonColumns, VillageRowAdmin):
    """Rows about a person in a village: search by either, choose both by typing."""

    autocomplete_fields = ("person", "village")
    list_select_related = ("person", "village__township")
    search_fields = ("person__name",)
    search_help_text = SEARCH_HELP

    def get_queryset(self, request):
        dated = super().get_queryset(request).annotate(on=Value(request.on, output_field=DateField()))
        return dated.annotate(education=highest_education(request.on, "person_id"))

    def get_search_results(self, request, queryset, search_term):
        words = "".join(search_term.split())
        if not words:
            return queryset, False
        return queryset.filter(Q(person__in=Person.objects.search(words)) | village_matches(words)), False

    def get_readonly_fields(self, request, obj=None):
        return (*super().get_readonly_fields(request, obj), *(("person",) if obj else ()))
