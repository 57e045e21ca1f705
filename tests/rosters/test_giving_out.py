"""Templates per kind and township: what stands in them, the mark that nobody sees, and that what goes out comes back."""

import datetime
import io
import json
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl.packaging.custom import StringProperty

from awards.actions.evaluations import template_items
from core.models import AuditEntry
from rosters import importer, marks, spec
from rosters.models import CollectionRequest, Upload
from rosters.ours import PROPERTY
from talent.indicators.reserves import last_half
from tests import factories
from tests.rosters import county
from tests.rosters.conftest import DATA
from tests.rosters.test_collection import OTHER, ask, clerk_client, staff, text
from villages.models import Village

__all__ = ["staff"]  # a fixture
pytestmark = pytest.mark.django_db


def template(client, **given):
    answer = client.post(reverse("roster_template_choice", args=["committee"]), {"content": "empty"} | given)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def sent(client, content):
    file = SimpleUploadedFile("名册.xlsx", content)
    client.post(reverse("roster_upload"), {"kind": "committee", "file": file})
    return Upload.objects.order_by("-pk").first()


def filled(content, mark=None):
    """The workbook with one person typed in; `mark` in place of its own, "" for none."""
    book = opened(content)
    sheet = book["名册"]
    heads = {cell.value.strip("*"): cell.column for cell in sheet[3]}
    person = {
        "乡镇": "寨里镇", "行政村": "茶富村", "姓名": "张三", "身份证号": factories.id_number(), "职务": "村委会委员", "任现职时间": "2021.03",
    }  # fmt: skip
    for head, value in person.items():
        sheet.cell(4, heads[head]).value = value
    if mark is not None:
        del book.custom_doc_props[PROPERTY]
    if mark:
        book.custom_doc_props.append(StringProperty(name=PROPERTY, value=mark))
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def request_of(title, code=county.TOWNSHIP):
    return CollectionRequest.objects.get(round__title=title, division_id=code)


def notes(upload):
    return "".join(upload.tables["notes"])


def test_the_countys_template_for_a_township_has_its_villages_only(staff, client):
    book = opened(template(client, division=county.TOWNSHIP))

    texts = {cell.value for row in book["选项"].iter_rows() for cell in row}
    assert "茶富村" in texts
    assert "止马村" not in texts
    assert book["名册"]["A1"].value == "寨里镇村“两委”干部花名册"
    heads = {cell.value: cell.column for cell in book["名册"][3]}
    assert {"姓名*", "身份证号*"} <= heads.keys()
    assert book["名册"].cell(4, heads["身份证号*"]).number_format == "@"


def test_a_clerk_gets_no_template_of_another_township(staff, client):
    book = opened(template(clerk_client(), division=OTHER))

    assert "止马村" not in {cell.value for row in book["选项"].iter_rows() for cell in row}


def test_what_is_asked_for_stands_below_the_title(staff, client):
    ask(client, days=5, title="年底名册")

    content = template(clerk_client(), request=request_of("年底名册").pk)

    told = opened(content)["名册"]["A2"].value
    assert "年底名册：名册截至" in told
    assert "要求：含新任干部" in told


def test_the_mark_brings_the_file_to_its_round(staff, client):
    ask(client, days=2, title="换届名册")
    ask(client, days=9, title="年底名册")
    clerk = clerk_client()

    upload = sent(clerk, filled(template(clerk, request=request_of("年底名册").pk)))

    assert upload.counts["new"] == 1
    assert upload.request == request_of("年底名册")


def test_a_townships_file_handed_in_by_the_county_is_the_townships(staff, client):
    ask(client, title="年底名册")

    upload = sent(client, filled(template(client, request=request_of("年底名册").pk)))

    assert upload.request == request_of("年底名册")


def test_the_mark_holds_nothing_of_a_person(staff, client):
    confirm_first(client)
    content = template(clerk_client(), content="filled", reason="年底报送")

    part = zipfile.ZipFile(io.BytesIO(content)).read("docProps/custom.xml").decode()
    told = marks.read(opened(content).custom_doc_props[PROPERTY].value)

    assert told.keys() <= {"kind", "division", "request", "on"}
    assert "贾" not in part


def test_a_file_without_its_mark_is_read_all_the_same(staff, client):
    ask(client, title="年底名册")
    clerk = clerk_client()

    upload = sent(clerk, filled(template(clerk), mark=""))

    assert (upload.counts["new"], upload.request) == (1, request_of("年底名册"))
    assert "标记" not in notes(upload)


