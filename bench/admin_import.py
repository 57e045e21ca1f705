"""django-import-export: a ModelResource with the same checks, run in the order in which its admin runs it."""

from django.contrib.admin.models import ADDITION, LogEntry
from django.core.exceptions import ValidationError
from import_export import fields, resources, widgets
from import_export.formats.base_formats import XLSX
from import_export.instance_loaders import CachedInstanceLoader

from bench import checks
from core.fields import digest
from talent.models import Appointment, Education, Person
from villages.models import Village


class KindWidget(widgets.Widget):
    def __init__(self, name):
        super().__init__()
        self.name, self.empty = name, "" if name in checks.TEXTS else None

    def clean(self, value, row=None, **kwargs):
        return checks.value_of(checks.PERSON[self.name][1], value) or self.empty

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(value)


class VillageWidget(widgets.Widget):
    def clean(self, value, row=None, **kwargs):
        try:
            return Village.objects.get(name=value, township__name=row["乡镇"]).code
        except Village.DoesNotExist:
            raise ValueError("没有这个村") from None


class CachedVillageWidget(widgets.Widget):
    def clean(self, value, row=None, **kwargs):
        if not hasattr(self, "codes"):
            found = Village.objects.values_list("township__name", "name", "code")
            self.codes = {(township, name): code for township, name, code in found}
        if (row["乡镇"], value) not in self.codes:
            raise ValueError("没有这个村")
        return self.codes[row["乡镇"], value]


def _fields(village_widget):
    found = {name: fields.Field(name, header, KindWidget(name)) for name, (header, _) in checks.PERSON.items()}
    return found | {
        "village_id": fields.Field("village_id", "行政村", village_widget),
        "id_digest": fields.Field("id_digest", "id_digest"),
    }


class Base(resources.ModelResource):
    """The rules; the roles of a person are written after the person."""

    def before_import(self, dataset, **kwargs):
        self.seen = set()
        numbers = dataset["身份证号码"]
        dataset.append_col([digest(str(number or "")) for number in numbers], header="id_digest")

    def before_import_row(self, row, **kwargs):
        row["roles"] = None

    def after_init_instance(self, instance, new, row, **kwargs):
        instance.remarks = ""

    def import_instance(self, instance, row, **kwargs):
        super().import_instance(instance, row, **kwargs)
        try:
            posts, start, levels, _ = checks.role_of(row)
            values = {name: getattr(instance, name) for name in checks.PERSON}
            checks.check(values, posts, self.seen)
        except ValueError as error:
            raise ValidationError(str(error)) from None
        instance.take_from_id()
        instance.roles = posts, start, levels


class DefaultResource(Base):
    """As most projects have it: a query for the person, one for the village, full_clean and save for every row."""

    locals().update(_fields(VillageWidget()))

    class Meta:
        model = Person
        import_id_fields = ("id_digest",)
        fields = (*checks.PERSON, "village_id", "id_digest")
        clean_model_instances = True
        store_instance = True

    def after_save_instance(self, instance, row, **kwargs):
        for found in checks.roles(instance, *instance.roles):
            for role in found:
                role.full_clean()
                role.save()


class BulkResource(Base):
    """Its fastest configuration: sets of a thousand, villages looked up beforehand, no differences. Whether a row's person
    is known, the library asks row by row."""

    locals().update(_fields(CachedVillageWidget()))

    class Meta:
        model = Person
        import_id_fields = ("id_digest",)
        fields = (*checks.PERSON, "village_id", "id_digest")
        use_bulk = True
        batch_size = 1000
        skip_diff = True

    def bulk_create(self, using_transactions, dry_run, raise_errors, batch_size=None, result=None):
        people = list(self.create_instances)
        super().bulk_create(using_transactions, dry_run, True, batch_size, result)
        appointments, educations = [], []
        for person in people:
            posts, levels = checks.roles(person, *person.roles)
            appointments += posts
            educations += levels
        Appointment.objects.bulk_create(appointments, batch_size=batch_size)
        Education.objects.bulk_create(educations, batch_size=batch_size)


class TunedResource(BulkResource):
    """The same with all known people looked up beforehand too."""

    class Meta:
        instance_loader_class = CachedInstanceLoader


def default(content, user):
    result = _run(DefaultResource, content, user)
    rows = [row.instance for row in result if row.import_type == "new"]
    LogEntry.objects.log_actions(user.pk, rows, ADDITION, change_message="new through import_export")


# Both without lines in the admin's log (IMPORT_EXPORT_SKIP_ADMIN_LOG).


def bulk(content, user):
    _run(BulkResource, content, user)


def fastest(content, user):
    _run(TunedResource, content, user)


def _run(resource, content, user):
    """A dry run for the preview; then the file is read once more and imported."""
    for dry_run in (True, False):
        dataset = XLSX().create_dataset(content)
        result = resource().import_data(dataset, dry_run=dry_run, raise_errors=False, use_transactions=True, user=user)
        if result.has_errors():
            raise result.row_errors()[0][1][0].error if result.row_errors() else result.base_errors[0].error
    return result
