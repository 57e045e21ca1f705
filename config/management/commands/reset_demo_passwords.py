"""manage.py reset_demo_passwords: new random passwords for the demo accounts."""

from django.core.management.base import BaseCommand, CommandError

from config.demo import accounts
from config.management.shown import show_accounts


class Command(BaseCommand):
    help = "给全部演示账号换上新的随机密码并显示出来；旧密码立即失效。"

    def handle(self, *args, **options):
        given = accounts.give_passwords()
        if not given:
            raise CommandError("库中没有演示账号，请先运行：manage.py load_demo")
        show_accounts(self.stdout, given)
