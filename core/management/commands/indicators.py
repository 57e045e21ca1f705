"""manage.py indicators: every figure of a date and a division, or the rows behind one of them."""

from django.core.management.base import CommandError

from core import indicators
from core.management.output import DatedCommand


class Command(DatedCommand):
    help = "按时点和区划计算全部指标；--rows 列出一个指标背后的名单。"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--rows", metavar="KEY", help="列出这个指标背后的名单")
        parser.add_argument(
            "--part", choices=indicators.PARTS, default="numerator", help="名单取分子、分母，或分母中未进分子的"
        )

    def handle(self, *args, **options):
        on, code = self.on(options), self.division(options)
        if options["rows"]:
            return self.print_rows(on, code, options)
        figures = indicators.measure(on, code)
        if options["json"]:
            return self.print_json({figure.key: figure.as_json() for figure in figures})
        lines = [(figure.key, figure.label, _reading(figure), figure.unit) for figure in figures]
        return self.print_table(("指标", "名称", f"{on}", "单位"), lines)

    def print_rows(self, on, code, options):
        one = indicators.REGISTRY.get(options["rows"])
        if one is None:
            raise CommandError(f"没有指标“{options['rows']}”，可选：{'、'.join(indicators.REGISTRY)}。")
        if options["part"] not in one.parts:
            raise CommandError(f"指标“{one.label}”没有这一部分，可选：{'、'.join(one.parts)}。")
        rows = indicators.listing(one, on, code, options["part"])
        if options["json"]:
            return self.print_json(rows)
        headings = list(dict.fromkeys(heading for row in rows for heading in row["details"]))
        lines = [
            (row["label"], row["where"], *(row["details"].get(heading, "") for heading in headings)) for row in rows
        ]
        self.print_table((one.label, "所在", *headings), lines)
        return self.stdout.write(f"共 {len(rows)} 条")


def _reading(figure):
    if figure.value is None:
        return indicators.OF_COUNTY
    if figure.denominator is None:
        return str(figure.value)
    percent = "" if figure.percent is None else f"（{figure.percent:.2f}%）"
    return f"{figure.numerator}/{figure.denominator}{percent}"
