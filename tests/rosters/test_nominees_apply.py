"""Lists of nominees onto an award round: people by ID number, collectives by name; export comes back unchanged."""

import datetime

import pytest

from awards.models import Nomination
from rosters import importer
from talent.models import Person
from tests import factories
from tests.rosters.handing import (
    TODAY,
    changes,
    codes,
    committed,
    exported,
    hand_in,
    messages,
    queries,
    row_of,
    sent_back,
)

pytestmark = pytest.mark.django_db

HEADER = ("乡镇", "推荐类型", "姓名", "性别", "身份证号", "工作单位及职务", "负责人", "人数", "推荐奖项", "主要事迹", "联系电话", "备注")  # fmt: skip
OWN, OTHER = "城关镇", "柳林镇"
HOME, FOREIGN = "990121100201", "990121101201"


@pytest.fixture
def clerk():
    factories.division(factories.COUNTY, "清源县")
    factories.division(factories.OWN, OWN)
    factories.division(factories.NEIGHBOUR, OTHER)
    factories.village(HOME, "甲山村")
    factories.village("990121100202", "乙水村")
    factories.village(FOREIGN, "丙田村")
    return factories.user("township_clerk", factories.OWN, name="经办人")


@pytest.fixture
def held(clerk):
    scheme = factories.award_scheme(name="乡村振兴贡献奖")
    return factories.award_round(scheme=scheme, year=2026)


def person(
    number,
    name="张三",
    township=OWN,
    unit="城关镇甲山村茶叶合作社理事长",
    category="产业振兴贡献奖",
    phone="13800001111",
):
    return (township, "个人", name, "男", number, unit, "", "", category, "带领群众\n发展茶产业", phone, "")


def collective(
    name="城关镇乙水村老年协会", township=OWN, leader="李四", members=46, phone="13800002222", remarks="第一次申报"
):
    return (township, "集体", name, "", "", "", leader, members, "文化振兴", "传承三角戏", phone, remarks)


def send(clerk, held, *rows, **more):
    return hand_in(clerk, "nominees", HEADER, *rows, target_id=held.pk, **more)


def write(clerk, held, *rows, **more):
    return committed(clerk, "nominees", HEADER, *rows, target_id=held.pk, **more)


def test_somebody_new_gets_a_file_in_the_village_of_the_unit(clerk, held):
    number = factories.id_number()

    upload = write(clerk, held, person(number))

    someone = Person.objects.with_id_number(number).get()
    found = Nomination.objects.get()
    assert (someone.name, someone.village_id, someone.phone) == ("张三", HOME, "13800001111")
    assert (found.round, found.person, found.township_id, found.village_id) == (held, someone, factories.OWN, HOME)
    assert (found.nominee_type, found.unit, found.category) == (
        "individual",
        "城关镇甲山村茶叶合作社理事长",
        "industry",
    )
    assert (found.achievements, found.phone) == ("带领群众\n发展茶产业", None)
    assert upload.counts["new"] == 1


def test_a_collective_is_kept_by_name_with_its_leader_and_phone(clerk, held):
    write(clerk, held, collective())

    found = Nomination.objects.get()
    assert (found.nominee_type, found.collective, found.person) == ("collective", "城关镇乙水村老年协会", None)
    assert (found.leader_name, found.member_count, found.category) == ("李四", 46, "culture")
    assert (found.village_id, found.phone, found.remarks) == ("990121100202", "13800002222", "第一次申报")
    assert not Person.objects.exists()


def test_somebody_on_file_needs_no_village_in_the_unit(clerk, held):
    someone = factories.person("张三", village=HOME)

    write(clerk, held, person(someone.id_number, unit="县农业农村局"))

    assert (Nomination.objects.get().person, Nomination.objects.get().village_id) == (someone, HOME)


def test_somebody_new_without_a_village_in_the_unit_is_told_where_to_write_it(clerk, held):
    upload = send(clerk, held, person(factories.id_number(), unit="村民"))

    problem = next(problem for problem in row_of(upload).problems if problem["level"] == "error")
    assert (problem["field"], problem["code"]) == ("unit", "missing_field:village")
    assert "工作单位及职务" in problem["message"]


