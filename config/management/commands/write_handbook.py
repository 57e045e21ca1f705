"""manage.py write_handbook: the pages of docs/handbook that follow from the code; wants a migrated database for the drop-downs."""

from django.core.management.base import BaseCommand

from config import handbook


class Command(BaseCommand):
    help = "按名册的定义和程序里的话，重新生成 docs/handbook 里的名册说明和常见问题。"

    def handle(self, *args, **options):
        changed = 0
        for name, text in handbook.pages().items():
            path = handbook.FOLDER / name
            if path.exists() and path.read_text(encoding="utf-8") == text:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed += 1
            self.stdout.write(f"docs/handbook/{name}")
        self.stdout.write(f"改写 {changed} 页。")
