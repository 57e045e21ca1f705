from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = "乡才"

    def ready(self):
        """Offer the demo's workbooks; accounts outside the demo county never see them."""
        from config.demo import samples

        samples.register_all()
