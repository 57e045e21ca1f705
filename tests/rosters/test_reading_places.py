"""Which township and village a text means."""

import pytest

from tests.rosters.conftest import GAZETTEER


@pytest.mark.parametrize(
    ("township", "village", "expected"),
    [
        ("寨里镇", "山头村", ("寨里镇", "山头村")),
        ("寨里", "山头", ("寨里镇", "山头村")),
        ("寨里 镇", "山头 村委会", ("寨里镇", "山头村")),
        ("光泽县寨里镇", "山头村民委员会", ("寨里镇", "山头村")),
        ("福建省南平市光泽县寨里镇", "山头村村委会", ("寨里镇", "山头村")),
        ("杭川镇", "七贤社区居民委员会", ("杭川镇", "七贤社区")),
        ("杭川镇", "七贤居委会", ("杭川镇", "七贤社区")),
        ("杭川", "坪山", ("杭川镇", "坪山社区")),
        ("鸾凤乡", "坪山", ("鸾凤乡", "坪山村")),
        ("", "坪山村", ("鸾凤乡", "坪山村")),
        ("", "坪山社区", ("杭川镇", "坪山社区")),
        ("", "寨里镇山头村", ("寨里镇", "山头村")),
        ("", "寨里镇／山头村", ("寨里镇", "山头村")),
        ("", "光泽县寨里镇山头村", ("寨里镇", "山头村")),
        ("寨里镇", "寨里镇山头村", ("寨里镇", "山头村")),
        ("寨里镇山头村", "", ("寨里镇", "山头村")),
        ("寨里镇", "山头村（5人）", ("寨里镇", "山头村")),
        ("鸾凤乡", "大陂良种场生活区", ("鸾凤乡", "大陂良种场生活区")),
        ("", "350723101214", ("寨里镇", "山头村")),
    ],
)
def test_place_is_found(township, village, expected):
    place = GAZETTEER.resolve(township, village)

    assert (place.township, place.village) == expected
    assert place.found == ()
    assert place.village_code.startswith(place.township_code)


@pytest.mark.parametrize(
    ("township", "village", "field", "code", "known"),
    [
        ("鸾凤镇", "高源村", "township", "unknown_township", None),
        ("城郊乡", "高源村", "township", "unknown_township", None),
        ("", "城关镇石壁窟村", "township", "unknown_township", None),
        ("寨里镇", "幸福村", "village", "unknown_village", "寨里镇"),
        ("李坊乡", "山头村", "village", "unknown_village", "李坊乡"),
        ("鸾凤乡", "中坊", "village", "ambiguous_village", "鸾凤乡"),
        ("", "坪山", "village", "ambiguous_village", None),
        ("", "司前乡团结村", "village", "unknown_village", "司前乡"),
    ],
)
def test_what_is_no_place_is_said(township, village, field, code, known):
    place = GAZETTEER.resolve(township, village)

    assert [(name, found.code) for name, found in place.found] == [(field, code)]
    assert (place.township, place.village, place.village_code) == (known, None, None)


def test_assumed_township_decides_between_two():
    assert GAZETTEER.resolve("", "坪山", "杭川镇").village == "坪山社区"
    assert GAZETTEER.resolve("", "崇仁村", "止马镇").found[0][1].code == "unknown_village"


def test_near_name_is_suggested():
    assert "是不是“大洲村”" in GAZETTEER.resolve("寨里镇", "大州村").found[0][1].message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("填报单位（盖章）：中共寨里镇委员会", "寨里镇"),
        ("光泽县村（社区）“两委”班子成员信息表", None),
        ("寨里镇、止马镇汇总", None),
    ],
)
def test_township_in_a_title(text, expected):
    assert GAZETTEER.township_mentioned(text) == expected


def test_former_name_still_leads_to_the_village():
    from villages.names import Gazetteer, VillageEntry

    entry = VillageEntry("990101100201", "新华村", "village", "990101100", "城关镇", former=("老街村",))

    assert Gazetteer("某县", {"990101100": "城关镇"}, [entry]).resolve("", "老街村").village == "新华村"
