"""Break the glass: let a locked account try again (security.md A4)."""

from django.core.management.base import BaseCommand, CommandError

from core import accounts
from core.models import User


class Command(BaseCommand):
    help = "解除账号因连续输错密码造成的锁定。"

    def add_arguments(self, parser):
        parser.add_argument("username", help="登录名")

    def handle(self, *, username, **options):
        try:
            accounts.unlock(username)
        except User.DoesNotExist:
            raise CommandError(f"没有账号 {username}。") from None
        self.stdout.write(f"账号 {username} 已可重新登录。")
