"""The tables for the superior: rows add up to 合计, and 合计 is the figure that REST tells at the same date."""

import datetime
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.reports.tables import TABLES
from core.models import ParameterValue
from talent.models import Appointment, Person
from tests import factories
from tests.reports.rest import figures, rest
from tests.reserves.conftest import BESIDE, FOREIGN, HOME, ON, text
from villages.models import Village

KEYS = [one.key for one in TABLES]
NOT_ADDED = {"平均年龄", "覆盖率（%）", "书记平均报酬（元/年）"}


def plant(number=0):
    """A team in each of three villages with all that the tables ask about; somebody serves in two townships."""
    for village in (HOME, BESIDE, FOREIGN):
        head = factories.person("赵头", village=village, political_status="party_member", ethnicity="汉族")
        factories.appointment(person=head, village=village, post="party_secretary") if not number else None
        factories.appointment(person=head, village=village, post="village_director", term=None)
        factories.education(person=head, level="bachelor")
        born = datetime.date(1995, 5, 1)
        young = factories.person(
            "钱青", village=village, ethnicity="畲族", id_number=factories.id_number(born, "female")
        )
        factories.appointment(person=young, village=village, post="village_committee_member")
        factories.reserve(person=young, village=village, source="veteran", end=datetime.date(2023, 1, 1))
        factories.appointment(
            person=factories.person("孙监", village=village), village=village, post="supervision_director"
        )
        factories.reserve(
            person=factories.person("李备", village=village), village=village, target="secretary", source="graduate"
        )
        stay = factories.stationing(person=factories.person("周驻", village=village), village=village, funds_wan=1)
        session = factories.session(start=datetime.date(2024, 3, 1), end=datetime.date(2024, 3, 3))
        factories.enrollment(person=head, village=village, session=session)
        factories.enrollment(person=stay.person, village=village, session=session)
        factories.degree_study(person=young, village=village)
        skilled = factories.person("吴才", village=village)
        factories.rural_talent(person=skilled, village=village, talent_class="industry", sub_class="craftsman")
        need = factories.demand(village=village, number=2, stated_on=datetime.date(2024, 2, 1), post=f"技术员{number}")
        factories.match(
            demand=need, talent=factories.rural_talent(village=village), proposed_on=datetime.date(2024, 3, 1),
            invited_on=datetime.date(2024, 3, 2),
        )  # fmt: skip
        factories.award(
            person=head, village=village, year=2024, decided_on=datetime.date(2024, 6, 1), category="talent"
        )
        factories.award(person=head, village=village, year=2024, decided_on=datetime.date(2024, 7, 1))
        factories.branch_size(branch=factories.party_branch(village=village, name=f"支部{number}"))
        if not number:
            factories.village_label(village=village, label="weak")
            factories.village_figures(village=village, year=2023, collective_income_wan=0)
    factories.appointment(person=young, village=HOME, post="village_committee_member", start=datetime.date(2022, 1, 1))


@pytest.fixture
def planted(places):
    plant()


def book(client, key, **asked):
    answer = client.get(reverse("report_workbook", args=[key]), asked)
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def columns(sheet):
    """[(group, text)] of the head, a merged cell told of every column."""
    groups, texts, group = [cell.value for cell in sheet[3]], [cell.value for cell in sheet[4]], None
    found = []
    for top, below in zip(groups, texts, strict=True):
        group = top or group
        found.append((group, below) if below else ("", top))
    return found


def lines(sheet):
    """{place: {(group, text): number}}."""
    head = columns(sheet)
    rows = {}
    for row in sheet.iter_rows(min_row=5, values_only=True):
        if row[0] is None:
            break
        rows[row[0]] = dict(zip(head, row, strict=True))
    return rows


@pytest.mark.parametrize("key", KEYS)
def test_rows_add_up(county, planted, key):
    for sheet in book(county, key):
        rows = lines(sheet)
        total = rows.pop("合计")
        assert set(rows) == {"城关镇", "柳林镇"}
        for head, whole in total.items():
            if head[1] not in NOT_ADDED and isinstance(whole, int):
                assert (head, sum(row[head] for row in rows.values())) == (head, whole)
        assert key in {"election", "reviews"} or any(isinstance(whole, int) and whole for whole in total.values())


def total(client, key, sheet=0):
    return lines(book(client, key).worksheets[sheet])["合计"]


