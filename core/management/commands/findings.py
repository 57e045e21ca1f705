"""manage.py findings: what the checks find on a date in a division."""

import dataclasses

from django.core.management.base import CommandError

from core import rules
from core.management.output import DatedCommand


class Command(DatedCommand):
    help = "按时点和区划运行全部核查规则，列出发现的问题。"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--rule", metavar="CODE", help="只运行这一条规则")

    def handle(self, *args, **options):
        if options["rule"] and options["rule"] not in rules.RULES:
            raise CommandError(f"没有规则“{options['rule']}”，可选：{'、'.join(rules.RULES)}。")
        found = rules.check(self.on(options), self.division(options), options["rule"])
        if options["json"]:
            return self.print_json([dataclasses.asdict(finding) for finding in found])
        lines = [(rules.SEVERITIES[one.severity], rules.RULES[one.code].title, one.message) for one in found]
        self.print_table(("程度", "规则", "内容"), lines)
        return self.stdout.write(f"共 {len(found)} 条")
