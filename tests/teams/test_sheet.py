"""A village's team on a date: empty seats and since when, near relatives, and what the county's own rules make of it."""

import datetime
import io
import re

import docx
import openpyxl
import pytest

from core import rules
from core.models import AuditEntry
from talent.models import Committee, Kinship
from talent.vacancies import vacancies
from talent.views.village_sheet import numeral
from tests import factories
from tests.stationed.conftest import sign_in  # noqa: F401 - a fixture

day = datetime.date
VILLAGE, ON = "990121100201", datetime.date(2024, 9, 30)


@pytest.fixture
def village(db):
    return factories.village(VILLAGE, party_seats=2, committee_seats=0)


def seat(village, end=None, start=factories.START, **fields):
    return factories.appointment(
        person=factories.person(village=village),
        village=village,
        post="party_committee_member",
        start=start,
        end=end,
        **fields,
    )


@pytest.mark.parametrize(
    ("ends", "since"),
    [
        ((None, None), []),
        ((None, day(2024, 6, 30)), [day(2024, 7, 1)]),
        ((day(2023, 5, 31), day(2024, 6, 30)), [day(2024, 7, 1), day(2023, 6, 1)]),
        ((None, day(2024, 9, 30)), []),
        ((None,), [None]),
    ],
)
def test_each_empty_seat_knows_since_when(village, ends, since):
    for end in ends:
        seat(village, end)

    assert [one.since for one in vacancies([village], ON)] == since


def test_a_seat_that_was_filled_again_is_empty_since_the_last_one_left(village):
    seat(village), seat(village, day(2022, 1, 31)), seat(village, day(2024, 8, 31), start=day(2022, 6, 1))

    (found,) = vacancies([village], ON)

    assert (found.committee, found.seats, found.people, found.since) == (Committee.PARTY, 2, 1, day(2024, 9, 1))
    assert found.days(ON) == 30


def test_two_posts_of_one_person_fill_one_seat(village):
    held = seat(village)
    factories.appointment(person=held.person, village=village, post="party_secretary")

    assert len(vacancies([village], ON)) == 1


def test_the_list_of_empty_seats_narrows_and_is_an_excel_sheet(sign_in, village):  # noqa: F811
    seat(village), seat(village, day(2024, 8, 31))
    client = sign_in("township_clerk")

    rows = client.get("/villages/vacancies/?on=2024-09-30").context["sheet"].rows
    long = client.get("/villages/vacancies/?days=30").context["sheet"].rows
    book = openpyxl.load_workbook(io.BytesIO(client.get("/villages/vacancies/?xlsx=1").content))

    assert [cell.text for cell in rows[0]][4:] == [1, "2024-09-01", 30]
    assert long == []
    assert book.active["F4"].value == "2024-09-01"
    assert sign_in("township_clerk", factories.NEIGHBOUR).get("/villages/vacancies/").context["sheet"].rows == []


def test_the_page_names_the_term_of_its_own_team(sign_in, village):  # noqa: F811
    """The county's new term began before this village voted, and before another date it had voted already."""
    old, new = (
        factories.term(name="第十一届", start=day(2021, 1, 8)),
        factories.term(name="第十二届", start=day(2026, 1, 8)),
    )
    seat(village, day(2026, 1, 15), term=old), seat(village, start=day(2026, 1, 16), term=new)
    client = sign_in()

    def told(on):
        return client.get(f"/villages/{VILLAGE}/?on={on}").context["term"]

    assert [told(on) for on in ("2026-01-07", "2026-01-15", "2026-01-16")] == [old, old, new]
    village.appointments.update(term=None)
    assert told("2026-01-15") == new


def test_relatives_are_written_down_on_the_village_page_and_found(sign_in, village):  # noqa: F811
    one, other = seat(village), seat(village)
    client = sign_in("township_clerk")

    client.post(
        f"/villages/{VILLAGE}/kin/?on=2024-09-30",
        {"first": other.person_id, "second": one.person_id, "relation": "sibling"},
    )

    page = client.get(f"/villages/{VILLAGE}/").content.decode()
    assert "兄弟姐妹" in page
    assert [finding.code for finding in rules.check(ON, VILLAGE) if finding.code.startswith("kin")] == ["kin_in_team"]
    assert AuditEntry.objects.filter(model="talent.kinship", verb="create").exists()


@pytest.mark.parametrize("whose", [factories.OWN, factories.NEIGHBOUR])
def test_who_is_not_in_the_team_is_not_taken(sign_in, village, whose):  # noqa: F811
    one, stranger = seat(village), factories.person(village=f"{whose}202")

    page = sign_in("township_clerk").post(
        f"/villages/{VILLAGE}/kin/?on=2024-09-30",
        {"first": one.person_id, "second": stranger.pk, "relation": "spouse"},
        follow=True,
    )

    assert "没有登记" in page.content.decode()
    assert not Kinship.objects.exists()


def test_a_relative_half_filled_in_is_told_field_by_field(sign_in, village):  # noqa: F811
    one = seat(village)

    page = sign_in("township_clerk").post(
        f"/villages/{VILLAGE}/kin/?on=2024-09-30", {"first": one.person_id, "relation": "spouse"}, follow=True
    )

    assert "亲属关系没有登记：“乙”这一项还没有填，请补上。" in page.content.decode()
    assert page.status_code == 400
    assert f'<option value="{one.person_id}" selected>' in page.content.decode()
    assert '<option value="spouse" selected>' in page.content.decode()


