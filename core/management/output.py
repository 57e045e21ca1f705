"""What the commands that print figures, lists and findings share."""

import json
import unicodedata

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.dates import parse_date
from core.indicators import is_known


class DatedCommand(BaseCommand):
    """A command about a date, a division and, for machines, JSON."""

    def add_arguments(self, parser):
        parser.add_argument("--on", metavar="DATE", help="时点，例如 2024-12-31；不填为今天")
        parser.add_argument("--division", metavar="CODE", help="只看这个区划（或村）及以下；不填为全部")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def on(self, options):
        if not options["on"]:
            return timezone.localdate()
        on = parse_date(options["on"])
        if on is None:
            raise CommandError(f"“{options['on']}”不是日期，请写成 2024-12-31 的样子。")
        return on

    def division(self, options):
        code = options["division"]
        if code is not None and not (code.isascii() and code.isdigit() and len(code) in {2, 4, 6, 9, 12}):
            raise CommandError(f"区划代码应为 2、4、6、9 或 12 位数字，现在是“{code}”。")
        if code is not None and not is_known(code):
            raise CommandError(f"库中没有代码为 {code} 的区划或村。")
        return code

    def print_json(self, document):
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, default=str))

    def print_table(self, headings, lines):
        for line in table(headings, lines):
            self.stdout.write(line)


def table(headings, lines):
    """Lines of text with columns padded to the same width; a Chinese character is two columns wide."""
    cells = [[str(cell) for cell in line] for line in (headings, *lines)]
    widths = [max(_width(line[at]) for line in cells) for at in range(len(headings))]
    return [
        "  ".join(_padded(cell, width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells
    ]


def _padded(text, width):
    return text + " " * (width - _width(text))


def _width(text):
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
