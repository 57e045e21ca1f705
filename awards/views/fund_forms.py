"""Forms of the reward fund."""

from django import forms
from django.core.validators import MinValueValidator

from awards.models import Award, FundBudget, FundEntry, RewardFund
from awards.views.forms import DayField
from core.admin.forms import DateInput
from core.dates import within_reach
from core.forms import RowForm

AMOUNT = {"max_digits": 12, "decimal_places": 2, "validators": [MinValueValidator(0.01)]}


class FundForm(RowForm):
    class Meta:
        model = RewardFund
        fields = ("name", "document_no")

    def __init__(self, *args, division, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.division = division


class BudgetForm(forms.Form):
    """The budget of a year, put in place of what was there."""

    year = forms.IntegerField(label="年度", min_value=1949, max_value=2200)
    amount = forms.DecimalField(label="预算（元）", **AMOUNT)
    document_no = forms.CharField(label="预算依据", max_length=FundBudget._meta.get_field("document_no").max_length)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, prefix="budget", **kwargs)


class IncomeForm(RowForm):
    """Money that comes into the fund, or that was paid for an award and is taken back."""

    class Meta:
        model = FundEntry
        fields = ("kind", "on", "amount", "award", "party", "basis", "note")
        widgets = {"on": DateInput}

    def __init__(self, *args, fund, user, **kwargs):
        super().__init__(*args, prefix="income", **kwargs)
        self.instance.fund, self.instance.made_by, self.instance.state = fund, user, FundEntry.State.BOOKED
        kinds = [FundEntry.Kind.INCOME, FundEntry.Kind.REFUND]
        self.fields["kind"].choices = [(one.value, one.label) for one in kinds]
        self.fields["on"].validators.append(within_reach)
        paid = Award.objects.visible_to(user).filter(payments__kind=FundEntry.Kind.PAYMENT).distinct()
        self.fields["award"].queryset = paid.select_related("scheme", "person").order_by("-year", "pk")
        self.fields["award"].help_text = "追回奖金的选是哪一项表彰，拨入的不选。"


class PaymentForm(RowForm):
    """A payment to ask for: of an award, or of things bought for a ceremony (medals, certificates)."""

    class Meta:
        model = FundEntry
        fields = ("on", "form", "amount", "party", "basis", "note")
        widgets = {"on": DateInput}

    def __init__(self, *args, fund, user, **kwargs):
        super().__init__(*args, prefix="payment", **kwargs)
        self.instance.fund, self.instance.made_by = fund, user
        self.instance.kind, self.instance.state = FundEntry.Kind.PAYMENT, FundEntry.State.PROPOSED
        self.fields["form"].required = True
        self.fields["on"].validators.append(within_reach)
        self.fields["party"].help_text = "收款的人或单位。"


class BonusForm(forms.Form):
    """The day and basis of paying the ticked awards what is left of their bonus."""

    use_required_attribute = False
    on = DayField(label="支付日期")
    basis = forms.CharField(label="支付依据", max_length=100, help_text="例如：清委〔2024〕20号、会议纪要")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, prefix="bonus", **kwargs)


class CheckForm(forms.Form):
    note = forms.CharField(label="说明", max_length=200, required=False)
