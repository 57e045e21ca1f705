"""manage.py load_demo: the invented county, once; afterwards it changes nothing."""

import time

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from config.demo import accounts, history
from config.management.shown import show_accounts


class Command(BaseCommand):
    help = "装载演示县（虚构的清源县）并显示演示账号；已经装载过的不再改变。"

    def handle(self, *args, **options):
        if history.exists():
            self.stdout.write("演示县清源县已在库中，没有改变任何数据。忘记密码请运行：manage.py reset_demo_passwords")
            return
        began = time.monotonic()
        self.stdout.write("正在建立演示县清源县（全部人员均为虚构）…")
        with transaction.atomic():
            history.build(lambda text: self.stdout.write(f"  {text} …"))
            given = accounts.give_passwords()
        with connection.cursor() as cursor:  # the first page would else be planned as if every table were empty
            cursor.execute("ANALYZE")
        self.stdout.write(f"演示县已建立，用时 {time.monotonic() - began:.0f} 秒。")
        show_accounts(self.stdout, given)
