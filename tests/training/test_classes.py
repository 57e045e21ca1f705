"""Holding a class: sign-in, results, marks, certificates and their verification, the yearly plan."""

import datetime
import re

import pytest

from core import indicators, rules
from core.models import AuditEntry
from talent import timeline
from tests import factories
from tests.rosters.handing import queries
from tests.training.conftest import FOREIGN, HOME, ON
from training import actions
from training.models import (
    Attendance,
    Certificate,
    CourseFeedback,
    Enrollment,
    PlanLine,
    TrainingPlan,
    TrainingSession,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(over, cadre):
    """Somebody on the list of the class that is over."""
    someone = cadre("李四")
    return factories.enrollment(person=someone, session=over, result="enrolled")


def url(session, page=""):
    return f"/training/sessions/{session.pk}/{page}"


def signed(client, session, row, slot="2026-09-22am", state="present"):
    return client.post(url(session, "sign-in/"), {"slot": slot, f"state-{row.pk}": state})


def test_a_half_day_is_signed_once_and_can_be_put_right(sign_in, over, row):
    client = sign_in()

    signed(client, over, row)
    signed(client, over, row, state="leave")

    mark = Attendance.objects.get()
    assert (mark.date, mark.half, mark.state) == (datetime.date(2026, 9, 22), "am", "leave")


def test_a_half_day_outside_the_class_does_not_exist(sign_in, over, row):
    assert signed(sign_in(), over, row, slot="2026-10-01am").status_code == 404


def test_results_are_suggested_from_sign_in_and_kept(sign_in, over, row):
    client = sign_in()
    for slot in ("2026-09-22am", "2026-09-22pm"):
        signed(client, over, row, slot)

    page = client.get(url(over, "results/")).content.decode()
    client.post(url(over, "results/"), {f"score-{row.pk}": "88.5", f"result-{row.pk}": "qualified"})

    assert re.search(r'<option value="attended" selected>', page)
    row.refresh_from_db()
    assert (float(row.score), row.result) == (88.5, "qualified")


def test_a_wrong_score_is_told_and_nothing_is_kept(sign_in, over, row):
    answer = sign_in().post(url(over, "results/"), {f"score-{row.pk}": "880", f"result-{row.pk}": "qualified"})

    assert answer.status_code == 400
    assert "请填 0 到 100" in answer.content.decode()
    assert 'value="880"' in answer.content.decode()
    row.refresh_from_db()
    assert (row.score, row.result) == (None, "enrolled")


def test_marks_of_a_course_are_counts(sign_in, over):
    course = factories.course()
    over.courses.add(course)
    client = sign_in()

    client.post(url(over, "feedback/"), {f"five-{course.pk}": "3", f"four-{course.pk}": "1"})

    kept = CourseFeedback.objects.get()
    assert (kept.answers, kept.average) == (4, 4.75)
    assert "4.75 分（4 人评）" in client.get(url(over)).content.decode()


@pytest.mark.parametrize("typed", ["12人", "-5", "10000"])
def test_a_mark_that_is_no_count_is_told_and_nothing_is_kept(sign_in, over, typed):
    course = factories.course()
    over.courses.add(course)

    answer = sign_in().post(url(over, "feedback/"), {f"five-{course.pk}": typed, f"four-{course.pk}": "1"})

    assert answer.status_code == 400
    assert f"“{typed}”不是人数，请填 0 到 9999 的整数" in answer.content.decode()
    assert f'value="{typed}"' in answer.content.decode()
    assert not CourseFeedback.objects.exists()


@pytest.mark.parametrize(
    ("result", "score", "absent", "given"),
    [
        ("qualified", 88, 0, 1),
        ("attended", None, 0, 1),
        ("qualified", 59, 0, 0),
        ("attended", None, 1, 0),
        ("absent", None, 0, 0),
        ("enrolled", None, 0, 0),
    ],
)
def test_who_earns_a_certificate(sign_in, over, row, result, score, absent, given):
    row.result, row.score = result, score
    row.save()
    factories.attendance(enrollment=row, date=over.start)
    for _ in range(absent):
        factories.attendance(enrollment=row, date=over.start, half="pm", state="absent")

    sign_in().post(url(over), {"do": "issue"})

    assert Certificate.objects.count() == given


@pytest.fixture
def given(row):
    row.result = "qualified"
    row.save()
    return factories.certificate(enrollment=row, issued_on=row.session.end)


def verified(client, number, code):
    return client.post("/certificates/verify/", {"number": number, "code": code}).content.decode()


def test_certificates_are_numbered_one_after_the_other(sign_in, over, row, cadre):
    row.result = "qualified"
    row.save()
    factories.enrollment(person=cadre("赵六"), session=over)

    sign_in().post(url(over), {"do": "issue"})

    assert list(Certificate.objects.order_by("number").values_list("number", flat=True)) == [
        "990121-2026-000001",
        "990121-2026-000002",
    ]
    assert all(re.fullmatch(r"[2-9A-HJ-NP-Z]{12}", one.check_code) for one in Certificate.objects.all())


def test_the_code_shows_whether_a_certificate_is_genuine(sign_in, given):
    client = sign_in("leader")

    assert "证书有效：李四" in verified(client, given.number, "abcd-2345-efgh")
    assert "没有这本证书" in verified(client, given.number, "ABCD2345EFGX")
    assert "没有这本证书" in verified(client, "990121-2026-999999", given.check_code)


def test_a_revoked_certificate_says_so(sign_in, given):
    client = sign_in()

    client.post(f"/certificates/{given.pk}/", {"reason": "姓名写错，重发"})

    assert "作废：姓名写错，重发" in verified(client, given.number, given.check_code)


def test_another_townships_name_is_not_told_by_a_code(sign_in, over, cadre):
    theirs = factories.enrollment(person=cadre("王小五", FOREIGN), village=factories.village(FOREIGN), session=over)
    given = factories.certificate(enrollment=theirs)
    client = sign_in("township_clerk")

    page = verified(client, given.number, given.check_code)

    assert "证书有效：王**" in page
    assert client.get(f"/certificates/{given.pk}/").status_code == 404


def test_a_certificate_shows_no_personal_number(sign_in, given):
    person = given.enrollment.person
    person.phone = "13812345678"
    person.save()

    page = sign_in().get(f"/certificates/{given.pk}/").content.decode()

    assert "李四" in page
    assert person.id_number not in page
    assert person.phone not in page


def test_the_time_line_holds_the_certificate_and_no_proposal(given, held):
    factories.enrollment(person=given.enrollment.person, session=held, result="draft")

    told = [event.text for event in timeline.events(given.enrollment.person)]

    assert any(given.number in text for text in told)
    assert not any("两委班" in text for text in told)


def test_a_list_longer_than_a_form_may_be_is_signed_and_marked_page_by_page(sign_in, over):
    client, village = sign_in(), factories.village(HOME)
    number = 602
    people = [factories.person(f"学员{at}", village=village) for at in range(number)]
    Enrollment.objects.bulk_create(
        Enrollment(session=over, person=one, village=village, result="enrolled") for one in people
    )
    for page in (1, 2, 3, 4):
        for at, name in (("sign-in/", "state"), ("results/", "result")):
            answer = client.get(url(over, at), {"p": page})
            keys = set(re.findall(rf'name="{name}-(\d+)"', answer.content.decode()))
            assert 0 < len(keys) <= 200
            about = {f"{name}-{key}": "present" if name == "state" else "qualified" for key in keys}
            more = {"slot": "2026-09-22am"} if name == "state" else {f"score-{key}": "80" for key in keys}
            assert client.post(f"{url(over, at)}?p={page}", about | more).status_code == 302

    assert Attendance.objects.count() == number
    assert over.enrollments.filter(result="qualified", score=80).count() == number
    assert client.get(url(over)).status_code == 200


def test_who_stayed_away_here_because_of_another_class_cannot_become_present_here(sign_in, over, row):
    other = factories.session(name="书记班", start=over.end, end=over.end)
    factories.enrollment(person=row.person, village=row.village, session=other)
    Enrollment.objects.filter(pk=row.pk).update(result="absent")

    answer = sign_in().post(url(over, "results/"), {f"result-{row.pk}": "attended"})

    assert answer.status_code == 400
    assert "书记班" in answer.content.decode()
    row.refresh_from_db()
    assert row.result == "absent"


def test_a_class_is_not_moved_onto_days_on_which_its_people_are_elsewhere(sign_in, over, row):
    later = datetime.date(2026, 10, 10)
    factories.enrollment(
        person=row.person, village=row.village, session=factories.session(name="书记班", start=later, end=later)
    )
    page = f"/admin/training/trainingsession/{over.pk}/change/"
    form = {
        "name": over.name, "number": over.number, "class_type": over.class_type, "level": over.level,
        "division": over.division_id, "organiser": "", "place": "", "start": later, "end": later, "hours": "1",
    }  # fmt: skip

    answer = sign_in().post(page, form)

    assert "名单中有 1 人这几天同时在“书记班" in answer.content.decode()
    over.refresh_from_db()
    assert over.start != later


def test_the_courses_of_a_new_class_stand_in_the_log(sign_in, over):
    client, course = sign_in(), factories.course(name="村务公开实务")
    fresh = TrainingSession(
        division_id=over.division_id, name="新班", class_type="committee", start=ON, end=ON, hours=1
    )

    [held] = actions.open_sessions([fresh], courses=[[course]], by=client.user)

    told = AuditEntry.objects.filter(verb="change", object_id=str(held.pk)).latest("pk")
    assert (told.by, told.after) == (client.user, {"courses": "村务公开实务"})


def test_a_class_is_shown_as_it_stood_on_a_day_gone_by(sign_in, over, row):
    client = sign_in()
    factories.attendance(enrollment=row, date=over.start, state="present")
    factories.attendance(enrollment=row, date=over.end, state="leave")
    Enrollment.objects.filter(pk=row.pk).update(result="qualified", score=91)
    given = factories.certificate(enrollment=row, issued_on=datetime.date(2026, 9, 30))

    def shown(day):
        page = client.get(url(over), {"on": day}).content.decode()
        return [text in page for text in ("已报名", "已参训", "合格", "1/1", "1/2", ">91<", given.number)]

    assert shown("2026-09-01") == [True, False, False, False, False, False, False]
    assert shown("2026-09-22") == [False, True, False, True, False, False, False]
    assert shown("2026-09-25") == [False, False, True, False, True, True, False]
    assert shown("2026-09-30") == [False, False, True, False, True, True, True]


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31", "2999-12-31", "1900-01-01", "", "x"])
@pytest.mark.parametrize(
    "page", ["training/", "training/needs/", "training/wishes/", "training/plan/", "training/colleges/", "degrees/", "SESSION", "STUDY"]
)  # fmt: skip
def test_a_page_stands_at_any_date(sign_in, over, row, on, page):
    study = factories.degree_study(person=row.person, village=row.village)
    asked = {"SESSION": url(over).strip("/"), "STUDY": f"degrees/{study.pk}"}.get(page, page.strip("/"))

    assert sign_in().get(f"/{asked}/", {"on": on}).status_code == 200


# --- teachers


def test_teachers_are_listed_with_what_they_taught_by_the_date(sign_in, over):
    course = factories.course(name="村务公开实务", teacher=factories.teacher(name="周敏", kind="school"))
    factories.teacher(name="陈水根", kind="local")
    factories.course(name="电商直播")
    over.courses.add(course)
    factories.course_feedback(session=over, course=course, five=1, four=1)
    client = sign_in("leader")

    def cells(**asked):
        page = client.get("/training/teachers/", asked).content.decode()
        return {name: name in page for name in ("周敏", "陈水根", "电商直播", "4.5")}

    assert all(cells().values())
    assert cells(kind="local") == {"周敏": False, "陈水根": True, "电商直播": False, "4.5": False}
    assert cells(kind="none") == {"周敏": False, "陈水根": False, "电商直播": True, "4.5": False}
    assert cells(q="村务")["周敏"]
    assert not cells(on="2026-09-01")["4.5"]
    assert client.get("/training/teachers/", {"excel": 1}).content.startswith(b"PK")


def test_the_list_of_teachers_costs_the_same_for_two_as_for_twenty(sign_in, over):
    client = sign_in()

    def cost():
        return queries(lambda: client.get("/training/teachers/"))

    for _ in range(2):
        over.courses.add(factories.course(teacher=factories.teacher()))
    cost()
    few = cost()
    for _ in range(18):
        over.courses.add(factories.course(teacher=factories.teacher()))

    assert cost() == few


# --- the plan


def test_the_first_line_makes_the_plan_and_done_is_counted_against_it(sign_in, over, row):
    client = sign_in()
    line = {"name": "两委轮训", "class_type": "committee", "topic": "", "classes": "2", "people": "80", "month": "9", "hours": "16", "budget": "20000"}  # fmt: skip

    assert client.post("/training/plan/", line).status_code == 302
    over.plan_line = PlanLine.objects.get()
    over.save()
    row.result = "attended"
    row.save()

    page = client.get("/training/plan/").content.decode()
    assert TrainingPlan.objects.get().division_id == factories.COUNTY
    assert "1/2" in page
    assert "1/80" in page
    assert "应办未办足" in page


def test_a_wrong_line_stays_as_typed(sign_in):
    answer = sign_in().post("/training/plan/", {"name": "两委轮训", "class_type": "committee", "classes": "1", "people": "80", "month": "13", "hours": "1", "budget": "0"})  # fmt: skip

    assert answer.status_code == 400
    assert "请填 1 到 12" in answer.content.decode()
    assert 'value="两委轮训"' in answer.content.decode()


LINE = {"name": "本镇党员班", "class_type": "party_member", "topic": "", "classes": "1", "people": "30", "month": "5", "hours": "8", "budget": "500"}  # fmt: skip


def test_a_clerk_reads_the_countys_plan_and_draws_up_the_own_part(sign_in):
    line = factories.plan_line(plan=factories.training_plan())
    client = sign_in("township_clerk")

    assert client.post("/training/plan/", LINE).status_code == 302
    own = PlanLine.objects.get(name="本镇党员班")
    page = client.get("/training/plan/").content.decode()
    assert own.plan.division_id == client.user.division_id
    assert line.name in page
    assert f"/training/plan/{line.pk}/" not in page
    assert f"/training/plan/{own.pk}/" in page
    assert client.post(f"/training/plan/{line.pk}/", {"do": "drop"}).status_code == 403
    assert client.post(f"/training/plan/{own.pk}/", {"do": "drop"}).status_code == 302
    assert list(PlanLine.objects.all()) == [line]


def test_the_county_sees_each_townships_part_inside_its_plan(sign_in):
    factories.plan_line(plan=factories.training_plan(), classes=2, people=80)
    for code, name in ((factories.OWN, "城关镇"), (factories.NEIGHBOUR, "柳林镇")):
        factories.division(code, name)
        factories.plan_line(plan=factories.training_plan(code), name=f"{name}党员班", classes=1, people=30)

    client = sign_in()
    page = client.get("/training/plan/").content.decode()
    part = client.get(f"/training/plan/?unit={factories.OWN}").content.decode()
    neighbour = sign_in("township_clerk").get("/training/plan/").content.decode()

    assert page.index("城关镇党员班") < page.index("柳林镇党员班")
    assert "已训 0/80 人次" in page
    assert "0/140" in page  # all together
    assert "已训 0/30 人次" in part
    assert "柳林镇党员班" not in part
    assert "城关镇党员班" in neighbour
    assert "柳林镇党员班" not in neighbour
    assert "另有 2 个乡镇的计划" in client.get("/training/").content.decode()
    assert "2026 城关镇：城关镇党员班" in client.get("/admin/training/trainingsession/add/").content.decode()


# --- figures and checks


def figure(key):
    found = {one.key: one for one in indicators.measure(ON)}
    return found[key].numerator, found[key].denominator


def test_people_and_person_times_are_two_numbers(over, cadre):
    twice, never = cadre("李四"), cadre("王五")
    factories.enrollment(person=twice, session=over)
    factories.enrollment(person=twice, session=factories.session(start=over.start, end=over.start))
    factories.enrollment(person=never, session=over, result="absent")

    assert figure("people_trained") == (1, 2)
    assert figure("training_uncovered") == (1, None)
    assert figure("person_times_trained") == (2, 3)
    missing = indicators.listing(indicators.get("person_times_trained"), ON, part="missing")
    assert [found["label"] for found in missing] == ["王五"]


def test_a_proposal_is_no_person_time(over, cadre):
    factories.enrollment(person=cadre(), session=over, result="draft")

    assert figure("person_times_trained") == (0, 0)


def test_a_township_without_anybody_in_a_county_class_is_found(over, cadre):
    factories.village(FOREIGN)
    factories.enrollment(person=cadre("李四", HOME), session=over)

    found = [one for one in rules.check(ON) if one.code == "township_left_out"]

    assert [one.village_code for one in found] == [factories.NEIGHBOUR]
    assert "秋训班" in found[0].message


def test_two_parts_of_one_class_are_judged_together(over, cadre):
    factories.enrollment(person=cadre("李四", HOME), session=over)
    second = factories.session(name=over.name, number=over.number + 1, start=over.start, end=over.end)
    factories.enrollment(person=cadre("王五", FOREIGN), village=factories.village(FOREIGN), session=second)

    assert [one for one in rules.check(ON) if one.code == "township_left_out"] == []