def test_the_sums_are_the_figures_of_rest(county, planted):
    told, team, reserves = figures(ON), total(county, "structure", 2), total(county, "reserves")
    training, party = total(county, "training"), total(county, "party")

    def value(key, part="value"):
        return told[key][part]

    assert team["", "总数"] == value("cadres")
    assert team["性别", "女"] == value("women_cadres")
    assert team["年龄", "35及以下"] == value("cadres_35_or_younger")
    assert team["任职", "交叉任职"] == value("cross_posts")
    assert (reserves["合计", "应备"], reserves["合计", "实有"]) == (value("reserves", "denominator"), value("reserves"))
    assert reserves["书记后备", "缺口"] == value("secretary_reserve_gap")
    assert reserves["", "达标村数"] == value("reserve_ratio_met")
    assert training["参训人数", "应训（人）"] == value("people_trained", "denominator")
    assert training["参训人数", "已参训（人）"] == value("people_trained")
    assert training["参训人数", "未参训（人）"] == value("training_uncovered")
    assert training["培训人次", "合计"] == value("person_times_trained")
    assert training["学历提升", "在读（人）"] == value("degree_students")
    assert total(county, "talents")["", "总数"] == value("talents")
    sent, life, needs = total(county, "stationed"), total(county, "life"), total(county, "demands")
    assert (sent["在村人数", "合计"], sent["第一书记选派", "已派村数"]) == (
        value("stationed"),
        value("first_secretaries_sent"),
    )
    assert sent["第一书记选派", "应派村数"] == value("first_secretaries_sent", "denominator")
    assert (life["党支部", "没有缺项"], life["", "缺项合计"]) == (
        value("party_life_complete"),
        value("party_life_missing"),
    )
    assert (needs["需求", "项数"], needs["结果", "未满足（项）"]) == (value("demands"), value("demands_open"))
    assert (total(county, "awards")["表彰（项）", "合计"], total(county, "awards")["", "受表彰的个人（人）"]) == (
        value("awards_given"), value("awards_individual"),
    )  # fmt: skip
    assert party["基本情况", "建制村总数"] == value("villages")


def test_each_group_of_the_structure_adds_up_to_all(county, planted):
    for sheet in book(county, "structure"):
        for row in lines(sheet).values():
            for group in ("性别", "民族", "政治面貌", "年龄", "学历", "来源", "任职年限（年）"):
                assert sum(number for (of, _), number in row.items() if of == group) == row["", "总数"]


def test_the_rural_sheet_counts_what_is_known_and_names_what_is_not(county, planted):
    sheet = book(county, "party").active
    row = lines(sheet)["合计"]
    foot = " ".join(str(cell.value) for cell in sheet["A"][-6:])

    assert row["基本情况", "软弱涣散村数"] == 3
    assert row["村党组织书记", "总人数"] == 3
    assert row["村党组织书记", "有书记后备人选的建制村"] == 3
    assert row["村党组织书记", "本年参加县级以上培训"] == 3
    assert (
        row["第一书记", "选派数"],
        row["第一书记", "本年各级培训（人次）"],
        row["第一书记", "安排1万元经费的村"],
    ) == (3, 3, 3)
    assert row["基础保障", "无集体经济收入的村"] == 3
    assert row["补充资料", "成立村务监督委员会的村"] == 3
    assert len(row) - 1 == 32  # beside the place
    assert (row["村党组织书记", "大学生村官"], row["基础保障", "书记平均报酬（元/年）"]) == (0, None)
    assert "还没有填报、因而没有计入的：运转和办公经费（万元） 3 个村" in foot


def test_the_rural_sheet_counts_what_the_villages_told(county, planted):
    seat = Appointment.objects.filter(village_id=HOME, post="party_secretary").select_related("person").get()
    told = {
        "office_funds_wan": 5, "venue_area": 0, "five_rooms": "yes", "open_decisions": "yes", "leader_subsidy": "yes",
        "bundled_projects": "yes", "venue_built": "yes", "party_body": "branch",
    }  # fmt: skip
    factories.village_figures(village=Village.objects.get(code=HOME), year=2024, **told)
    factories.village_figures(
        village=Village.objects.get(code=BESIDE), year=2024, venue_area=260, five_rooms="no", venue_built="no"
    )
    factories.safeguard(
        person=seat.person, village=seat.village, year=2024, basic_paid=61_000, performance_paid=0, allowance_paid=0,
        pension="resident", pension_start=datetime.date(2020, 1, 1),
    )  # fmt: skip
    factories.appointment(
        person=factories.person("李升", village=HOME), village=factories.village("990121100203", "丁岭村"), post="party_secretary", term=None,
        start=datetime.date(2018, 1, 1), end=datetime.date(2024, 5, 1), end_reason="civil",
    )  # fmt: skip

    for key, value in (("report_village_funds", 110_000), ("report_rural_income", 23_119)):
        ParameterValue.objects.create(
            division_id=factories.COUNTY, key=key, value=value, start=datetime.date(2024, 1, 1), basis="文件"
        )

    row = lines(book(county, "party").active)["合计"]
    of = {label: row["基础保障", label] for group, label in row if group == "基础保障"}

    assert (of["运转、办公经费（万元）"], of["书记平均报酬（元/年）"]) == (5, 61_000)
    assert of["基本报酬和办公经费达到标准的村"] == 1  # 61 000 + 50 000 of 110 000
    assert of["书记报酬达到农民人均收入规定倍数的村"] == 1  # twice 23 119
    assert (of["参加养老保险的书记"], of["落实小组长误工补贴的村"]) == (1, 1)
    assert (of["暂无活动场所的村"], of["活动场所200㎡以上的村"], of["本年新建改扩建"], of["五小场所齐全的村"]) == (
        1,
        1,
        1,
        1,
    )
    assert (row["补充资料", "实行“四议两公开”的村"], row["第一书记", "责任项目资金捆绑的村"]) == (1, 1)
    assert row["村党组织书记", "本年录用公务员、事业编"] == 1
    assert lines(book(county, "party", on="2023-12-31").active)["合计"]["基础保障", "本年新建改扩建"] == 0


