"""Every address of the site."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path

from config import views
from core.views import account, errors, figures

admin.site.site_header = admin.site.site_title = "乡才"
admin.site.index_title = "全部数据"
handler500 = errors.server_error

urlpatterns = [
    path("", views.home, name="home"),
    path("login/", account.Login.as_view(), name="login"),
    path("logout/", account.sign_out, name="logout"),
    path("password/", account.PasswordChange.as_view(), name="password_change"),
    path("figures/<slug:key>/", figures.figure, name="figure"),
    path("api/", include("config.api")),
    path("healthz", errors.healthz, name="healthz"),
    path("readyz", errors.readyz, name="readyz"),
    path("admin/login/", account.admin_login),
    path("admin/", admin.site.urls),
]
