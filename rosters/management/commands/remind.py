"""manage.py remind: notes who is reminded today of a roster that is due; the worker does it each day by itself."""

from collections import Counter

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.dates import parse_date
from rosters import daily


class Command(BaseCommand):
    help = "登记今天该提醒哪些乡镇报送名册（到期前 3 天、1 天和当天），每次提醒只登记一次。后台程序每天自己登记，也可以随时运行。"

    def add_arguments(self, parser):
        parser.add_argument("--on", metavar="DATE", help="按哪一天登记（YYYY-MM-DD），默认今天")

    def handle(self, *args, on, **options):
        day = parse_date(on) if on else timezone.localdate()
        if day is None:
            raise CommandError(f"“{on}”不是日期，请写成如 2024-12-31。")
        found = daily.remind(day)
        for kind, count in sorted(Counter(notice.get_kind_display() for notice in found).items()):
            self.stdout.write(f"{kind}：{count} 个乡镇")
        self.stdout.write(f"登记 {len(found)} 次提醒。")
