"""Forms of the roster pages."""

import datetime

from django import forms
from django.utils import timezone

from rosters import offered, spec

DAYS_GIVEN = 7
SEPARATOR = ":"


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class RoundForm(forms.Form):
    """What the county asks for: a kind, a day, whom."""

    kind = forms.ChoiceField(label="名册")
    target = forms.ChoiceField(label="班次（评选）", required=False, help_text="只有按班次、评选报送的名册要选。")
    title = forms.CharField(label="名称", max_length=60, required=False, help_text="不填就用名册的名称。")
    as_of = forms.DateField(label="名册截至", widget=DateInput(), help_text="按哪一天的人员和职务填。")
    due = forms.DateField(label="报送期限", widget=DateInput(), help_text="到期前 3 天、1 天和当天提醒。")
    note = forms.CharField(
        label="要求", max_length=300, required=False, widget=forms.Textarea({"rows": 3}),
        help_text="写在乡镇的页面和模板上，如“含新任干部，兼职分别列明”。",
    )  # fmt: skip
    townships = forms.MultipleChoiceField(
        label="乡镇", widget=forms.CheckboxSelectMultiple, error_messages={"required": "请至少选一个乡镇。"}
    )

    def __init__(self, *args, user, townships, **kwargs):
        today = timezone.localdate()
        initial = {
            "as_of": today,
            "due": today + datetime.timedelta(days=DAYS_GIVEN),
            "townships": [township.code for township in townships],
        }
        super().__init__(*args, initial=initial, label_suffix="", **kwargs)
        self.rosters = {
            roster.slug: roster for roster in spec.importable() if not roster.closed and not roster.of_county
        }
        self.fields["kind"].choices = [
            (label, [(roster.slug, roster.title) for roster in rosters])
            for label, rosters in offered.grouped(self.rosters.values())
        ]
        self.fields["townships"].choices = [(township.code, township.name) for township in townships]
        self.by_code = {township.code: township for township in townships}
        self.fields["target"].choices = [("", "不按班次"), *self._targets(user, today)]
        if len(self.fields["target"].choices) == 1:
            del self.fields["target"]

    def _targets(self, user, on):
        """Grouped by kind, each with the kind in its value: the page needs no script to keep them apart."""
        for roster in self.rosters.values():
            if roster.target:
                found = roster.target.choices(user, on)
                yield roster.title, [(f"{roster.slug}{SEPARATOR}{pk}", text) for pk, text in found]

    def clean_due(self):
        due = self.cleaned_data["due"]
        if due < timezone.localdate():
            raise forms.ValidationError("报送期限已经过去，请填今天或以后的日期。")
        return due

    def clean(self):
        found = super().clean()
        roster = self.rosters.get(found.get("kind"))
        if found.get("as_of") and found.get("due") and found["as_of"] > found["due"]:
            self.add_error("as_of", "名册截至不能晚于报送期限。")
        if roster:
            found["title"] = found.get("title") or roster.title
            found["target_id"] = self._target(roster, found.get("target") or "")
        return found

    def _target(self, roster, chosen):
        if not roster.target:
            return None
        kind, _, key = chosen.partition(SEPARATOR)
        if kind != roster.slug:
            self.add_error("target", f"《{roster.title}》要选{roster.target.label}。")
            return None
        return int(key)

    def about(self):
        """What `rosters.collection.ask` takes."""
        found = self.cleaned_data
        names = ("kind", "title", "as_of", "due", "note", "target_id")
        townships = [self.by_code[code] for code in found["townships"]]
        return {name: found[name] for name in names} | {"townships": townships}
