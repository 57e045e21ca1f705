"""What the county decided of an evaluation is a township's to know once it is announced: on pages, lists, rosters, REST."""

import datetime
import io

import docx
import openpyxl
import pytest

from awards.models import Evaluation
from core import indicators, rules
from talent.timeline import events
from tests import factories
from tests.awards.conftest import HOME, text
from tests.awards.evaluating import POINTS, fill, finished, graded, rows, url
from tests.rosters.handing import exported, hand_in, row_of, shown

BEFORE, AFTER = datetime.date(2024, 12, 22), datetime.date(2024, 12, 31)


@pytest.fixture
def decided(county, clerk, scheme):
    """Graded by the county on 20 December, announced by nobody yet."""
    fill(county, scheme, POINTS)
    graded(county, scheme, ["excellent", "competent", "competent", "basic", "unfit"])
    for client in (county, clerk):
        client.get("/", {"on": BEFORE.isoformat()})
    return scheme


def cells(client, scheme):
    book = openpyxl.load_workbook(io.BytesIO(client.get(url(scheme, "workbook/")).content))
    return {row[-3] for row in book.active.iter_rows(min_row=4, values_only=True)}


def test_the_pages_tell_a_township_no_grade_before_it_is_announced(county, clerk, decided):
    row = rows(decided)[0]

    assert cells(county, decided) >= {"优秀", "不称职"}
    assert cells(clerk, decided) == {None}
    assert "等次</th><td>未定" in text(clerk.get(f"/evaluations/objects/{row.pk}/"))
    assert '<td class="num">5</td><td class="num">0</td>' in text(clerk.get("/evaluations/"))  # of 5 none graded
    assert "没有符合的对象" in text(clerk.get(url(decided, "?grade=excellent")))
    assert "已定等次" not in text(clerk.get(url(decided))).split("<tbody>")[-1]


def test_the_admin_list_tells_no_grade_to_a_township(county, clerk, decided):
    address = "/admin/awards/evaluation/"

    assert "等次" in text(county.get(address))
    assert "优秀" not in text(clerk.get(address))
    assert clerk.get(address, {"grade__exact": "excellent"}).status_code != 200
    assert "优秀" not in text(clerk.get(f"{address}{rows(decided)[0].pk}/change/"))


def test_rest_tells_a_township_grades_once_they_are_announced(county, clerk, decided):
    def asked(client, **query):
        return [one["grade"] for one in client.get("/api/v1/evaluations/", query).json()["results"]]

    assert "excellent" in asked(county)
    assert set(asked(clerk)) == {""}
    assert asked(clerk, grade="excellent") == []
    assert asked(county, grade="excellent") == ["excellent"]

    type(decided).objects.update(published_on=datetime.date(2024, 12, 25))
    assert asked(clerk, grade="excellent") == ["excellent"]


def test_a_roster_tells_a_township_no_grade(county, clerk, decided):
    header = ("村（社区）", "姓名", "身份证号", "考核等次")
    someone = rows(decided)[0].person

    for typed in ("优秀", "不称职"):  # neither is called right or wrong
        row = row_of(hand_in(
            clerk.user, "evaluations", header, ("甲山村", someone.name, someone.id_number, typed), as_of=BEFORE,
            target_id=decided.pk,
        ))  # fmt: skip
        assert "grade_not_here" not in {one["code"] for one in row.problems}
    assert "优秀" not in str(shown(exported("evaluations", clerk.user, BEFORE, decided.pk)))
    assert "优秀" in str(shown(exported("evaluations", county.user, BEFORE, decided.pk)))


def test_figures_and_the_file_of_a_person_tell_what_was_announced(county, clerk, decided):
    excellent = rows(decided)[0]
    assert indicators.figure("graded_excellent", clerk.user, BEFORE).value == 0
    assert indicators.figure("graded_excellent", county.user, BEFORE).value == 0
    assert not [one for one in events(excellent.person) if one.kind == "评价"]
    assert "优秀 1 名" not in text(clerk.get(f"/villages/{HOME}/"))


def test_what_was_announced_is_told_from_that_day_on(county, clerk, scheme):
    finished(county, scheme)

    assert indicators.figure("evaluated", clerk.user, datetime.date(2024, 12, 24)).value == 0
    assert indicators.figure("evaluated", clerk.user, datetime.date(2024, 12, 25)).value == 5
    clerk.get("/", {"on": AFTER.isoformat()})
    assert "优秀" in cells(clerk, scheme)
    assert [one.start for one in events(rows(scheme)[0].person) if one.kind == "评价"] == [datetime.date(2024, 12, 25)]


def notice(client, scheme):
    answer = client.get(url(scheme, "notice.docx"))
    assert answer.status_code == 200
    paper = docx.Document(io.BytesIO(answer.content))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in paper.tables]
    return "\n".join(line.text for line in paper.paragraphs), *tables


def test_the_notice_in_word_says_what_rest_says(county, clerk, scheme):
    assert county.get(url(scheme, "notice.docx")).status_code == 404
    finished(county, scheme)
    for client in (county, clerk):
        client.get("/", {"on": AFTER.isoformat()})

    told, counted, named = notice(county, scheme)
    grades = [one["grade"] for one in county.get("/api/v1/evaluations/").json()["results"]]
    assert counted[0] == ["乡镇", "优秀", "称职", "基本称职", "不称职", "合计"]
    assert counted[-1][1:] == [str(grades.count(grade)) for grade in ("excellent", "competent", "basic", "unfit")] + [
        "6"
    ]
    assert named[1][3] == rows(scheme)[0].person.name
    assert "请在 2025年1月24日 以前提出申诉" in told
    assert "中共清源县委组织部\n2024年12月25日" in told

    part, counted, _ = notice(clerk, scheme)
    assert "（城关镇的部分）" in part
    assert [row[0] for row in counted[1:]] == ["城关镇", "合计"]
    assert "公布通知" in text(clerk.get(url(scheme)))


def test_an_evaluation_announced_in_the_next_year_counts_there(county, scheme):
    finished(county, scheme)
    type(scheme).objects.update(published_on=datetime.date(2025, 1, 8))

    assert indicators.figure("evaluated", county.user, AFTER).value == 0
    assert indicators.figure("evaluated", county.user, datetime.date(2025, 1, 31)).value == 6


def test_twice_unfit_is_a_finding_once_it_is_announced(county, cadres):
    for year in (2023, 2024):
        scheme = factories.evaluation_scheme(
            year=year, published_on=datetime.date(year, 12, 25) if year == 2023 else None
        )
        factories.evaluation(
            scheme=scheme, person=cadres[0], village_id=HOME, grade="unfit", graded_on=datetime.date(year, 12, 20)
        )

    assert not rules.check(AFTER, only="evaluation_unfit_repeated")
    scheme.published_on = AFTER
    scheme.save()
    assert len(rules.check(AFTER, only="evaluation_unfit_repeated")) == 1
    assert not rules.check(BEFORE, only="evaluation_unfit_repeated")
    assert Evaluation.objects.announced(AFTER).count() == 2
