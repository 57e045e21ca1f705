"""REST filters of people and of the posts and places they hold."""

from django.core.validators import RegexValidator
from django_filters import rest_framework as filters

from core.filters import DatedMixin, PersonRowFilters, RowFilters, VillageRowFilters
from talent.models import Appointment, Education, Person, ReserveCandidate, Stationing
from talent.models.appointment import POSTS_OF, Committee

# An address is kept in logs and histories: numbers of people do not belong there (security.md E2).
NO_NUMBERS = RegexValidator(r"[0-9]", "网址里不能带号码；按身份证号查询请用 persons/lookup/。", inverse_match=True)


def choices_of(model, name):
    return model._meta.get_field(name).choices


class PersonFilters(VillageRowFilters):
    name = filters.CharFilter(method="by_name", validators=[NO_NUMBERS], label="姓名的一部分、拼音或拼音首字母")
    sex = filters.ChoiceFilter(choices=choices_of(Person, "sex"), label="性别")
    political_status = filters.ChoiceFilter(choices=choices_of(Person, "political_status"), label="政治面貌")
    serving = filters.DateFilter(method="serving_on", label="这一天在任的村“两委”干部")
    updated_since = filters.IsoDateTimeFilter("updated_at", "gte", label="此时（含）以后有更新")

    def by_name(self, people, name, words):
        return people.search(words)

    def serving_on(self, people, name, on):
        return people.serving(on)


class EducationFilters(RowFilters):
    person = filters.NumberFilter("person_id", label="人员编号")
    level = filters.ChoiceFilter(choices=choices_of(Education, "level"), label="学历")
    mode = filters.ChoiceFilter(choices=choices_of(Education, "mode"), label="学习方式")


class FormerIdNumberFilters(RowFilters):
    person = filters.NumberFilter("person_id", label="人员编号")


class NotSamePersonFilters(RowFilters):
    first = filters.NumberFilter("first_id", label="甲的人员编号")
    second = filters.NumberFilter("second_id", label="乙的人员编号")


class AppointmentFilters(DatedMixin, PersonRowFilters):
    post = filters.MultipleChoiceFilter(choices=choices_of(Appointment, "post"), label="职务")
    committee = filters.ChoiceFilter(choices=Committee.choices, method="of_committee", label="班子")

    def of_committee(self, seats, name, committee):
        return seats.filter(post__in=POSTS_OF.get(committee, ()))


class ReserveFilters(DatedMixin, PersonRowFilters):
    target = filters.ChoiceFilter(choices=choices_of(ReserveCandidate, "target"), label="后备类别")
    kind = filters.ChoiceFilter(choices=choices_of(ReserveCandidate, "kind"), label="入库方式")
    source = filters.ChoiceFilter(choices=choices_of(ReserveCandidate, "source"), label="人员来源")


class StationingFilters(DatedMixin, PersonRowFilters):
    role = filters.ChoiceFilter(choices=choices_of(Stationing, "role"), label="驻村职务")
    unit_level = filters.ChoiceFilter(choices=choices_of(Stationing, "unit_level"), label="单位层级")
    end_kind = filters.ChoiceFilter(choices=choices_of(Stationing, "end_kind"), label="离任方式")
