from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RostersConfig(AppConfig):
    name = "rosters"
    verbose_name = "名册"

    def ready(self):
        autodiscover_modules("rosters")
