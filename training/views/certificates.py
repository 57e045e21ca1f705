"""A certificate to print, and the page where the code on one is verified."""

import hmac

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from core import certificates
from core.scope import inside, scope_code
from core.views.access import business_page
from training import actions
from training.models import Certificate
from training.views.access import runs

FOUND = "证书有效"
NOT_FOUND = "没有这本证书：编号和校验码对不上。请逐字核对证书上的编号和校验码。"


class VerifyForm(forms.Form):
    number = forms.CharField(label="证书编号", max_length=30, help_text="照证书上的填，例如 990121-2026-000001。")
    code = forms.CharField(label="校验码", max_length=20, help_text="12 位，不分大小写，中间的短横可以不填。")


class RevokeForm(forms.Form):
    reason = forms.CharField(label="作废原因", min_length=2, max_length=100)


@business_page
def certificate(request, pk):
    """The certificate as it is printed; the county revokes it here with a reason."""
    rows = Certificate.objects.visible_to(request.user).select_related(
        "enrollment__person", "enrollment__session__division", "enrollment__village__township"
    )
    found = get_object_or_404(rows, pk=pk)
    may = runs(request.user, found.enrollment.session) and found.revoked_on is None
    form = RevokeForm(request.POST or None) if may else None
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        if form.is_valid():
            actions.revoke(
                found, on=max(request.on, found.issued_on), reason=form.cleaned_data["reason"], by=request.user
            )
            messages.success(request, f"已作废：{found.number}。查验时会显示已作废。")
            return redirect("certificate", pk)
    context = {
        "certificate": found,
        "session": found.enrollment.session,
        "code": spaced(found.check_code),
        "verify_address": certificates.address(request),
        "form": form,
    }
    return render(
        request, "training/certificate.html", context, status=400 if form is not None and form.errors else 200
    )


def spaced(code):
    """The code in groups of four, as it is printed."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


@business_page
def verify(request):
    """Whether a certificate is genuine: whoever holds it knows both its number and its code.

    Of people outside the user's area only the family name is told."""
    form = VerifyForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = _matching(**form.cleaned_data)
    context = {
        "form": form, "asked": form.is_bound and form.is_valid(), "certificate": found,
        "name": _name(request.user, found) if found else "", "missing": NOT_FOUND,
    }  # fmt: skip
    return render(request, "training/verify.html", context, status=400 if form.errors else 200)


def _matching(number, code):
    typed = "".join(one for one in code.upper() if one.isalnum())
    rows = Certificate.objects.select_related("enrollment__person", "enrollment__session")
    found = rows.filter(number="".join(number.split())).first()
    return found if found is not None and hmac.compare_digest(found.check_code.encode(), typed.encode()) else None


def _name(user, found):
    name = found.enrollment.person.name
    return name if inside(found.enrollment.village_id, scope_code(user)) else name[0] + "*" * (len(name) - 1)