def test_a_forged_mark_is_not_believed(staff, client):
    ask(client, days=2, title="换届名册")
    ask(client, days=9, title="年底名册")
    clerk = clerk_client()
    forged = json.dumps({"kind": "committee", "division": county.TOWNSHIP, "request": request_of("年底名册").pk})

    upload = sent(clerk, filled(template(clerk), mark=forged))

    assert upload.request == request_of("换届名册")
    assert "系统标记核对不上，没有采用" in text(clerk, "roster_preview", upload.pk)


def test_a_neighbours_mark_is_not_used(staff, client):
    ask(client, title="年底名册")
    theirs = template(clerk_client(OTHER), request=request_of("年底名册", OTHER).pk)
    clerk = clerk_client()

    upload = sent(clerk, filled(theirs))

    assert upload.request == request_of("年底名册")
    assert "系统标记属于其他单位，没有采用" in text(clerk, "roster_preview", upload.pk)


def test_the_mark_of_a_closed_round_binds_nothing(staff, client):
    ask(client, title="年底名册")
    clerk = clerk_client()
    content = template(clerk, request=request_of("年底名册").pk)
    client.post(reverse("collection_close", args=[request_of("年底名册").round_id]))

    assert sent(clerk, filled(content)).request is None


def confirm_first(client):
    upload = importer.upload(
        by=county.staff(), kind="committee", filename="x.xlsx", content=county.FIRST.read_bytes(), as_of=None
    )
    importer.confirm(upload, by=county.staff())
    return upload


def test_a_prefilled_template_comes_back_unchanged(staff, client):
    confirm_first(client)
    clerk = clerk_client()

    upload = sent(clerk, template(clerk, content="filled", reason="年底报送"))

    known = len(spec.get("committee").export(county.TOWNSHIP, timezone.localdate()))
    assert (upload.counts["unchanged"], upload.counts["error"], upload.writes) == (known, 0, 0)
    line = AuditEntry.objects.get(verb="export")
    assert (line.reason, line.after) == ("年底报送", {"rows": known})


def test_a_prefilled_template_needs_a_reason(staff, client):
    answer = client.post(reverse("roster_template_choice", args=["committee"]), {"content": "filled", "reason": " "})

    assert answer.status_code == 400
    assert "请写明用途" in answer.content.decode()
    assert not AuditEntry.objects.filter(verb="export").exists()


def test_whose_file_is_kept_elsewhere_is_not_prefilled(staff, client):
    elsewhere = factories.person("邻镇人", village="350723102201")
    factories.appointment(person=elsewhere, village="350723101201")

    sheet = opened(template(clerk_client(), content="filled", reason="x"))["名册"]

    assert "邻镇人" not in {cell.value for row in sheet.iter_rows() for cell in row}


# Kinds of which there is no workbook of the county's own.
MADE = {"service_visits": factories.service_visit, "secondments": factories.secondment}


def workbooks(slug):
    return [path for path in sorted(DATA.glob("[0-9]*")) if _expected(path).get("kind") == slug]


def _expected(path):
    told = path.with_suffix(".expected.json")
    return json.loads(told.read_text(encoding="utf-8")) if told.exists() and path.suffix != ".json" else {}


def _held(on):
    return factories.session(county.COUNTY, start=on, end=on)


def _marked(on):
    held = _held(on)
    taught = factories.course(county.COUNTY, teacher=factories.teacher(county.COUNTY))
    held.courses.add(taught)
    factories.course_feedback(session=held, course=taught, five=3)


def _signed_in(on):
    held = _held(on)
    factories.attendance(enrollment=factories.enrollment(session=held, village=_somewhere()), date=on)


def _nominated(on):
    held = factories.election_round(county.COUNTY, start=on, election_day=on)
    place = _somewhere()
    factories.election_village(round=held, village=place)
    factories.candidate(round=held, village=place, nominated_on=on)


def _voted(on):
    held = factories.election_round(county.COUNTY, start=on, election_day=on)
    place = factories.election_village(round=held, village=_somewhere())
    factories.election_ballot(place=place, committee="villagers", document_no="清组〔2026〕1号")
    for name, status, votes in (("当选人", "elected", 30), ("落选人", "not_elected", None)):
        factories.candidate(
            round=held, village=place.village, person=factories.person(name, village=place.village), status=status,
            decided_on=on, votes=votes,
        )  # fmt: skip


def _stepped(on):
    held = factories.election_round(county.COUNTY, start=on, election_day=on)
    done, _ = (factories.election_step(round=held, title=title) for title in ("推选选委会", "提名候选人"))
    place = factories.election_village(round=held, village=_somewhere())
    factories.election_step_done(step=done, place=place, done_on=on, note="清组〔2026〕2号")