def test_the_same_list_again_changes_nothing(clerk, held):
    rows = [person(factories.id_number()), collective()]
    write(clerk, held, *rows)
    before = changes()

    again = send(clerk, held, *reversed(rows))

    assert (again.counts["unchanged"], again.writes) == (2, 0)
    assert changes() == before


def test_changes_are_shown_and_written_and_the_word_for_it_empties(clerk, held):
    number = factories.id_number()
    write(clerk, held, person(number), collective())

    upload = write(
        clerk,
        held,
        person(number, category="人才振兴", phone=""),
        collective(leader="王五", members="", phone="13900003333", remarks="清空"),
    )

    assert row_of(upload).diff == {"award_category": ["产业振兴", "人才振兴"]}
    assert row_of(upload, 1).diff == {
        "leader_name": ["李四", "王五"],
        "phone": ["138****2222", "139****3333"],
        "remarks": ["第一次申报", None],
    }
    found = Nomination.objects.get(nominee_type="collective")
    assert (found.leader_name, found.member_count, found.phone, found.remarks) == ("王五", 46, "13900003333", "")
    assert Person.objects.get().phone == "13800001111"


def test_the_same_name_in_another_round_is_another_nomination(clerk, held):
    write(clerk, held, collective())

    upload = write(clerk, factories.award_round(), collective())

    assert upload.counts["new"] == 1


def test_rows_of_other_townships_are_refused_and_nothing_else_is_told(clerk, held):
    known = factories.person("王五", village=FOREIGN)
    factories.nomination(round=held, township=factories.NEIGHBOUR, collective="丙田村合作社")

    upload = send(
        clerk,
        held,
        person(known.id_number, name="王五", township=OTHER, unit=""),
        person(factories.id_number(), name="孙七", township=OTHER, unit="丙田村"),
        collective("丙田村合作社", township=OTHER),
        collective("没有的合作社", township=OTHER),
    )

    assert upload.writes == 0
    assert [codes(upload, number) for number in range(4)] == [{"outside_scope"}] * 4
    assert {problem["field"] for row in upload.rows.all() for problem in row.problems} == {"township"}


def test_somebody_nominated_by_another_township_is_not_nominated_twice(clerk, held):
    someone = factories.person("张三", village=HOME)
    factories.nomination(round=held, person=someone, township=factories.NEIGHBOUR, unit="别处的单位")

    upload = send(clerk, held, person(someone.id_number))

    assert "nominated_elsewhere" in codes(upload)
    assert upload.writes == 0
    assert not any("别处的单位" in message for message in messages(upload))


def test_a_list_without_a_township_is_the_clerks_own(clerk, held):
    write(clerk, held, collective(township=""))

    assert Nomination.objects.get().township_id == factories.OWN


def test_the_county_has_to_say_which_township(clerk, held):
    upload = send(factories.user(), held, collective("某协会", township=""))

    assert codes(upload) == {"missing_field:township"}


@pytest.mark.parametrize("members", ["12.5", "-3"])
def test_a_number_of_people_is_whole(clerk, held, members):
    assert "not_whole" in codes(send(clerk, held, collective(members=members)))


def test_a_round_deleted_meanwhile_stops_the_batch(clerk, held):
    upload = send(clerk, held, collective())
    held.delete()

    assert importer.confirm(upload, by=clerk).state == "changed"
    assert codes(upload) == {"round_gone"}


# --- which round


def test_the_title_names_the_round(clerk, held):
    factories.award_round(scheme=held.scheme, year=2025)

    upload = hand_in(clerk, "nominees", HEADER, collective(), title="清源县2026年度乡村振兴贡献奖推荐汇总表")

    assert (upload.status, upload.target_id) == ("read", held.pk)


def test_a_list_that_names_no_one_round_is_asked_about(clerk, held):
    factories.award_round(scheme=held.scheme, year=2025)

    upload = hand_in(clerk, "nominees", HEADER, collective(), title="乡村振兴贡献奖推荐汇总表")

    assert (upload.status, upload.target_id, upload.writes) == ("unsure", None, 0)


