"""Signing in and out, and the password of one's own."""

from django.contrib import messages
from django.contrib.auth import forms, views
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse_lazy

from core import accounts, audit


class LoginForm(forms.AuthenticationForm):
    def clean(self):
        username, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if username and password:
            self.user_cache = accounts.check_password(self.request, username, password)
            if self.user_cache is None:
                raise ValidationError(accounts.REFUSED, code="refused")
        return self.cleaned_data


class Login(views.LoginView):
    template_name = "core/login.html"
    form_class = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form):
        accounts.sign_in(self.request, form.get_user())
        return HttpResponseRedirect(self.get_success_url())


class Logout(views.LogoutView):
    def post(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            audit.record(by=request.user, verb="logout")
        response = super().post(request, *args, **kwargs)
        response["Clear-Site-Data"] = '"cache"'  # Back shows nothing (security.md B3)
        return response


class PasswordChange(views.PasswordChangeView):
    template_name = "core/password.html"
    success_url = reverse_lazy("home")

    @transaction.atomic
    def form_valid(self, form):
        form.user.must_change_password = False
        response = super().form_valid(form)
        audit.record(by=form.user, verb="password", obj=form.user)
        messages.success(self.request, "密码已换成新的，其他地方的登录已退出。")
        return response


def admin_login(request):
    """The admin has no door of its own."""
    return redirect(f"{reverse_lazy('login')}?next={request.GET.get('next', '')}")