def test_a_relation_written_by_mistake_goes_with_its_audit_line(sign_in, village):  # noqa: F811
    kept = factories.kinship(first=seat(village).person)

    sign_in("township_clerk").post(f"/villages/kin/{kept.pk}/drop/")

    assert not Kinship.objects.exists()
    assert AuditEntry.objects.filter(model="talent.kinship", verb="delete").exists()


def test_a_relative_kept_in_another_township_is_the_countys_to_see(sign_in, village):  # noqa: F811
    theirs = factories.person("邻家人", village="990121101201")
    factories.appointment(person=theirs, village=village)
    factories.kinship(first=seat(village).person, second=theirs)

    assert (
        "夫妻"
        not in sign_in("township_clerk")
        .get(f"/villages/{VILLAGE}/?on=2024-09-30")
        .content.decode()
        .split("登记近亲属")[0]
    )
    assert "夫妻" in sign_in().get(f"/villages/{VILLAGE}/?on=2024-09-30").content.decode()


def test_the_county_sets_how_many_and_the_check_says_so(sign_in, village):  # noqa: F811
    seat(village)
    sign_in().post("/parameters/women_in_team/", {"typed": "2", "start": "2024-01-01", "basis": "县委〔2024〕5号"})

    said = {finding.code: finding.message for finding in rules.check(ON, VILLAGE)}

    assert "应不少于 2 人" in said["no_woman"]
    assert "应不少于 1 人" in {one.code: one.message for one in rules.check(day(2023, 12, 31), VILLAGE)}["no_woman"]


def test_the_sheet_tells_young_and_educated(sign_in, village):  # noqa: F811
    held = seat(village)
    factories.education(person=held.person, level="junior_college", graduated_on=day(2024, 9, 30))

    summary = sign_in().get(f"/villages/{VILLAGE}/?on=2024-09-30").context["summary"]
    before = sign_in().get(f"/villages/{VILLAGE}/?on=2024-09-29").context["summary"]

    assert (summary["college"], before["college"], summary["young"]) == (1, 0, 0)


def test_the_sheet_is_a_word_document(sign_in, village):  # noqa: F811
    seat(village), seat(village, day(2024, 8, 31))

    answer = sign_in().get(f"/villages/{VILLAGE}/?on=2024-09-30&word=1")

    paper = docx.Document(io.BytesIO(answer.content))
    text = "\n".join(line.text for line in paper.paragraphs)
    assert "一村一档" in text
    cells = [row.cells[0].text for row in paper.tables[0].rows]
    assert "村党组织 1 人，核定 2 职，空缺 1 席（2024-09-01 起，30 天）" in cells
    assert "张建国" in cells


def test_the_sheet_is_an_excel_sheet_of_the_same_parts(sign_in, village):  # noqa: F811
    held, _ = seat(village), seat(village, day(2024, 8, 31))
    factories.reserve(person=factories.person("王后备", village=village), target="secretary")
    held_class = factories.session(start=day(2024, 6, 4), end=day(2024, 6, 5))
    factories.enrollment(person=held.person, village=village, session=held_class, result="qualified")
    factories.party_branch(village=village, name="第一支部")

    answer = sign_in().get(f"/villages/{VILLAGE}/?on=2024-09-30&xlsx=1")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    column = [cell.value for cell in sheet["A"] if cell.value]
    assert column[0].endswith("一村一档")
    assert column[1].startswith("2024年09月30日时点")
    headings = (re.fullmatch(r"([一二三四五六七八九十]{1,3})、(\w+)", text) for text in column)
    parts = {found[2]: found[1] for found in headings if found}
    assert list(parts)[:7] == [
        "班子",
        "后备干部",
        "驻村与挂职",
        "乡村人才",
        "人才需求",
        "组织生活和联系服务",
        "项目与文化活动",
    ]
    assert {"培训", "学历提升", "公开招聘", "表彰", "考核评价", "检查发现的问题"} < set(parts)
    assert list(parts)[-2:] == ["村情", "核查发现"]
    assert list(parts.values()) == [numeral(number) for number in range(1, len(parts) + 1)]
    assert "村党组织 1 人，核定 2 职，空缺 1 席（2024-09-01 起，30 天）" in column
    ages = {row[0].value: row[3].value for row in sheet.iter_rows() if row[0].value == held.person.name}
    assert ages == {held.person.name: held.person.age(ON)}
    assert {"王后备", "第一支部", str(held_class)} < set(column)
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("portrait", 1)


def test_the_sheet_on_paper_is_of_its_own_date(sign_in, village):  # noqa: F811
    seat(village, day(2024, 8, 31))

    before = sign_in().get(f"/villages/{VILLAGE}/?on=2024-08-31").context["paper"]
    after = sign_in().get(f"/villages/{VILLAGE}/?on=2024-09-30").context["paper"]

    assert "张建国" in [row[0] for row in before["parts"][0].rows]
    assert "张建国" not in [row[0] for row in after["parts"][0].rows]
    assert (before["under"][:14], after["under"][:14]) == ("2024年08月31日时点", "2024年09月30日时点")