def _judged(on):
    held = factories.review_round(county.COUNTY)
    sheet = factories.team_review(round=held, village=_somewhere())
    factories.person_review(team=sheet)


def _planned(on):
    held = factories.election_round(county.COUNTY, start=on, election_day=on)
    factories.election_step(round=held)
    factories.election_village(round=factories.election_round(county.COUNTY, kind="by_election", start=on), village=_somewhere())  # fmt: skip


def _announced(on):
    factories.recruitment_quota("350723101", recruitment=factories.recruitment(county.COUNTY), places=9)


def _summed_up(on):
    held = factories.review_round(county.COUNTY)
    sheet = factories.team_review(
        round=held, village=_somewhere(), team_class="较好", problems=["不团结、内耗", "后备力量不足"]
    )
    factories.review_visit(team=sheet)


def _somewhere():
    return Village.objects.order_by("code").first()


def _graded(on):
    stay = factories.stationing(village=_somewhere(), role="team_member", start=on.replace(year=on.year - 1, day=1))
    factories.stationing_assessment(stationing=stay, year=on.year - 1)


def _assessed(on):
    year, half = last_half(on)
    place = factories.reserve(village=_somewhere())
    factories.reserve_assessment(candidate=place, year=year, half=half, assessed_on=on)


def _matched(on, **steps):
    place = _somewhere()
    need = factories.demand(round=factories.demand_round(county.COUNTY), village=place)
    day = datetime.date(2026, 3, 10)
    dates = dict.fromkeys(steps, day)
    return factories.match(demand=need, talent=factories.rural_talent(village=place), proposed_on=day, **dates)


def _reviewed_by(on):
    held = factories.election_round(county.COUNTY, start=on, election_day=on)
    factories.review_item(department=factories.review_department(round=held))
    place = _somewhere()
    factories.election_village(round=held, village=place)
    factories.candidate(round=held, village=place, nominated_on=on)


def _evaluated(on):
    scheme = factories.evaluation_scheme(county.COUNTY)
    for item in template_items(scheme.opens):
        item.scheme = scheme
        item.save()
    factories.evaluation(scheme=scheme, village=_somewhere())


def _inspected(on):
    looked = factories.inspection_item(inspection=factories.inspection(county.COUNTY, on=on))
    found = factories.inspection_finding(item=looked, village=_somewhere(), due=on)
    factories.inspection_follow_up(finding=found, on=on)
    closed = factories.inspection_finding(
        item=looked, village=_somewhere(), problem="没有公开", due=on, closed_on=on, result="已公开"
    )
    factories.inspection_follow_up(finding=closed, on=on, done="已公开；附件\n两页")


def _supported(on):
    policy = factories.support_policy(county.COUNTY)
    factories.support_application(policy=policy, village=_somewhere())


def _paid_support(on):
    policy = factories.support_policy(county.COUNTY)
    asked = factories.support_application(
        policy=policy, village=_somewhere(), state="approved", amount=5000, decided_on=on
    )
    factories.support_payment(application=asked, on=on, amount=3000)
    factories.support_payment(application=asked, on=on, amount=1234.5, state="proposed")


def _awarded(on):
    day = on.replace(year=on.year - 1)
    given = {
        "scheme": factories.award_scheme(county.COUNTY),
        "year": day.year,
        "decided_on": day,
        "document_no": "清委〔2025〕1号",
    }
    factories.award(village=_somewhere(), bonus=3000, category="industry", **given)
    factories.award(village=_somewhere(), person=None, collective="老年协会", **given)


def _funded(on):
    fund = factories.fund(county.COUNTY)
    factories.fund_budget(fund=fund, year=on.year)
    factories.fund_entry(fund=fund, kind="income", on=on)


def _run(on):
    held = factories.award_round(county.COUNTY, year=on.year, individual_places=3, individual_bonus=3000)
    factories.award_quota("350723100", round=held)
    factories.award_round(county.COUNTY, year=on.year - 1)


