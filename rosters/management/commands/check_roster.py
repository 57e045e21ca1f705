"""manage.py check_roster KIND FILE --county CODE: what a reading of the file finds, as one JSON document."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone

from core import dates
from rosters import places, spec
from rosters.limits import Refused
from rosters.reading import Context, read

REFUSED = 2


class Command(BaseCommand):
    help = "检查一份名册文件，把读到的内容和问题打印成一个 JSON；不写数据库。"
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("kind", help="名册种类，如 committee")
        parser.add_argument("file", help="要检查的文件")
        parser.add_argument("--county", required=True, metavar="CODE", help="县级区划代码（6 位）")
        parser.add_argument("--as-of", metavar="DATE", help="按哪一天判断（YYYY-MM-DD），默认今天")

    def handle(self, *args, **options):
        try:
            document = self.document(options)
        except Refused as refused:
            self.write({"refused": {"code": refused.code, "message": refused.message}})
            sys.exit(REFUSED)
        self.write(document)

    def document(self, options):
        roster = known_roster(options["kind"])
        as_of = parse_date(options["as_of"])
        context = Context(options["county"], as_of, gazetteer_of(options["county"], as_of))
        path = Path(options["file"])
        reading = read(roster, content_of(path), path.name, context)
        return {"file": path.name, "county_code": context.county_code, "as_of": as_of.isoformat(), **reading.as_json()}

    def write(self, document):
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=1))


def known_roster(slug):
    try:
        return spec.get(slug)
    except KeyError:
        known = "、".join(f"{roster.slug}（{roster.title}）" for roster in spec.all())
        raise Refused("unknown_kind", f"没有“{slug}”这种名册，可用的有：{known}。") from None


def parse_date(text):
    on = dates.parse_date(text) if text else timezone.localdate()
    if on is None:
        raise Refused("bad_date", f"“{text}”不是日期，请写成如 2024-12-31。")
    return on


def gazetteer_of(county, as_of):
    found = places.gazetteer_of(county, as_of)
    if not found.townships:
        raise Refused("unknown_county", f"系统里没有代码为“{county}”的县，请先用 load_divisions 载入区划。")
    return found


def content_of(path):
    try:
        return path.read_bytes()
    except OSError:
        raise Refused("no_file", f"打不开文件“{path.name}”，请检查路径。") from None
