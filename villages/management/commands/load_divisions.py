"""manage.py load_divisions: a county's townships and villages from a CSV of the statistics bureau's codes."""

import datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.dates import parse_date
from villages import division_list

SHOWN = 20  # problems printed before "and more"


class Command(BaseCommand):
    help = "装载一个县的乡镇和村（社区）。再装一次不改变任何东西；名称变了的保留曾用名；文件里没有的只报告，不删除。"

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="CSV（UTF-8 或 GBK），列：" + ",".join(division_list.COLUMNS))
        parser.add_argument("--county-name", required=True, metavar="NAME", help="县名，例如 清源县")
        parser.add_argument(
            "--valid-from", default="1949-10-01", metavar="DATE", help="新增的村的设立日期，默认 1949-10-01"
        )

    def handle(self, *args, file, county_name, valid_from, **options):
        start = parse_date(valid_from)
        if start is None:
            raise CommandError(f"“{valid_from}”不是日期，请写成 2024-12-31 的样子。")
        try:
            lines = division_list.read(_content(file))
            outcome = division_list.load(
                lines,
                county_name=county_name,
                valid_from=start,
                renamed_on=timezone.localdate() - datetime.timedelta(days=1),
                by=None,
            )
        except ValidationError as error:
            raise CommandError(_shortened(error.messages)) from error
        self.report(outcome)

    def report(self, outcome):
        self.stdout.write(f"{outcome.county}：读到 {outcome.lines} 个村（社区），{outcome.changes} 处变化。")
        for what, names in (("新增", outcome.added), ("更名", outcome.renamed)):
            if names:
                more = "" if len(names) <= SHOWN else f" 等 {len(names)} 个"
                self.stdout.write(f"{what}：{'、'.join(names[:SHOWN])}{more}")
        for name in outcome.missing:
            self.stdout.write(f"文件里没有（库中保留，撤并请另行办理）：{name}")


def _content(file):
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise CommandError(f"打不开文件 {file}：{error.strerror}。") from error


def _shortened(messages):
    more = [] if len(messages) <= SHOWN else [f"……另有 {len(messages) - SHOWN} 处问题。"]
    return "\n".join([*messages[:SHOWN], *more, "没有装载任何数据。"])
