"""Degree study: terms, graduation that closes a village's gap, who could close the others by when, the colleges."""

import datetime
import io

import pytest
from openpyxl import load_workbook

from core import indicators
from talent.models import Education
from tests import factories
from tests.training.conftest import FOREIGN, HOME, ON
from training import gaps
from training.models import DegreeStudy, StudyTerm

pytestmark = pytest.mark.django_db


@pytest.fixture
def study(cadre):
    """A serving cadre of a village without a degree who studies for one."""
    someone = cadre("李四")
    return factories.degree_study(
        person=someone, village=someone.village, start=datetime.date(2023, 9, 1), expected_on=datetime.date(2027, 1, 31)
    )


def url(study):
    return f"/degrees/{study.pk}/"


def test_a_graduation_becomes_schooling_and_changes_the_villages_figure_from_that_day(sign_in, study):
    day = datetime.date(2026, 7, 10)

    answer = sign_in().post(url(study), {"do": "graduate", "on": f"{day}", "certificate_no": "5161 2026"})

    assert answer.status_code == 302
    degree = Education.objects.get()
    assert (degree.level, degree.graduated_on, degree.certificate_no) == ("junior_college", day, "5161 2026")
    before, after = day - datetime.timedelta(days=1), day
    counted = [indicators.figure("college_cadre_villages", sign_in().user, on).value for on in (before, after)]
    graduated = [indicators.figure("degree_graduated", sign_in().user, on).value for on in (before, after)]
    assert (counted, graduated) == ([0, 1], [0, 1])


def on_the_form(study, **typed):
    """What the form of a study in the back office sends."""
    kept = {
        "village": study.village_id, "school": "开放大学", "target": study.target, "start": f"{study.start}",
        "expected_on": f"{study.expected_on}", "outcome": "studying", "end": "",
    }  # fmt: skip
    return kept | typed


def test_a_graduation_on_the_back_offices_form_is_one_too(sign_in, study):
    client, address = sign_in(), f"/admin/training/degreestudy/{study.pk}/change/"
    form = client.get(address).content.decode()
    assert 'name="outcome"' in form

    def send(**typed):
        latest = client.get(address).context["seen"]
        answer = client.post(address, on_the_form(study, _seen=latest, **typed))
        assert answer.status_code == 302, answer.context["adminform"].form.errors
        return list(Education.objects.values_list("level", "school", "graduated_on"))

    day = datetime.date(2026, 7, 10)
    assert send(outcome="graduated", end="2026-07-01") == [("junior_college", "开放大学", datetime.date(2026, 7, 1))]
    assert send(outcome="graduated", end=f"{day}") == [("junior_college", "开放大学", day)]
    counted = [
        indicators.figure("college_cadre_villages", client.user, on).value for on in (datetime.date(2026, 7, 9), day)
    ]
    assert counted == [0, 1]
    assert send() == []


def test_schooling_put_right_by_hand_stays_when_the_study_is_put_right(sign_in, study):
    client, address = sign_in(), f"/admin/training/degreestudy/{study.pk}/change/"
    client.post(f"/degrees/{study.pk}/", {"do": "graduate", "on": "2026-07-01"})
    Education.objects.update(school="国家开放大学")

    latest = client.get(address).context["seen"]
    sent = on_the_form(study, _seen=latest, outcome="graduated", end="2026-07-10", major="法学")
    assert client.post(address, sent).status_code == 302

    degree = Education.objects.get()
    assert (degree.school, degree.major, f"{degree.graduated_on}") == ("国家开放大学", "法学", "2026-07-10")


def test_a_graduation_before_the_start_is_told(sign_in, study):
    answer = sign_in().post(url(study), {"do": "graduate", "on": "2020-01-01"})

    assert answer.status_code == 400
    assert "早于入学时间 2023-09-01" in answer.content.decode()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2999-12-31", "2026-13-01", "", "去年" * 500])
@pytest.mark.parametrize("do", ["graduate", "leave"])
def test_a_day_that_cannot_be_is_told_and_stays_typed(sign_in, study, do, day):
    answer = sign_in().post(url(study), {"do": do, "on": day, "certificate_no": "5161"})

    assert answer.status_code == 400
    assert 'value="5161"' in answer.content.decode()
    study.refresh_from_db()
    assert study.end is None


