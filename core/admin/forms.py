"""Forms of the admin: personal fields masked, dates in the browser's own picker, two editors kept apart."""

from django import forms
from django.utils import timezone

from core.dates import within_reach
from core.identity import mask_id, mask_phone

MASKS = {"id_number": mask_id, "phone": mask_phone}
SHOWN_AS = {"id_number": "id_masked", "phone": "phone_masked"}  # what stands there where a form is only read


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A date from which the ledger can count on; year 1 or 9999 is told at the field."""

    widget = DateInput
    default_validators = (within_reach,)


class MaskedField(forms.CharField):
    """Shows its kept value masked; handed back as it was shown, the value stays."""

    kept = None

    def __init__(self, *args, mask, **kwargs):
        self.mask = mask
        super().__init__(*args, **kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")

    @property
    def shown(self):
        return self.mask(self.kept) if self.kept else ""

    def prepare_value(self, value):
        return self.shown if value and value == self.kept else value

    def clean(self, value):
        return self.kept if self.kept and value == self.shown else super().clean(value)

    def has_changed(self, initial, data):
        return data != self.shown


class ScopedForm(forms.ModelForm):
    """`latest` is the newest audit line of the row, `seen` the number of the one that the page was made from."""

    latest = None
    seen = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, MaskedField):
                field.kept = getattr(self.instance, name)

    def clean(self):
        cleaned = super().clean()
        if self.seen and self.latest is not None and str(self.latest.pk) != self.seen:
            at = timezone.localtime(self.latest.at)
            self.add_error(
                None,
                f"您打开这一页之后，{self.latest.by_name} 在 {at:%m-%d %H:%M} 改过这一条，您的改动没有保存。"
                "请重新打开这一页，在新内容上修改。",
            )
        return cleaned
