"""The page where whoever holds a certificate verifies it: without an account, by its number and its code."""

from django import forms
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from core import certificates

NOT_FOUND = "没有这本证书：编号和校验码对不上。请照证书逐字核对编号和校验码。"
TOO_MANY = "查验次数过多，请半小时后再试，或请发证单位的工作人员登录后查验。"


class VerifyForm(forms.Form):
    number = forms.CharField(label="证书编号", max_length=30, help_text="照证书上的填，例如 990121-2026-000001。")
    code = forms.CharField(label="校验码", max_length=20, help_text="12 位，不分大小写，中间的短横可以不填。")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request):
    """What is printed on the certificate, the name cut to the family name, and whether it still holds."""
    form = VerifyForm(request.POST or None)
    found, told, status = None, "", 200
    if request.method == "POST" and form.is_valid():
        try:
            found = certificates.verify(**form.cleaned_data)
            told = "" if found else NOT_FOUND
        except certificates.TooMany:
            told, status = TOO_MANY, 429
    elif request.method == "POST":
        status = 400
    return render(request, "core/verify.html", {"form": form, "found": found, "told": told}, status=status)
