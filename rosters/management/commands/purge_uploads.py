"""manage.py purge_uploads: files and rows' contents whose day has come go; the worker does it each day by itself."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from rosters import daily


class Command(BaseCommand):
    help = "清除到期的上传文件和行内容；谁在何时上传了什么、各有多少行仍然保留。后台程序每天自己清除，也可以随时运行。"

    def handle(self, *args, **options):
        self.stdout.write(f"清除 {daily.purge(timezone.localdate())} 份到期的上传文件。")
