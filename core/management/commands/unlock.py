"""Break the glass: let a locked account, or an address, try again (security.md A4)."""

from django.core.management.base import BaseCommand, CommandError

from core import accounts
from core.models import User


class Command(BaseCommand):
    help = "解除账号因连续输错密码造成的锁定；--address 解除某个地址的锁定。"

    def add_arguments(self, parser):
        parser.add_argument("username", help="登录名", nargs="?")
        parser.add_argument("--address", help="操作日志里的客户端地址")

    def handle(self, *, username, address, **options):
        if not username and not address:
            raise CommandError("请写登录名，或 --address 加地址。")
        if username:
            self._account(username)
        if address:
            self._address(address)

    def _account(self, username):
        try:
            accounts.unlock(username)
        except User.DoesNotExist:
            raise CommandError(f"没有账号 {username}。") from None
        self.stdout.write(f"账号 {username} 已可重新登录。")

    def _address(self, address):
        if not accounts.unlock_address(address):
            raise CommandError(f"地址 {address} 没有登录失败的记录。")
        self.stdout.write(f"地址 {address} 已可重新登录。")
