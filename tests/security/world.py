"""Two townships of one county and another county, with one of everything in each, and somebody of every role."""

import datetime
import html
import io
import zipfile

from django.test import Client
from django.utils import timezone

from core import audit
from core.models import ApiToken, AuditEntry, Job, User
from rosters.models import (
    CollectionRequest,
    CollectionRound,
    LayoutMemory,
    Reconciliation,
    SuperiorForm,
    Upload,
    ValueMeaning,
)
from talent.models import Person
from tests import factories
from villages.models import IntegrityRecord, Village

OTHER = f"{factories.OTHER_COUNTY}100"
# Every name in a township holds its mark, so that any page can be searched for what crossed a border.
MARKS = {factories.OWN: "本乡", factories.NEIGHBOUR: "邻乡", OTHER: "外县"}
MARKED = ("name", "school", "dispatch_unit", "mentor", "remarks")
ACTORS = ("anonymous", "county", "clerk", "leader", "auditor", "sysadmin", "token")
ROLES = {
    "county": "county_staff",
    "clerk": "township_clerk",
    "leader": "leader",
    "auditor": "auditor",
    "sysadmin": "system_admin",
}
MISSING = 900_000_001
NAMELESS = {"field": "name", "code": "missing_name", "level": "error", "message": "姓名没有填", "stage": "reading"}
COUNTS = ("rows", "accept", "warn", "error", "new", "changed", "unchanged")


class World:
    """`rows[township][model]`, `clients[actor]`; a clerk is of the own township, everybody else of the county."""

    def __init__(self):
        self.rows = {township: self._rows(township) for township in MARKS}
        self.users = {
            actor: factories.user(role, factories.OWN if actor == "clerk" else factories.COUNTY)
            for actor, role in ROLES.items()
        }
        self.secret = factories.token()[1]
        self.clients = {actor: self._client(actor) for actor in ACTORS}

    def _rows(self, township):
        mark = MARKS[township]
        factories.division(township, f"{mark}镇")
        rows = factories.one_of_each(township)
        for row in rows.values():
            for name in MARKED:
                if any(field.name == name for field in row._meta.concrete_fields):
                    setattr(row, name, mark + (getattr(row, name) or "某").replace(mark, ""))
            row.save()
        account = factories.user("township_clerk", township, username=f"clerk{township}", name=f"{mark}账号")
        rows[User] = account
        rows[ApiToken] = factories.token(
            factories.user("api_client", township, name=f"{mark}接口"), name=f"{mark}令牌"
        )[0]
        rows[IntegrityRecord] = factories.integrity_record(person=rows[Person])
        rows[AuditEntry] = audit.record(by=account, verb="create", obj=rows[Person])
        rows[Upload] = Upload.objects.create(
            by=account,
            division=account.division,
            kind="committee",
            filename=f"{mark}名册.xlsx",
            digest="0" * 64,
            size=1,
            status="read",
            counts=dict.fromkeys(COUNTS, 0),
            as_of=datetime.date(2024, 12, 31),
        )
        rows[Upload].rows.create(order=0, excel_row=4, outcome="error", values={}, typed={}, problems=[NAMELESS])
        told = {"by": account, "division": account.division}
        rows[LayoutMemory] = LayoutMemory.objects.create(
            kind="committee", fingerprint="0" * 16, columns={f"{mark}职务": "posts"}, **told
        )
        rows[ValueMeaning] = ValueMeaning.objects.create(
            field="posts", text=f"{mark}主任", value="village_director", **told
        )
        rows[Job] = Job.objects.create(
            kind="roster_read", target_id=rows[Upload].pk, by=account, division=account.division, status="done",
            finished_at=timezone.now(), args={"skipped": [[f"{mark}说明.docx", "不是表格"]]},
        )  # fmt: skip
        rows[CollectionRound] = CollectionRound.objects.create(
            division=factories.division(township[:6]),
            kind="committee",
            title=f"{mark}催报",
            as_of=datetime.date(2024, 12, 31),
            due=datetime.date(2025, 1, 5),
            by=factories.user("county_staff", township[:6], name=f"{mark}工作人员"),
        )
        rows[CollectionRequest] = CollectionRequest.objects.create(
            round=rows[CollectionRound], division=account.division
        )
        rows[Reconciliation] = Reconciliation.objects.create(
            by=account,
            division=account.division,
            kind="committee",
            filename=f"{mark}民政名册.xlsx",
            as_of=datetime.date(2024, 12, 31),
        )
        rows[SuperiorForm] = SuperiorForm.objects.create(
            by=account,
            division=account.division,
            kind="committee",
            filename=f"{mark}表样.xlsx",
            content=b"",
            on=datetime.date(2024, 12, 31),
        )
        return rows

    def _client(self, actor):
        client = Client(headers={"Authorization": f"Token {self.secret}"} if actor == "token" else {})
        if actor in self.users:
            client.force_login(self.users[actor])
        return client

    def key(self, model, whose):
        """What an address names a row by: of the actor's own place, of a foreign one, or of none at all."""
        if whose is None:
            return str(MISSING) if model is not Village else "990121199999"
        row = self.rows[whose][model]
        return row.code if hasattr(row, "code") else row.pk


def foreign_to(actor):
    """The place beside the actor's own."""
    return factories.NEIGHBOUR if actor == "clerk" else OTHER


def text_of(answer):
    """All text of an answer: of a page, or of every part of a workbook."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if not content.startswith(b"PK"):
        return content.decode()
    parts = zipfile.ZipFile(io.BytesIO(content))
    return html.unescape("".join(parts.read(name).decode(errors="replace") for name in parts.namelist()))