# What there is to export of kinds that no sample workbook is of.
WITHOUT_A_SAMPLE = {
    "approved_seats": lambda on: factories.approved_seats(village=_somewhere(), start=on),
    "award_rounds": _run,
    "awards_given": _awarded,
    "fund_entries": _funded,
    "colleges": lambda on: factories.major(college=factories.partner_college(county.COUNTY)),
    "confirmations": lambda on: factories.talent_confirmation(
        talent=factories.rural_talent(village=_somewhere()), year=on.year, confirmed_on=on.replace(month=1, day=1)
    ),
    "course_marks": _marked,
    "culture": lambda on: factories.cultural_activity(village=_somewhere(), held_on=on),
    "demand_rounds": lambda on: factories.demand_round(county.COUNTY, year=on.year),
    "demand_visits": lambda on: factories.demand_visit(match=_matched(on, invited_on=1, accepted_on=1)),
    "evaluation_items": _evaluated,
    "evaluations": _evaluated,
    "inspection_findings": _inspected,
    "integrity": lambda on: factories.integrity_record(person=factories.person(village=_somewhere())),
    "joint_review": _reviewed_by,
    "matches": _matched,
    "party_meetings": lambda on: factories.meeting(branch=factories.party_branch(village=_somewhere()), held_on=on),
    "party_activities": lambda on: factories.party_activity(person=factories.person(village=_somewhere()), start=on),
    "party_branches": lambda on: factories.branch_size(branch=factories.party_branch(village=_somewhere())),
    "party_resolutions": lambda on: factories.resolution(
        meeting=factories.meeting(branch=factories.party_branch(village=_somewhere()), held_on=on)
    ),
    "requirements": lambda on: factories.topic_requirement(topic=factories.topic(county.COUNTY)),
    "reserve_assessments": _assessed,
    "safeguard_standards": lambda on: factories.safeguard_standard(county.COUNTY, year=on.year, allowance=1200.5),
    "results": lambda on: factories.enrollment(session=_held(on), village=_somewhere(), result="qualified", score=80),
    "safeguards": lambda on: factories.safeguard(village=_somewhere(), year=on.year),
    "sessions": _held,
    "stay_grades": _graded,
    "study_terms": lambda on: factories.study_term(study=factories.degree_study(village=_somewhere())),
    "support_applications": _supported,
    "support_payments": _paid_support,
    "teachers": lambda on: factories.teacher(county.COUNTY),
    "village_projects": lambda on: factories.village_project(village=_somewhere(), invested_on=on),
    "attendance": _signed_in,
    "candidates": _nominated,
    "plan": lambda on: factories.plan_line(plan=factories.training_plan(county.COUNTY, year=on.year)),
    "reviews": _judged,
    "election_results": _voted,
    "election_rounds": _planned,
    "recruitments": _announced,
    "review_rounds": lambda on: factories.review_round(county.COUNTY),
    "review_visits": _summed_up,
    "team_reviews": _summed_up,
    "village_steps": _stepped,
    "wishes": lambda on: factories.training_wish(village=_somewhere(), topic=factories.topic(county.COUNTY), year=on.year),
}  # fmt: skip


def keep_samples(staff, roster, on):
    """Write the county's workbooks of a kind, or what stands for them. Returns what they are about, or None."""
    WITHOUT_A_SAMPLE.get(roster.slug, lambda on: None)(on)
    if roster.target and roster.slug not in WITHOUT_A_SAMPLE:
        factories.session(county.COUNTY)
        factories.award_round(county.COUNTY)
        factories.demand_round(county.COUNTY)
        held = factories.recruitment(county.COUNTY)
        for township in ("350723100", "350723101", "350723102"):
            factories.recruitment_quota(township, recruitment=held, places=9)
    target = next(iter(roster.target.choices(staff, on)), (None,))[0] if roster.target else None
    for path in workbooks(roster.slug):
        upload = importer.upload(
            by=staff, kind=roster.slug, filename=path.name, content=path.read_bytes(), as_of=on, target_id=target
        )
        importer.confirm(upload, by=staff)
    if roster.slug in MADE:
        MADE[roster.slug](village="350723101201", start=on)
    return target


def exported(staff, roster, target):
    """What the county exports of a kind: the workbook's bytes."""
    client = Client()
    client.force_login(staff)
    return client.post(reverse("roster_export", args=[roster.slug]), {"reason": "核对", "target": target or ""}).content


@pytest.mark.parametrize(
    "roster",
    [roster for roster in spec.importable() if roster.export],
    ids=lambda found: found.slug,
)
def test_every_export_comes_back_unchanged(staff, roster):
    """For every kind that can be exported, those that are declared later too."""
    on = timezone.localdate()
    target = keep_samples(staff, roster, on)
    content = exported(staff, roster, target)

    again = importer.upload(by=staff, kind=roster.slug, filename="x.xlsx", content=content, as_of=on, target_id=target)

    assert (again.counts.get("error"), again.writes) == (0, 0)
    assert again.counts["unchanged"] == len(roster.rows_to_export(county.COUNTY, on, target)) > 0
