"""Beginning a round, its page, and bringing its sheets up to the ledger."""

import datetime
import io

import openpyxl
import pytest
from django.urls import reverse

from talent.models import PersonReview, ReviewRound, TeamReview
from tests import factories
from tests.reviews.conftest import AS_OF, NEXT, SECOND, VILLAGE, decided, sheet_of

ROUND = {"name": "2026年届中研判", "as_of": "2023-09-15", "opens": "2023-09-15", "closes": "2023-10-20"}


def begin(client, **fields):
    return client.post(reverse("review_new"), ROUND | fields)


def test_beginning_prepares_every_village_and_its_cadres(sign_in, teams):
    answer = begin(sign_in())

    opened = ReviewRound.objects.get()
    assert answer.url == reverse("review_round", args=[opened.pk])
    assert opened.division_id == factories.COUNTY
    assert set(opened.teams.values_list("village_id", flat=True)) == {VILLAGE, SECOND, NEXT}
    assert PersonReview.objects.filter(team__round=opened).count() == 6


def test_the_secretary_comes_first(held, teams):
    names = [row.person.name for row in sheet_of(held).people.order_by("pk")]

    assert names == [teams[VILLAGE].secretary.name, teams[VILLAGE].member.name]


@pytest.mark.parametrize(
    ("fields", "told"),
    [({"closes": "2023-09-01"}, "截止日期早于开始日期"), ({"as_of": "2023-11-01"}, "数据时点晚于截止日期"), ({"name": ""}, "还没有填")],
)  # fmt: skip
def test_what_was_typed_wrong_stays_and_is_told(sign_in, teams, fields, told):
    page = begin(sign_in(), document_no="清委组〔2026〕9号", **fields).content.decode()

    assert told in page
    assert "清委组〔2026〕9号" in page
    assert not ReviewRound.objects.exists()


def test_a_second_round_of_the_same_name_is_refused(sign_in, held):
    page = begin(sign_in(), name=held.name).content.decode()

    assert "这个轮次已经有了" in page


def test_people_and_villages_that_came_later_are_taken_in(sign_in, held, teams):
    place = factories.village("990121100203")
    late = factories.person("迟录", village=teams[VILLAGE].village)
    factories.appointment(person=late, village=teams[VILLAGE].village, post="party_committee_member")
    factories.appointment(person=factories.person("新村", village=place), village=place, post="party_secretary")

    answer = sign_in().post(reverse("review_prepare", args=[held.pk]), follow=True)

    assert "补上了 1 个村、2 名干部" in answer.content.decode()
    assert sheet_of(held).people.filter(person=late).exists()


def test_who_did_not_serve_on_the_date_goes_unless_something_was_written(sign_in, held, teams):
    before = AS_OF - datetime.timedelta(1)
    for someone in (teams[VILLAGE].member, teams[SECOND].member):
        someone.appointments.update(end=before)
    PersonReview.objects.filter(person=teams[SECOND].member).update(performance="作风扎实")

    sign_in().post(reverse("review_prepare", args=[held.pk]))

    kept = PersonReview.objects.filter(team__round=held).values_list("person_id", flat=True)
    assert teams[VILLAGE].member.pk not in kept
    assert teams[SECOND].member.pk in kept


def test_a_clerk_takes_in_only_the_own_township(sign_in, held, teams):
    place = factories.village("990121101202")

    sign_in("township_clerk").post(reverse("review_prepare", args=[held.pk]))

    assert not TeamReview.objects.filter(village=place).exists()


def test_the_page_of_a_clerk_has_only_own_villages(sign_in, held, teams):
    page = sign_in("township_clerk").get(reverse("review_round", args=[held.pk])).content.decode()

    assert teams[VILLAGE].village.name in page
    assert reverse("review_village", args=[sheet_of(held, NEXT).pk]) not in page


def shown(client, held, **asked):
    context = client.get(reverse("review_round", args=[held.pk]), asked).context
    return [line["team"].village_id for line in context["page"]]


def test_the_page_is_narrowed_by_everything_that_it_offers(sign_in, held, teams):
    TeamReview.objects.filter(village=SECOND).update(status="filled", team_class="差")
    PersonReview.objects.filter(person=teams[NEXT].member).update(proposal="help")
    client = sign_in()

    assert shown(client, held) == [VILLAGE, SECOND, NEXT]
    assert shown(client, held, status="filled") == [SECOND]
    assert shown(client, held, team_class="差") == [SECOND]
    assert shown(client, held, proposal="help") == [NEXT]
    assert shown(client, held, division=factories.NEIGHBOUR) == [NEXT]
    assert shown(client, held, division=factories.OWN, status="waiting") == [VILLAGE]


def test_classes_are_offered_in_the_order_of_the_county(sign_in, held):
    for sheet, word in zip(held.teams.order_by("village_id"), ("差", "一般", "好"), strict=True):
        sheet.team_class = word
        sheet.save()

    assert sign_in().get(reverse("review_round", args=[held.pk])).context["classes"] == ["好", "一般", "差"]


def test_the_list_counts_what_is_decided(sign_in, held):
    TeamReview.objects.filter(village=VILLAGE).update(status="decided", team_class="好", decided_on=AS_OF)

    lines = sign_in().get(reverse("reviews")).context["rounds"]

    assert [(line["round"].done, line["round"].all) for line in lines] == [(1, 3)]


@pytest.mark.parametrize(
    ("on", "status", "day"), [("2023-10-11", "filled", None), ("2023-10-12", "decided", "2023-10-12")]
)
def test_the_page_is_as_of_its_date(sign_in, held, on, status, day):
    decided(held, {})

    page = sign_in().get(reverse("review_round", args=[held.pk]), {"on": on})

    team = page.context["page"][0]["team"]
    assert (team.status, team.decided_on and team.decided_on.isoformat()) == (status, day)
    assert ("有 1 个村那天还没有报送或审定" in page.content.decode()) == (status == "filled")


def test_the_list_counts_what_was_decided_by_its_date(sign_in, held):
    decided(held, {})

    done = [
        sign_in().get(reverse("reviews"), {"on": on}).context["rounds"][0]["round"].done
        for on in ("2023-10-11", "2023-10-12")
    ]

    assert done == [0, 1]


def rows_of(answer):
    return list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(min_row=4, values_only=True))


def test_the_list_narrows_by_progress_and_is_a_workbook(sign_in, held):
    client = sign_in()
    later = factories.review_round(
        name="2026年研判", **dict.fromkeys(("as_of", "opens", "closes"), datetime.date(2026, 3, 1))
    )

    def named(**asked):
        return [row[:4] for row in rows_of(client.get(reverse("reviews"), {"xlsx": "1", "on": "2023-10-01"} | asked))]

    assert named() == [(later.name, "还没有开始", 0, 0), (held.name, "进行中", 0, 3)]
    assert named(state="进行中") == [(held.name, "进行中", 0, 3)]
    page = client.get(reverse("reviews"), {"state": "已截止"}).content.decode()
    assert "没有“已截止”的轮次" in page
