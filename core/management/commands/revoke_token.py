"""Stop a token: from the next request on it is refused."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core import accounts
from core.models import ApiToken


class Command(BaseCommand):
    help = "停用接口令牌。"

    def add_arguments(self, parser):
        parser.add_argument("key", help="令牌编号（令牌 xc_ 后面的 8 位）")

    def handle(self, *, key, **options):
        token = ApiToken.objects.filter(key=key).first()
        if token is None:
            raise CommandError(f"没有编号为 {key} 的令牌。")
        accounts.revoke_token(token, at=timezone.now())
        self.stdout.write(f"令牌 {key} 已停用。")
