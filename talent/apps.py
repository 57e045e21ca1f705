from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class TalentConfig(AppConfig):
    name = "talent"
    verbose_name = "人员与职务"

    def ready(self):
        """Let every app put what it knows on a person's time line, on a village's page and on the sheets of a review."""
        autodiscover_modules("timeline", "village_cards", "review_sheet", "shortcomings")
