"""The county's summary: on the page, as a workbook, as Word; and the sheets as Word."""

import datetime
import io
import zipfile

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from core import indicators
from talent.actions import reviews as actions
from talent.models import PersonReview
from tests import factories
from tests.reviews.conftest import NEXT, SECOND, VILLAGE, decided, sheet_of
from villages.models import Village

ON = datetime.date(2023, 12, 31)


@pytest.fixture
def carried(held, teams):
    """The secretary of VILLAGE went, the member of NEXT is still to go."""
    by = factories.user()
    adjust = {"grade": "不称职", "proposal": "adjust"}
    decided(held, {teams[VILLAGE].secretary.pk: adjust | {"reason": "长期不在岗"}}, VILLAGE, by)
    decided(held, {teams[NEXT].member.pk: adjust | {"reason": "外出"}}, NEXT, by)
    review = PersonReview.objects.select_related("team").get(person=teams[VILLAGE].secretary)
    someone = factories.person("接替甲", village=teams[VILLAGE].village, political_status="party_member")
    actions.carry_out(
        review, on=datetime.date(2023, 10, 25), reason="unfit", document_no="清委组〔2023〕30号", successor=someone, by=by
    )  # fmt: skip
    return held


def text_of(answer):
    document = Document(io.BytesIO(answer.content))
    lines = [line.text for line in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(lines + cells)


def get(client, name, held, **asked):
    return client.get(reverse(name, args=[held.pk]), {"on": ON.isoformat()} | asked)


def test_the_page_says_who_went_and_why(sign_in, carried, teams):
    answer = get(sign_in(), "review_summary", carried)

    assert answer.context["reasons"] == [("长期不在岗", 1, 0), ("外出", 0, 1)]
    assert [one.review.person for one in answer.context["found"].adjusted] == [teams[VILLAGE].secretary]
    assert [one.successor for one in answer.context["found"].adjusted] == ["接替甲"]
    assert answer.context["counts"]["waiting"] == 1


def test_who_is_still_to_go_and_the_weak_teams_are_listed_under_their_counts(sign_in, carried, teams):
    page = get(sign_in(), "review_summary", carried).content.decode()
    before = get(sign_in(), "review_summary", carried, on="2023-09-20").content.decode()

    for anchor in ("waiting", "weak"):
        assert f'href="#{anchor}"' in page
    assert teams[NEXT].member.name in page.partition('id="waiting"')[2].partition("</section>")[0]
    assert teams[VILLAGE].village.name in page.partition('id="weak"')[2].partition("</section>")[0]
    assert "审定调整的都已办理" in before
    assert "审定的班子里没有薄弱的" in before


def test_the_page_adds_up_by_township(sign_in, carried):
    context = get(sign_in(), "review_summary", carried).context

    assert [line["adjusted"] for line in context["lines"]] == [1, 0]
    assert (context["whole"]["adjusted"], context["whole"]["decided"], context["whole"]["teams"]) == (1, 2, 3)


def test_an_earlier_date_knows_nothing_of_what_came_later(sign_in, carried):
    context = get(sign_in(), "review_summary", carried, on="2023-10-20").context

    assert (context["counts"]["adjusted"], context["counts"]["waiting"]) == (0, 2)


def test_what_was_decided_later_is_not_decided_on_the_date(sign_in, carried):
    context = get(sign_in(), "review_summary", carried, on="2023-10-11").context

    assert (context["counts"]["decided"], context["counts"]["people"], context["counts"]["weak"]) == (0, 0, 0)
    assert (context["whole"]["teams"], context["counts"]["waiting"]) == (3, 0)


def test_a_clerk_sees_the_own_part_only(sign_in, carried, teams):
    page = get(sign_in("township_clerk"), "review_summary", carried).content.decode()

    assert teams[VILLAGE].secretary.name in page
    assert teams[NEXT].member.name not in page


def test_the_workbook_names_them(sign_in, carried, teams):
    answer = get(sign_in(), "review_summary_list", carried)

    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(min_row=4, values_only=True))
    assert len(rows) == 1
    assert rows[0][3:] == (
        teams[VILLAGE].secretary.name, "党组织书记、村（居）委会主任", "不称职", "长期不在岗", "2023-10-25", "清委组〔2023〕30号", "接替甲",
    )  # fmt: skip


def test_the_summary_and_its_workbook_narrow_to_a_township(sign_in, carried, teams):
    client = sign_in()

    context = get(client, "review_summary", carried, division=factories.NEIGHBOUR).context
    own, other = (
        openpyxl.load_workbook(
            io.BytesIO(get(client, "review_summary_list", carried, division=code).content)
        ).active.max_row
        for code in (factories.OWN, factories.NEIGHBOUR)
    )

    assert [line["adjusted"] for line in context["lines"]] == [0]
    assert context["counts"]["adjusted"] == 0
    assert (own, other) == (4, 3)  # below the heading one row, none


