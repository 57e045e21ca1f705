"""Forms of our own pages on model rows: checked whole, empty choices in words."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator

from core.dates import within_reach
from core.stamps import Stamped


def speak_plainly():
    """Django's own sentences that talk of fields and values, in the office's words: what to do instead.

    And no form takes a date from which the ledger could not count on."""
    forms.DateField.default_validators = [within_reach]
    forms.Field.default_error_messages["required"] = "这一项还没有填，请补上。"
    MinValueValidator.message = "这个数太小，请填不小于 %(limit_value)s 的数。"
    MaxValueValidator.message = "这个数太大，请填不大于 %(limit_value)s 的数。"


class RowForm(Stamped, forms.ModelForm):
    """A form whose row is checked whole, constraints over fields outside the form included."""

    left_out = ()  # fields that are not checked, nor the constraints that name one of them

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            nothing = "请选择" if field.required else "未填"
            if isinstance(field, forms.ModelChoiceField):
                field.empty_label = nothing if field.empty_label is not None else None
            elif isinstance(field, forms.ChoiceField):
                field.choices = [(value, label if value else nothing) for value, label in field.choices]

    def full_clean(self):
        """Once nothing that is shown is wrong, the row is judged as it would be kept."""
        super().full_clean()
        if not self.is_bound or self.errors:
            return
        try:
            self.instance.full_clean(exclude=self.left_out)
        except ValidationError as error:
            for name, told in error.error_dict.items():
                self.add_error(name if name in self.fields else None, told)