def test_a_closed_round_is_closed_to_townships_and_not_to_the_county(clerk):
    closed = factories.award_round(closes_on=datetime.date(2020, 1, 1))

    assert send(clerk, closed, collective()).refusal_code == "unknown_target"
    assert send(factories.user(), closed, collective()).status == "read"


# --- out and back


def test_our_own_export_comes_back_unchanged(clerk, held):
    write(clerk, held, person(factories.id_number()), collective(), collective("乙水村合作社", phone="", members=""))
    factories.nomination(round=held, village=FOREIGN)

    again = sent_back("nominees", clerk, held.pk)

    assert (again.counts["unchanged"], again.counts["error"], again.writes) == (3, 0, 0)
    found = importer.upload(
        by=clerk, kind="nominees", filename="a.xlsx", content=exported("nominees", clerk, TODAY, held.pk)
    )
    assert found.target_id == held.pk  # by its title


def test_queries_do_not_grow_with_the_nominees(clerk, held):
    numbers = [factories.id_number() for _ in range(22)]

    def both(some, **more):
        rows = [person(number, **more) for number in some]
        rows += [collective(f"乙水村协会{number[-4:]}", members=len(more) + 5) for number in some]
        upload = send(clerk, held, *rows)
        return queries(lambda: importer.confirm(upload, by=clerk))

    assert both(numbers[:2]) == both(numbers[2:])
    assert both(numbers[:2], category="人才振兴") == both(numbers[2:], category="人才振兴")


def outcomes(upload):
    """What would become of each row."""
    return list(upload.rows.order_by("order").values_list("change", flat=True))


def test_a_township_does_not_get_beyond_its_quota(clerk, held):
    factories.award_quota(round=held, individuals=1, collectives=0)

    upload = send(clerk, held, person(factories.id_number()), person(factories.id_number(), name="李四"), collective())

    assert outcomes(upload) == ["new", "none", "none"]
    assert "beyond_quota" in codes(upload, 1) & codes(upload, 2)


def test_who_was_nominated_before_takes_no_second_place(clerk, held):
    factories.award_quota(round=held, individuals=1, collectives=0)
    number = factories.id_number()
    write(clerk, held, person(number))

    assert outcomes(send(clerk, held, person(number))) == ["unchanged"]


def test_what_the_county_has_decided_on_is_not_changed_by_a_list(clerk, held):
    number = factories.id_number()
    write(clerk, held, person(number))
    Nomination.objects.update(eligibility="passed")

    again = send(clerk, held, person(number))
    other = send(clerk, held, person(number, category="人才振兴贡献奖"))

    assert outcomes(again) == ["unchanged"]
    assert "nomination_frozen" in codes(other)


def test_whoever_was_withdrawn_is_nominated_anew_by_a_list(clerk, held):
    number = factories.id_number()
    write(clerk, held, person(number), collective())
    Nomination.objects.update(withdrawn_on=datetime.date(2026, 5, 1), withdraw_reason="材料不全", eligibility="failed")

    upload = write(clerk, held, person(number, category="人才振兴"), collective())

    assert "2026.05.01 撤回过推荐（材料不全）" in "".join(messages(upload))
    assert Nomination.objects.filter(withdrawn_on=None, eligibility="").count() == 2
    assert Nomination.objects.filter(withdraw_reason="材料不全").count() == 2
    again = sent_back("nominees", clerk, held.pk)
    assert (again.counts["unchanged"], again.writes) == (2, 0)


def test_what_another_township_withdrew_is_not_told(clerk, held):
    someone = factories.person("张三", village=HOME)
    gone = {"withdrawn_on": datetime.date(2026, 5, 1), "withdraw_reason": "别处的原因"}
    factories.nomination(round=held, person=someone, township=factories.NEIGHBOUR, **gone)

    upload = send(clerk, held, person(someone.id_number))

    assert (outcomes(upload), codes(upload)) == (["new"], set())