@pytest.mark.parametrize("start", [datetime.date.min, datetime.date.max])
def test_a_study_begun_on_an_odd_day_has_its_page(sign_in, study, start):
    DegreeStudy.objects.update(start=start, expected_on=None)

    assert sign_in().get(url(study)).status_code == 200


def test_amounts_are_written_one_way(sign_in, study):
    DegreeStudy.objects.update(tuition=136800, subsidy=3000)
    factories.major(college=factories.partner_college(name="开放大学"), tuition=136800, subsidy=3000)

    for page in ("/degrees/", url(study), "/training/colleges/"):
        told = sign_in().get(page).content.decode()
        assert "136,800" in told, page
        assert "3,000" in told, page
        assert "136800" not in told, page


def test_who_leaves_gets_no_degree(sign_in, study):
    sign_in().post(url(study), {"do": "leave", "on": "2026-05-01"})

    study.refresh_from_db()
    assert (study.outcome, Education.objects.exists()) == ("withdrawn", False)


def test_a_term_is_noted_once_and_can_be_put_right(sign_in, study):
    client = sign_in()
    term = {
        "do": "term",
        "year": "2026",
        "season": "1",
        "state": "normal",
        "credits": "12",
        "failed": "0",
        "remarks": "",
    }

    client.post(url(study), term)
    client.post(url(study), term | {"state": "behind", "failed": "1"})

    kept = StudyTerm.objects.get()
    assert (kept.state, kept.failed) == ("behind", 1)
    assert "2026 年春季学期" in client.get(url(study)).content.decode()


def test_a_clerk_reads_own_studies_and_writes_none(sign_in, study):
    client = sign_in("township_clerk")
    theirs = factories.degree_study(person=factories.person("王五", village=FOREIGN))

    page = client.get("/degrees/").content.decode()

    assert "李四" in page
    assert "王五" not in page
    assert client.get(url(theirs)).status_code == 404
    assert client.post(url(study), {"do": "leave", "on": "2026-05-01"}).status_code == 403


def test_a_gap_names_who_studies_until_when_and_who_waits_with_a_degree(sign_in, study):
    waiting = factories.reserve(person=factories.person("赵六", village=HOME), village=factories.village(HOME))
    factories.education(person=waiting.person)
    factories.reserve(person=factories.person("孙七", village=HOME), village=factories.village(HOME))
    user = sign_in().user

    [gap] = gaps.gaps(user, ON)

    assert (gap["village"], gap["by"]) == (HOME, datetime.date(2027, 1, 31))
    assert [row.person.name for row, _ in gap["students"]] == ["李四"]
    assert [row.person.name for row in gap["reserves"]] == ["赵六"]


def test_without_an_expected_day_the_usual_length_is_taken(sign_in, study):
    DegreeStudy.objects.update(expected_on=None)

    [gap] = gaps.gaps(sign_in().user, ON)

    assert [day for _, day in gap["students"]] == [datetime.date(2026, 3, 1)]


def test_an_expected_day_gone_by_closes_no_gap(sign_in, study):
    DegreeStudy.objects.update(expected_on=datetime.date(2026, 1, 31))

    [gap] = gaps.gaps(sign_in().user, ON)

    assert (gap["by"], gap["closing"]) == (None, "在读的都过了预计时间")
    assert "在读的都过了预计时间" in sign_in().get("/degrees/").content.decode()


def test_who_serves_in_two_villages_could_close_both_gaps(sign_in, study):
    beside = factories.village("990121100202")
    factories.appointment(person=study.person, village=beside, post="party_secretary")

    found = gaps.gaps(sign_in().user, ON)

    assert [(gap["village"], gap["by"]) for gap in found] == [
        (HOME, datetime.date(2027, 1, 31)), ("990121100202", datetime.date(2027, 1, 31)),
    ]  # fmt: skip


def test_the_gaps_go_out_as_a_workbook(sign_in, study):
    answer = sign_in().get("/degrees/", {"excel": "gaps"})

    cells = [cell for row in load_workbook(io.BytesIO(answer.content)).active.values for cell in row]
    assert "2027.01" in cells
    assert any(f"{cell}".startswith("李四（专科，") and "预计 2027.01" in cell for cell in cells)


