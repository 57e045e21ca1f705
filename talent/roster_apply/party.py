"""What is kept of people in party life (what members do for others, decisions about them) as rows of a roster."""

from django.db.models import Q

from core.periods import begun, in_force, year_to_date
from core.scope import inside
from rosters.cleaning import clean_one
from rosters.comparison import Comparison, Verdict
from talent.roster_apply import who
from talent.rosters import persons
from villages.models import ActivityKind, IntegrityRecord, PartyActivity, Village
from villages.models.activities import WITH_PARTNER
from villages.roster_export import places
from villages.roster_records import Plan, Records, exported

NOT_ON_FILE = ("name", "not_on_file", "这个村没有这个人的档案，请核对姓名、村和身份证号；还没有档案的先上传花名册")
NAME_DIFFERS = ("name", "name_differs", "此身份证号在系统中登记的是另一个姓名，请核对是否同一人")


def people(rows, verdicts, scope):
    """The person of each row, by ID number or by name in the village; None where the row was refused."""
    known = who.identify(rows, verdicts, scope, lambda values: bool(values.get("name")))
    homes = Village.objects.select_related("township").in_bulk(
        {person.village_id for person in known.people.values()}, field_name="code"
    )
    for person in known.people.values():
        person.village = homes[person.village_id]
    who.hint_former(rows, verdicts, known)
    return [
        _person(row, verdict, known.people.get(key))
        for row, verdict, key in zip(rows, verdicts, known.keys, strict=True)
    ]


def _person(row, verdict, person):
    if verdict.refused:
        return None
    if person is None:
        return verdict.refuse(*NOT_ON_FILE)
    if clean_one(persons.NAME.kind, person.name)[0] != row.values["name"]:
        verdict.warn(*NAME_DIFFERS)
    return person


def _problems(row):
    if row.kind in WITH_PARTNER and not row.partner:
        yield "partner", "record_unlikely", "联系户走访和结对帮扶请填写联系户（帮扶对象）"
    if row.kind == ActivityKind.VOLUNTEER and not (row.hours and row.hours > 0):
        yield "served_hours", "record_unlikely", "志愿服务请填写服务时长（大于 0）"
    if row.kind != ActivityKind.VOLUNTEER and row.hours is not None:
        yield "served_hours", "record_unlikely", "只有志愿服务填服务时长，其他类型请留空"
    if row.end and row.end < row.start:
        yield "service_end", "record_unlikely", "结束日期早于开始日期，请核对两个日期"
    if row.handled_on and row.handled_on < row.start:
        yield "handled_on", "record_unlikely", "办结日期早于活动日期，请核对两个日期"


ACTIVITIES = Records(
    PartyActivity, "person",
    {"service_kind": "kind", "partner": "partner", "service_date": "start", "service_end": "end", "served_hours": "hours",
     "service_matter": "matter", "handling": "handling", "handled_on": "handled_on"},
    ("service_kind", "service_date", "partner", "service_matter"), (), people, _problems, ("name", "id_number"),
    lambda person: PartyActivity(person=person, village=person.village),
)  # fmt: skip


def activities(code, on):
    """What members of the division `code` did in the year of `on` up to it, and the pairings that last on it."""
    lasting = in_force(on) & Q(kind=ActivityKind.PAIRING)
    found = PartyActivity.objects.below(code).filter(year_to_date(on, "start") | lasting)
    found = found.select_related("person__village__township", "village__township")
    return [_about(row, code) for row in found.order_by("village_id", "person_id", "start", "kind", "pk")]


def _about(row, code):
    number = row.person.id_number if inside(row.person.village_id, code) else row.person.id_masked
    return {
        "township": row.village.township.name, "village": row.village.name, "name": row.person.name, "id_number": number,
        "person_id": row.person_id, **exported(ACTIVITIES, row),
    }  # fmt: skip


def activity_choices(code, on):
    return places(code, on) | {"service_kind": ActivityKind.labels}


# --- decisions of discipline, which the county alone keeps

COUNTY_DIGITS = 6
COUNTY_ONLY = ("name", "integrity_of_county", "廉政记录由县委组织部登记")


def _decision_problems(row):
    if row.end and row.end < row.start:
        yield "decision_end", "record_unlikely", "影响期止早于决定日期，请核对两个日期"


DECISIONS = Records(
    IntegrityRecord, "person",
    {"decision_kind": "kind", "decision_date": "start", "decision_end": "end", "authority": "authority",
     "decision_no": "document_no", "decision_reason": "reason"},
    ("decision_kind", "decision_date"), ("authority", "decision_reason"), people, _decision_problems, ("name", "id_number"),
)  # fmt: skip


def compare_decisions(rows, scope):
    """A Comparison of rows with the decisions that the county keeps; a township learns nothing."""
    if len(scope.code) <= COUNTY_DIGITS:
        return DECISIONS.compare(rows, scope)
    verdicts = [Verdict() for _ in rows]
    for verdict in verdicts:
        verdict.refuse(*COUNTY_ONLY)
    return Comparison(verdicts, Plan())


def decisions(code, on):
    """The decisions made by the day `on` about people of the division `code`."""
    found = IntegrityRecord.objects.below(code).filter(begun(on)).select_related("person__village__township")
    return [
        {
            "township": row.person.village.township.name, "village": row.person.village.name, "name": row.person.name,
            "id_number": row.person.id_number, "person_id": row.person_id, **exported(DECISIONS, row),
        }
        for row in found.order_by("person__village_id", "person_id", "start", "kind", "pk")
    ]  # fmt: skip


def decision_choices(code, on):
    return places(code, on) | {"decision_kind": IntegrityRecord.Kind.labels}
