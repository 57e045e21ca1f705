from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class TalentConfig(AppConfig):
    name = "talent"
    verbose_name = "人员与职务"

    def ready(self):
        """Let every app put what it knows of a person on the time line."""
        autodiscover_modules("timeline")
