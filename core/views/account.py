"""Signing in and out, and the password of one's own."""

from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from core import accounts, audit


class SignInForm(AuthenticationForm):
    def clean(self):
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if name and password:
            self.user_cache = accounts.check_password(self.request, name, password)
            if self.user_cache is None:
                raise ValidationError(accounts.REFUSED)
        return self.cleaned_data


class Login(views.LoginView):
    form_class = SignInForm
    template_name = "core/login.html"
    redirect_authenticated_user = True

    def form_valid(self, form):
        accounts.sign_in(self.request, form.get_user())
        return HttpResponseRedirect(self.get_success_url())


@require_POST
def sign_out(request):
    accounts.sign_out(request)
    response = redirect("login")
    response["Clear-Site-Data"] = '"cache"'  # Back shows nothing (security.md B3)
    return response


class OwnPasswordForm(PasswordChangeForm):
    def clean_new_password2(self):
        """The password that an administrator set is known to two: it does not stay."""
        new = self.cleaned_data["new_password2"]
        if self.user.check_password(new):
            raise ValidationError("新密码与原来的相同，请换一个。")
        return new


class PasswordChange(views.PasswordChangeView):
    form_class = OwnPasswordForm
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
    wanted = request.GET.get("next", "")
    return redirect(f"{reverse('login')}?{urlencode({'next': wanted})}" if wanted else "login")
