"""Give another system a token for the interface; its text is printed once and kept nowhere."""

import datetime

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core import accounts
from core.models import User


class Command(BaseCommand):
    help = "发放接口令牌，令牌全文只打印一次。"

    def add_arguments(self, parser):
        parser.add_argument("--user", required=True, help="接口账号的登录名")
        parser.add_argument("--name", required=True, help="用途，例如：市级平台")
        parser.add_argument("--days", type=int, required=True, help="有效天数（1 至 366）")
        parser.add_argument("--write", action="store_true", help="可写；不加则只读")
        parser.add_argument("--division", help="数据范围的区划代码；不加则与账号相同")

    def handle(self, *, user, name, days, write, division, **options):
        if not 1 <= days <= 366:
            raise CommandError("有效天数请填 1 至 366。")
        account = User.objects.select_related("division").filter(username=user, is_active=True).first()
        if account is None:
            raise CommandError(f"没有启用的账号 {user}。")
        place = apps.get_model("villages.Division").objects.filter(code=division).first() if division else None
        if division and place is None:
            raise CommandError(f"没有区划 {division}。")
        until = timezone.now() + datetime.timedelta(days=days)
        try:
            token, text = accounts.issue_token(
                user=account, name=name, expires_at=until, can_write=write, division=place
            )
        except ValidationError as error:
            raise CommandError("；".join(error.messages)) from None
        self.stdout.write(
            f"编号 {token.key}，{'可写' if write else '只读'}，到期 {timezone.localtime(until):%Y-%m-%d}。"
        )
        self.stdout.write(f"令牌（只显示这一次）：{text}")