def test_a_gap_nobody_can_close_says_so(sign_in, cadre):
    cadre("李四")

    assert "没有人选" in sign_in().get("/degrees/").content.decode()


def test_states_follow_the_date_and_filter_the_list(sign_in, study):
    client = sign_in()
    DegreeStudy.objects.update(expected_on=datetime.date(2026, 1, 31))

    assert "李四" in client.get("/degrees/?state=late").content.decode()
    DegreeStudy.objects.update(expected_on=datetime.date(2027, 1, 31))
    page = client.get("/degrees/?state=late").content.decode()
    assert "没有符合的学历提升记录" in page
    assert client.get("/degrees/?excel=1").content.startswith(b"PK")


def test_a_college_counts_its_students_by_major(sign_in, study):
    college = factories.partner_college(name="开放大学")
    factories.major(college=college, name="行政管理")
    DegreeStudy.objects.update(major="行政管理")

    page = sign_in().get("/training/colleges/").content.decode()

    assert "在读 1 人，毕业 0 人" in page
    assert sign_in().get("/training/colleges/?excel=1").content.startswith(b"PK")


# --- terms


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"year": "2027"}, "这个学期 2027-02-01 才开始"), ({"year": "2022"}, "不在这一段学习期间"), ({"year": "9999"}, "请填四位"),
        ({"year": "0"}, "请填四位"), ({"year": "-1"}, ""), ({"credits": "9999999"}, ""), ({"tuition": "1" * 30}, ""), ({"year": "二"}, ""),
    ],
)  # fmt: skip
def test_a_term_that_cannot_be_is_told_and_stays_typed(sign_in, study, typed, told):
    term = {
        "do": "term",
        "year": "2026",
        "season": "1",
        "state": "normal",
        "credits": "1",
        "failed": "0",
        "remarks": "写下的话",
    }

    answer = sign_in().post(url(study), term | typed)

    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert "写下的话" in answer.content.decode()
    assert not StudyTerm.objects.exists()


def test_terms_are_listed_with_those_not_noted_yet(sign_in, study, cadre):
    factories.study_term(study=study, year=2026, season="1", state="behind", failed=1, tuition=1360)
    other = cadre("赵六")
    factories.degree_study(person=other, village=other.village, start=datetime.date(2026, 3, 1))
    client = sign_in()

    page = client.get("/degrees/terms/", {"term": "2026-1"}).content.decode()
    missing = client.get("/degrees/terms/", {"term": "2026-1", "state": "missing"}).content.decode()
    latest = client.get("/degrees/terms/").content.decode()

    assert "1,360" in page
    assert "李四" in page
    assert "赵六" in page
    assert "李四" not in missing
    assert "2026 年秋季学期" in latest
    assert "李四" not in client.get("/degrees/terms/", {"term": "2023-1"}).content.decode()
    assert client.get("/degrees/terms/", {"excel": 1}).content.startswith(b"PK")


def test_a_term_to_come_is_not_shown_on_a_day_gone_by(sign_in, study):
    factories.study_term(study=study, year=2026, season="1", remarks="进步明显")
    client = sign_in()

    assert "进步明显" in client.get(url(study), {"on": "2026-02-01"}).content.decode()
    assert "进步明显" not in client.get(url(study), {"on": "2026-01-31"}).content.decode()


def test_a_clerk_of_another_township_sees_no_term(sign_in, study):
    theirs = factories.degree_study(person=factories.person("王五", village=FOREIGN), start=datetime.date(2024, 9, 1))
    factories.study_term(study=theirs, year=2026, season="2")

    page = sign_in("township_clerk").get("/degrees/terms/").content.decode()

    assert "李四" in page
    assert "王五" not in page


@pytest.mark.parametrize("asked", ["2026", "0000-1", "9999-2", "2026-9", "二〇-1", "2026-1-1", ""])
def test_a_term_that_is_none_is_the_latest(sign_in, asked):
    assert "2026 年秋季学期" in sign_in().get("/degrees/terms/", {"term": asked}).content.decode()
