from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RostersConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "rosters"
    verbose_name = "名册"

    def ready(self):
        autodiscover_modules("rosters")
