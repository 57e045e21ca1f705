"""The admin site: no doors of its own, choices that say who is meant."""

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path


class Choices(AutocompleteJsonView):
    def serialize_result(self, obj, to_field_name):
        return {"id": str(getattr(obj, to_field_name)), "text": self.model_admin.choice_label(obj)}


class Site(AdminSite):
    site_header = site_title = "乡才"
    index_title = "全部数据"
    enable_nav_sidebar = False
    # Addresses of the stock admin that lead past our own sign-in, password page and scope.
    closed = {"login", "logout", "password_change", "password_change_done", "view_on_site"}

    def index(self, request, extra_context=None):
        """For who has anything there: a department of the joint review has not."""
        if not self.get_app_list(request):
            raise PermissionDenied
        return super().index(request, extra_context)

    def autocomplete_view(self, request):
        return Choices.as_view(admin_site=self)(request)

    def login(self, request, extra_context=None):
        from core.views.account import admin_login

        return admin_login(request)

    def get_urls(self):
        stock = [url for url in super().get_urls() if getattr(url, "name", None) not in self.closed]
        return [
            path("login/", self.login, name="login"),
            path("logout/", lambda request: redirect("home"), name="logout"),
            path("password_change/", lambda request: redirect("password_change"), name="password_change"),
            *stock,
        ]