def test_amounts_that_the_county_has_not_set_are_said_to_be_unset(county, planted):
    factories.village_figures(village=Village.objects.get(code=HOME), year=2024, office_funds_wan=12)
    labels = ("基本报酬和办公经费达到标准的村", "书记报酬达到农民人均收入规定倍数的村")
    sheet = book(county, "party").active
    for row in lines(sheet).values():
        assert [row["基础保障", label] for label in labels] == ["未设", "未设"]
    foot = " ".join(str(cell.value) for cell in sheet["A"][-6:])
    assert "“基本报酬和办公经费达到标准的村”要先设“基本报酬和办公经费每村不少于”" in foot
    assert "系统没有默认值，请县委组织部在“参数设置”里填本县的数，并写明依据。" in foot
    assert text(county.get(reverse("report_table", args=["party"]))).count(">未设<") >= 2
    (told,) = rest("reports/party", ON)
    at = [one["label"] for one in told["columns"]].index(labels[0])
    assert {row["values"][at] for row in told["rows"]} == {None}

    told = {"typed": "110000", "start": "2024-01-01", "basis": "清委办〔2023〕9号"}
    assert "没有默认值" in county.get(reverse("parameter", args=["report_village_funds"])).content.decode()
    assert county.post(reverse("parameter", args=["report_village_funds"]), told).status_code == 302

    row = lines(book(county, "party").active)["合计"]
    assert [row["基础保障", label] for label in labels] == [1, "未设"]
    assert "“书记报酬达到农民人均收入规定倍数的村”要先设" in " ".join(
        str(cell.value) for cell in book(county, "party").active["A"][-6:]
    )


def test_a_cadres_background_comes_from_the_file_first(county, planted):
    Person.objects.filter(name="钱青").update(background="village_official")
    Person.objects.filter(name="赵头").update(background="prosperous_household")

    team, secretaries = total(county, "structure", 2), total(county, "structure")

    assert (team["来源", "大学生村官"], team["来源", "退役军人"]) == (3, 0)
    assert (secretaries["来源", "致富能手"], secretaries["来源", "未登记"]) == (3, 0)
    assert total(county, "party")["村党组织书记", "致富带头人"] == 3


def test_the_sheet_of_the_election(county, planted):
    incoming = factories.term(start=datetime.date(2024, 5, 1))
    held = factories.election_round(incoming=incoming, start=datetime.date(2024, 4, 1))
    place = factories.election_village(round=held, village=factories.village(HOME))
    factories.election_ballot(place=place, committee="villagers", held_on=datetime.date(2024, 5, 1))
    woman = factories.person("郑选", village=HOME, id_number=factories.id_number(sex="female"))
    factories.appointment(
        person=woman,
        village=HOME,
        post="village_committee_member",
        start=datetime.date(2021, 1, 1),
        end=datetime.date(2024, 4, 30),
    )
    factories.appointment(
        person=woman, village=HOME, post="village_committee_member", start=datetime.date(2024, 5, 1), term=incoming
    )

    row = lines(book(county, "election").active)["合计"]

    assert (row["村数", "应选举"], row["村数", "已选举"], row["", "当选总数"]) == (1, 1, 1)
    assert (row["其中", "妇女"], row["其中", "连选连任"], row["其中", "新当选"]) == (1, 1, 0)


@pytest.mark.parametrize("key", KEYS)
def test_the_page_shows_the_workbook(county, planted, key):
    for number, sheet in enumerate(book(county, key).worksheets, 1):
        page = text(county.get(reverse("report_table", args=[key]), {"sheet": number}))
        assert sheet["A1"].value in page


