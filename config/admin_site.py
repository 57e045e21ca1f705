"""Puts our admin site (core.site) in the place of the stock one."""

from django.contrib.admin.apps import AdminConfig


class SiteConfig(AdminConfig):
    default_site = "core.site.Site"
