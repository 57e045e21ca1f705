"""load_divisions: a county from a CSV; again, renamed, shortened, and wrong in every way a line can be."""

import datetime
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core.models import AuditEntry
from villages.models import Division, DivisionName, Village, VillageName
from villages.names import Gazetteer

SAMPLE = Path(__file__).parent / "data" / "divisions.csv"
HEADER = "township_code,township,village_code,village,kind"


def load(source=SAMPLE, county_name="示范县", **options):
    out = io.StringIO()
    call_command("load_divisions", str(source), county_name=county_name, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def written(tmp_path):
    """A file with this text, in this encoding."""

    def write(text, encoding="utf-8"):
        path = tmp_path / "divisions.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def edited(old, new):
    text = SAMPLE.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new)


def refusal(path):
    with pytest.raises(CommandError) as refused:
        load(path)
    return str(refused.value)


def test_county_townships_and_villages(db):
    assert "读到 5 个村（社区），8 处变化" in load()

    assert list(Division.objects.below("990122").values_list("code", "name")) == [
        ("990122", "示范县"),
        ("990122100", "城东镇"),
        ("990122200", "溪口乡"),
    ]
    village = Village.objects.get(code="990122100201")
    assert (village.name, village.kind, village.start) == ("上坪村", "village", datetime.date(1949, 10, 1))
    assert Village.objects.get(code="990122100001").kind == "community"
    assert AuditEntry.objects.filter(model="villages.village", verb="create").count() == 5


def test_again_is_no_change(db):
    load()
    logged = AuditEntry.objects.count()

    assert "0 处变化" in load()
    assert AuditEntry.objects.count() == logged


def test_renamed_village_keeps_the_former_name(db, written):
    load()

    out = load(written(edited("溪口村,村", "溪口新村,村")))

    assert "1 处变化" in out
    assert "溪口村 → 溪口新村" in out
    village = Village.objects.get(code="990122200201")
    assert (village.name, village.initials) == ("溪口新村", "xkxc")
    assert list(VillageName.objects.values_list("village_id", "name")) == [("990122200201", "溪口村")]


def test_renamed_township_keeps_the_former_name(db, written):
    load()

    assert "，1 处变化" in load(written(edited("溪口乡", "溪口镇")))
    assert Division.objects.get(code="990122200").name == "溪口镇"
    assert list(DivisionName.objects.values_list("division_id", "name")) == [("990122200", "溪口乡")]
    assert Gazetteer.of("990122", datetime.date(2026, 1, 1)).township_named("溪口乡") == "溪口镇"


def test_village_no_longer_listed_is_reported_and_kept(db, written):
    load()

    out = load(written(edited("990122200,溪口乡,990122200202,上坪村,村\n", "")))

    assert "0 处变化" in out
    assert "990122200202 上坪村" in out
    assert Village.objects.filter(code="990122200202", end=None).exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_encodings(db, written, encoding):
    load(written(SAMPLE.read_text(encoding="utf-8"), encoding))

    assert Village.objects.filter(name="溪口村").exists()


def test_another_start_date(db):
    load(valid_from="2023-06-30")

    assert Village.objects.earliest("start").start == datetime.date(2023, 6, 30)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("9901221,城东镇,990122100203,新村,村", "第 7 行：乡镇代码“9901221”应为 9 位数字"),
        ("990122100,城东镇,99012210020X,新村,村", "第 7 行：村级代码“99012210020X”应为 12 位数字"),
        ("990122100,城东镇,990122200203,新村,村", "第 7 行：村级代码“990122200203”的前 9 位应是乡镇代码"),
        ("990122100,城东镇,990122100203,新村,居民点", "第 7 行：类型“居民点”应为“村”或“社区”"),
        ("990122100,城东镇,990122100203,,村", "第 7 行：乡镇名称和村名都要填"),
        ("990122100,城东镇,990122100203,上坪村,村", "第 7 行：城东镇上坪村 与第 3 行重复"),
        ("990122100,城东镇,990122100201,新村,村", "第 7 行：村级代码 990122100201 与第 3 行重复"),
        ("990122100,城西镇,990122100203,新村,村", "第 7 行：乡镇代码 990122100 在第 2 行叫“城东镇”，这里叫“城西镇”"),
        ("990123100,邻县镇,990123100201,新村,村", "第 7 行：一个文件只放一个县"),
    ],
)
def test_wrong_line_is_named_and_nothing_is_loaded(db, written, line, said):
    message = refusal(written(SAMPLE.read_text(encoding="utf-8") + line + "\n"))

    assert said in message
    assert "没有装载任何数据" in message
    assert not Division.objects.exists()


def test_all_wrong_lines_at_once(db, written):
    message = refusal(written(edited(",村\n", ",屯\n")))

    assert message.count("应为“村”或“社区”") == 4


def test_files_that_are_no_list(db, written, tmp_path):
    assert "缺少列 township_code" in refusal(written("乡镇,村\n城东镇,上坪村\n"))
    assert "没有数据行" in refusal(written(HEADER + "\n"))
    assert "缺少列" in refusal(written(""))
    assert "打不开文件" in refusal(tmp_path / "nowhere.csv")


def test_swapped_names_are_refused_as_a_whole(db, written):
    load()
    swapped = edited("201,上坪村", "201,甲").replace("202,下坪村", "202,上坪村").replace("201,甲", "201,下坪村")

    assert "请分两次装载" in refusal(written(swapped))
    assert Village.objects.get(code="990122100201").name == "上坪村"
