"""Forms of our own pages on model rows: checked whole, empty choices in words."""

from django import forms


class RowForm(forms.ModelForm):
    """A form whose row is checked whole, constraints over fields outside the form included."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            nothing = "请选择" if field.required else "未填"
            if isinstance(field, forms.ModelChoiceField):
                field.empty_label = nothing if field.empty_label is not None else None
            elif isinstance(field, forms.ChoiceField):
                field.choices = [(value, label if value else nothing) for value, label in field.choices]

    def _get_validation_exclusions(self):
        """What is wrong already is not judged again; everything else is, also what the form does not show."""
        return set(self.errors)
