"""候选人名册: onto a round; several posts in a cell; what is not elected or not in the round is told; export comes back unchanged."""

import pytest

from rosters.models import Upload
from talent.models import Candidate, Person
from tests import factories
from tests.elections.conftest import clear
from tests.rosters.handing import codes, committed, exported, hand_in, sent_back

pytestmark = pytest.mark.django_db
HEADER = ("乡镇", "村（社区）", "姓名", "身份证号", "拟任职务", "候选人来源", "提名方式", "提名日期", "备注")


def line(number, name="张三", posts="党支部书记、村委会主任", village="甲山村", source="后备干部"):
    return ("城关镇", village, name, number, posts, source, "村民提名", "2025.12.26", "")


def test_each_post_is_a_candidacy(held, clerk):
    number = factories.id_number()

    committed(clerk.user, "candidates", HEADER, line(number), target_id=held.pk)

    someone = Person.objects.with_id_number(number).get()
    kept = Candidate.objects.filter(person=someone, round=held)
    assert set(kept.values_list("post", "source", "nominated_by", "status")) == {
        ("party_secretary", "reserve", "villagers", "nominated"),
        ("village_director", "reserve", "villagers", "nominated"),
    }


def test_a_post_that_nobody_is_elected_to_is_told(held, clerk):
    upload = hand_in(clerk.user, "candidates", HEADER, line(factories.id_number(), posts="文书"), target_id=held.pk)

    assert "post_not_elected" in codes(upload)


def test_a_village_of_the_neighbour_is_refused(held, clerk):
    upload = hand_in(
        clerk.user,
        "candidates",
        HEADER,
        ("柳林镇", *line(factories.id_number(), village="丙田村")[1:]),
        target_id=held.pk,
    )

    assert "outside_scope" in codes(upload)
    assert not Candidate.objects.exists()


def test_a_village_that_does_not_vote_is_told(held, clerk, place):
    place.delete()

    upload = hand_in(clerk.user, "candidates", HEADER, line(factories.id_number()), target_id=held.pk)

    assert "village_not_in_round" in codes(upload)


def test_somebody_blocked_is_told(held, clerk, team, staff):
    factories.candidate(round=held, person=team.member, village=team.member.village)
    clear(held, team.member, but=[team.member], by=staff.user)

    row = line(team.member.id_number, name="老委员", posts="村委会委员")
    upload = hand_in(clerk.user, "candidates", HEADER, row, target_id=held.pk)

    assert "review_blocked" in codes(upload)


def test_the_export_comes_back_unchanged(held, clerk):
    rows = [line(factories.id_number(), name) for name in ("张三", "李四")]
    committed(clerk.user, "candidates", HEADER, *rows, target_id=held.pk)

    upload = sent_back("candidates", clerk.user, target_id=held.pk)

    assert upload.counts["unchanged"] == 2
    assert exported("candidates", clerk.user, target_id=held.pk).startswith(b"PK")
    assert Upload.objects.count() == 2
