"""manage.py import_roster KIND FILE --user NAME [--commit]: the job of the roster pages from the shell."""

import sys
import time
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.dates import parse_date
from core.models import User
from rosters import importer, spec
from rosters.limits import SHELL

REFUSED = 2
STEPS = ("读取文件、核对每一行、与系统比较", "入库")
SHOWN = 50  # problems printed before "and more"
BAR = 20


class Progress:
    """A bar on a terminal, plain lines elsewhere; always on stderr."""

    def __init__(self, stream, steps):
        self.stream, self.steps = stream, steps
        self.done, self.began = 0, time.monotonic()

    def begin(self, step):
        self._show(f"{step} …")

    def finish(self, step):
        self.done += 1
        self._show(f"{step}，已用 {time.monotonic() - self.began:.1f} 秒")
        if self.stream.isatty():
            self.stream.write("\n")

    def _show(self, text):
        if not self.stream.isatty():
            self.stream.write(f"[{self.done}/{self.steps}] {text}\n")
            return
        full = BAR * self.done // self.steps
        self.stream.write(f"\r\033[K[{'#' * full}{'.' * (BAR - full)}] {text}", ending="")
        self.stream.flush()


class Command(BaseCommand):
    help = "读一份名册，列出会新增、变更什么和每行的问题；加 --commit 才入库。"

    def add_arguments(self, parser):
        parser.add_argument("kind", metavar="KIND", help="名册种类，如 committee")
        parser.add_argument("file", metavar="FILE", help="名册文件（.xlsx .xls .ods .csv）")
        parser.add_argument("--user", required=True, metavar="NAME", help="以哪个账号的名义和范围入库")
        parser.add_argument("--commit", action="store_true", help="入库；不加则只看")
        parser.add_argument("--target", type=int, metavar="NUMBER", help="培训班次或表彰轮次的编号；不填则按表题识别")
        parser.add_argument("--as-of", metavar="DATE", help="名册截至哪一天（YYYY-MM-DD），默认今天")

    def handle(self, *args, kind, file, user, commit, as_of, target=None, **options):
        user, roster = _user(user), _roster(kind)
        on = parse_date(as_of) if as_of else timezone.localdate()
        if on is None:
            raise CommandError(f"“{as_of}”不是日期，请写成如 2024-12-31。")
        progress = Progress(self.stderr, 2 if commit else 1)
        progress.begin(STEPS[0])
        try:
            upload = importer.upload(
                by=user,
                kind=roster.slug,
                filename=Path(file).name,
                content=_content(file),
                as_of=on,
                target_id=target,
                limits=SHELL,
            )
        except PermissionDenied as error:
            raise CommandError(str(error)) from error
        if upload.status == upload.Status.REFUSED:
            self.stderr.write(f"未能读取：{upload.refusal_message}")
            if upload.refusal_code == importer.UNKNOWN_TARGET:
                self.offer_targets(roster, user)
            sys.exit(REFUSED)
        if roster.target and not upload.target_id:
            self.stderr.write(f"没有写入。{roster.target.missing}")
            self.offer_targets(roster, user)
            sys.exit(REFUSED)
        progress.finish(STEPS[0])
        self.tell(roster, upload)
        if commit and upload.writes:
            upload = self.commit(upload, user, progress)
        self.conclude(upload, commit)

    def commit(self, upload, user, progress):
        progress.begin(STEPS[1])
        try:
            confirmed = importer.confirm(upload, by=user)
        except importer.NotNow as error:
            raise CommandError(str(error)) from error
        if confirmed.state == "changed":
            raise CommandError("读完之后数据有了变化，没有写入任何内容，请再运行一次。")
        progress.finish(STEPS[1])
        return confirmed.upload

    def tell(self, roster, upload):
        count = upload.count
        about = roster.target_text(upload.target_id)
        title = f"{roster.title}（{about}）" if about else roster.title
        self.stdout.write(f"{title}：{upload.filename}，{upload.rows_total} 行，第 {upload.pk} 批")
        self.stdout.write(
            f"新增 {count('new')} 行，变更 {count('changed')} 行，未变 {count('unchanged')} 行；"
            f"有提醒 {count('warn')} 行，有问题 {count('error')} 行"
        )
        rows = upload.rows.exclude(outcome="accept").order_by("order")
        labels = {column.field: column.label for column in roster.columns}
        for row in rows[:SHOWN]:
            self.tell_row(row, labels)
        if len(rows) > SHOWN:
            self.stdout.write(f"……另有 {len(rows) - SHOWN} 行有提醒或问题")

    def tell_row(self, row, labels):
        sheet = f"{row.sheet} " if row.sheet else ""
        for problem in row.problems:
            if problem["level"] != "info":
                label = "提醒" if problem["level"] == "warn" else "问题"
                self.stdout.write(f"  {label} {sheet}{row} {labels[problem['field']]}：{problem['message']}")

    def offer_targets(self, roster, user):
        """The numbers that --target takes, where the kind of roster has such."""
        for pk, text in importer.offered_targets(roster, user)[:SHOWN]:
            self.stderr.write(f"  --target {pk}  {text}")

    def conclude(self, upload, commit):
        left = f"；{upload.count('error')} 行有问题未入库，请改正后再导入" if upload.count("error") else ""
        if not upload.writes:
            same = "与系统一致，0 处变更" if upload.count("unchanged") else "没有可以入库的行"
            self.stdout.write(f"{same}{left}。")
        elif commit and upload.status == upload.Status.SUBMITTED:
            self.stdout.write(f"已提交 {upload.writes} 行，由县委组织部审核后入库{left}。")
        elif commit:
            self.stdout.write(f"已入库 {upload.writes} 行{left}。")
        else:
            self.stdout.write(f"没有写入。加 --commit 将入库 {upload.writes} 行{left}。")


def _user(name):
    user = User.objects.select_related("division").filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError(f"没有可用的账号“{name}”。")
    return user


def _roster(kind):
    found = {roster.slug: roster for roster in spec.importable()}
    if kind not in found:
        known = "、".join(f"{slug}（{roster.title}）" for slug, roster in found.items())
        raise CommandError(f"没有“{kind}”这种名册，可用的有：{known}。")
    return found[kind]


def _content(file):
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise CommandError(f"打不开文件 {file}：{error.strerror}。") from error