def test_the_list_of_villages_is_a_workbook(sign_in, carried):
    answer = get(sign_in(), "review_list", carried, team_class="差")

    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(min_row=4, values_only=True))
    assert [row[3] for row in rows] == ["差", "差"]


def test_the_report_has_its_numbers_and_the_named_annex(sign_in, carried, teams):
    text = text_of(get(sign_in(), "review_report", carried))

    for told in (
        "清委组〔2023〕21号",
        "3 个村（社区）",
        "已审定 2 个村",
        "干部 1 名",
        "届中调整干部名册",
        teams[VILLAGE].secretary.name,
        "接替甲",
    ):
        assert told in text


def test_a_sheet_in_word_is_of_its_village(sign_in, carried, teams):
    sheet = sheet_of(carried)
    text = text_of(sign_in().get(reverse("review_sheet", args=[sheet.pk])))

    assert f"{teams[VILLAGE].village.name}班子研判表" in text
    assert "调整撤换，长期不在岗" in text
    assert teams[NEXT].member.name not in text


def test_the_sheets_of_a_township_are_one_document(sign_in, carried, teams):
    text = text_of(get(sign_in(), "review_sheets", carried, division=factories.OWN))

    assert text.count("班子研判表") == 2
    assert teams[NEXT].village.township_id not in text


def test_the_sheets_of_a_township_come_as_a_file_per_village_too(sign_in, carried, teams):
    answer = get(sign_in(), "review_sheets", carried, division=factories.OWN, zip="1")

    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    names = [teams[code].village.name for code in (VILLAGE, SECOND)]
    assert archive.namelist() == [f"{name}.docx" for name in names]
    titles = [Document(io.BytesIO(archive.read(name))).paragraphs[0].text for name in archive.namelist()]
    assert all(title.endswith(f"{name}班子研判表") for title, name in zip(titles, names, strict=True))


def test_a_name_that_no_file_can_have_is_written_otherwise(sign_in, carried):
    Village.objects.filter(code=VILLAGE).update(name="城关/北")

    answer = get(sign_in("township_clerk"), "review_sheets", carried, zip="1")

    assert "城关_北.docx" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()


def test_without_a_township_the_county_is_asked_for_one(sign_in, carried):
    answer = sign_in().get(reverse("review_sheets", args=[carried.pk]), follow=True)

    assert "请先选一个乡镇" in answer.content.decode()


def test_figures_say_the_same(carried):
    measured = {one.key: one for one in indicators.measure(ON)}

    assert (measured["teams_reviewed"].value, measured["teams_reviewed"].denominator) == (2, 3)
    assert (measured["teams_weak"].value, measured["teams_weak"].denominator) == (2, 2)
    assert (measured["cadres_adjusted_review"].value, measured["cadres_adjusted_review"].denominator) == (1, 1)
    assert measured["adjustments_waiting"].value == 1


def test_who_went_without_a_review_is_the_rest_of_the_figure(carried, teams):
    other = factories.appointment(person=teams[NEXT].secretary, post="clerk", end=ON, end_reason="unfit")

    missing = indicators.listing(indicators.get("cadres_adjusted_review"), ON, part="missing")

    assert [row["id"] for row in missing] == [other.person_id]


def test_a_later_round_is_the_one_that_counts(carried):
    factories.team_review(village=VILLAGE, round=factories.review_round(opens=ON, as_of=ON, closes=ON))

    measured = {one.key: one for one in indicators.measure(ON)}

    assert measured["teams_reviewed"].value == 0


@pytest.mark.parametrize("name", ["review_round", "review_summary", "review_list", "review_summary_list", "reviews"])
def test_twenty_villages_cost_as_many_queries_as_three(sign_in, carried, name):
    client = sign_in()
    url = reverse(name, args=[] if name == "reviews" else [carried.pk])

    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    cost()
    few = cost()
    for number in range(300, 320):
        place = factories.village_in(factories.OWN, number)
        someone = factories.person(village=place)
        sheet = factories.team_review(
            round=carried, village=place, status="decided", team_class="好", decided_on=ON, problems=["其他"]
        )  # fmt: skip
        row = factories.person_review(team=sheet, person=someone, proposal="adjust", reason="外出")
        factories.adjustment(review=row)

    assert cost() == few


def test_twenty_sheets_cost_as_many_queries_as_two(sign_in, carried):
    client = sign_in("township_clerk")
    url = reverse("review_sheets", args=[carried.pk])

    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    cost()
    few = cost()
    for number in range(300, 318):
        place = factories.village_in(factories.OWN, number)
        someone = factories.person(village=place)
        factories.appointment(person=someone, village=place)
        factories.person_review(team=factories.team_review(round=carried, village=place), person=someone)

    assert cost() == few
