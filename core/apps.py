from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "账号与日志"

    def ready(self):
        """Fill the registries of parameters, figures, checks and jobs from every app; register what Django and the schema look for."""
        from core import checks, forms, lookups, schema  # noqa: F401

        forms.speak_plainly()
        autodiscover_modules("parameters", "indicators", "rules", "jobs", "certificates")
