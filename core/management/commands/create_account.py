"""Make an account from the shell: the first administrator of an installation, or any other."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from core import accounts, roles


class Command(BaseCommand):
    help = "建立账号并打印一次性初始密码（首次登录须修改）。"

    def add_arguments(self, parser):
        parser.add_argument("username", help="登录名")
        parser.add_argument("--name", required=True, help="姓名")
        parser.add_argument("--division", required=True, help="所属区划代码")
        parser.add_argument("--role", default="system_admin", choices=list(roles.ROLES), help="角色")

    def handle(self, *, username, name, division, role, **options):
        place = apps.get_model("villages.Division").objects.filter(code=division).first()
        if place is None:
            raise CommandError(f"没有区划 {division}，请先装载区划（load_divisions）。")
        try:
            _, password = accounts.create_account(username=username, name=name, role=role, division=place)
        except ValidationError as error:
            raise CommandError("；".join(error.messages)) from None
        self.stdout.write(f"账号 {username} 已建立。初始密码（只显示这一次）：{password}")