def test_a_clerk_sees_the_own_villages(clerk, planted):
    rows = lines(book(clerk, "structure").active)

    assert set(rows) == {"甲山村", "乙水村", "合计"}
    assert clerk.get(reverse("reports"), {"division": factories.NEIGHBOUR}).status_code == 404
    assert clerk.get(reverse("report_workbook", args=["party"]), {"division": factories.NEIGHBOUR}).status_code == 404


def test_the_sentence_says_the_numbers(county, planted):
    page = text(county.get(reverse("reports")))

    assert "有建制村 3 个、社区 0 个" in page
    assert "书记、主任由一人兼任的 3 人" in page
    assert f"村“两委”成员共 {figures(ON)['cadres']['value']} 人" in page


def test_another_township_day_and_what_is_not_there(county, planted):
    assert "有建制村 1 个" in text(county.get(reverse("reports"), {"division": factories.NEIGHBOUR}))
    assert "党组织书记共 0 人" in text(county.get(reverse("reports"), {"on": "1990-01-01"}))
    for address in (reverse("report_table", args=["nothing"]), reverse("report_table", args=["party"]) + "?sheet=0"):
        assert county.get(address).status_code == 404


@pytest.mark.parametrize("key", KEYS)
def test_the_queries_do_not_grow(county, planted, key):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            book(county, key)
        return len(asked)

    cost()
    few = cost()
    for number in range(1, 6):
        plant(number)

    assert cost() == few


def test_the_bands_are_the_countys(county, planted):
    county.post(
        reverse("parameter", args=["report_age_bounds"]), {"typed": "30\n50", "start": "2024-01-01", "basis": "表样"}
    )

    assert ("年龄", "31–50") in columns(book(county, "structure").active)
    wrong = county.post(
        reverse("parameter", args=["report_age_bounds"]), {"typed": "三十", "start": "2024-02-01", "basis": "表样"}
    )
    assert "不是 1 到 99 的整数" in wrong.content.decode()


@pytest.mark.parametrize("key", KEYS)
def test_rest_tells_the_cells_of_the_workbook(county, planted, key):
    """At the same date, of the county and of a township."""
    for code in (None, factories.NEIGHBOUR):
        asked = {"division": code} if code else {}
        told = rest(f"reports/{key}", ON, code)
        sheets = book(county, key, **asked).worksheets
        assert [one["title"] for one in told] == [sheet["A1"].value for sheet in sheets]
        for one, sheet in zip(told, sheets, strict=True):
            head = [(column["group"], column["label"]) for column in one["columns"]]
            rows = {row["place"]: dict(zip(head, row["values"], strict=True)) for row in one["rows"]}
            cells = {place: dict(list(row.items())[1:]) for place, row in lines(sheet).items()}
            # What the county has not set yet is null in REST.
            assert {
                place: {name: None if cell == "未设" else cell for name, cell in row.items()}
                for place, row in cells.items()
            } == rows


def test_rest_lists_the_reports_and_refuses_what_is_not_there(county, planted):
    assert [one["key"] for one in rest("reports")] == KEYS
    assert rest("reports/nothing", status=404)
    assert rest("reports/party", code=factories.OTHER_COUNTY, status=404)
    assert "请填一个日期" in str(rest("reports/party", on="2024-13-01", status=400))


def test_the_review_by_place(county, planted):
    held = factories.review_round(factories.COUNTY, opens=datetime.date(2024, 3, 1), closes=datetime.date(2024, 8, 1))
    sheet = factories.team_review(
        round=held, village=Village.objects.get(code=HOME), status="decided", team_class="差", decided_on=datetime.date(2024, 6, 1)
    )  # fmt: skip
    factories.person_review(team=sheet, grade="不称职", proposal="adjust", reason="外出")

    row = total(county, "reviews")

    assert (row["班子", "列入研判"], row["班子", "已审定"], row["班子等次", "差"], row["班子", "薄弱班子"]) == (
        1,
        1,
        1,
        1,
    )
    assert (row["干部", "研判人数"], row["干部等次", "不称职"], row["处理建议", "调整撤换"]) == (1, 1, 1)
    assert row["调整", "已定未办"] == figures(ON)["adjustments_waiting"]["value"] == 1


def test_the_sentence_says_how_the_organisations_are_set_up(county, planted):
    for year in (2022, 2023, 2024):
        Village.objects.get(code=HOME).figures.update_or_create(
            year=year, defaults={"party_body": "general_branch", "members_joined": 0}
        )

    page = text(county.get(reverse("reports")))

    assert "建制村中建立党委的 0 个、建立党总支的 1 个、建立党支部的 0 个；三年没有发展党员的 1 个" in page
