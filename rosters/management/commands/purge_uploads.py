"""manage.py purge_uploads: files and rows' contents whose day has come go; run daily."""

import datetime

from django.core.management.base import BaseCommand
from django.utils import timezone

from core import jobs
from rosters import importer, reconcile, superior
from rosters.models.upload import KEEP_DAYS


class Command(BaseCommand):
    help = "清除到期的上传文件和行内容；谁在何时上传了什么、各有多少行仍然保留。每天运行一次。"

    def handle(self, *args, **options):
        today = timezone.localdate()
        count = importer.purge(today)
        superior.purge(today)
        reconcile.purge(today)
        jobs.purge(today - datetime.timedelta(days=KEEP_DAYS))
        self.stdout.write(f"清除 {count} 份到期的上传文件。")
