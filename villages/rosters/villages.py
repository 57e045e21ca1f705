"""Columns that say where a row belongs, and the roster of villages themselves."""

from rosters.cleaning import choice, free_text, name, number, phone
from rosters.cleaning.base import plain_kind
from rosters.places import register_gazetteers
from rosters.spec import Column, Roster, register
from villages import roster_apply, roster_export
from villages.names import Gazetteer

register_gazetteers(Gazetteer.of)

# Cleaned by the gazetteer, township and village together.
place = plain_kind("place", lambda raw: (raw, None))

TOWNSHIP = Column(
    "township", "乡镇", place,
    ("乡镇", "乡镇街道", "街道", "镇街", "所属乡镇", "街道名称", "镇乡街", "乡镇名称", "所在乡镇", "派驻乡镇", "推荐乡镇",
     "所属乡镇街道", "所在乡镇街道", "镇", "乡", "乡镇办", "镇乡", "乡镇别", "乡街道", "镇街道", "乡镇街", "镇名", "乡名",
     "镇街名称", "单位乡镇", "任职乡镇", "申报乡镇", "填报乡镇", "所辖乡镇", "派驻乡镇街道", "帮扶乡镇"),
    unsure=("单位", "推荐单位", "所属单位", "单位名称", "所在单位", "工作单位", "报送单位", "所属", "所在地"), by_values_alone="内容多为本县乡镇名",
)  # fmt: skip
VILLAGE = Column(
    "village", "村（社区）", place,
    ("行政村", "村", "村社区", "村名", "所在村", "村社区名称", "社区", "所属村委会", "村别", "行政村名称", "村名称", "派驻村",
     "所在村社区", "所属村", "所属村社区", "任职村", "任职村社区", "所属乡镇村", "乡镇村", "乡镇村社区", "村居", "村居名称",
     "所在行政村", "所在乡镇村", "村委会", "村居委会", "社区名称", "所属行政村", "村庄",
     "行政村社区", "派驻村社区", "村级组织名称", "村社区别", "村级名称", "所在村居", "帮扶村", "驻点村", "挂职村",
     "镇村", "驻村", "所在村名", "村级单位", "村社", "单位乡镇村"),
    unsure=("单位", "工作单位", "所在单位", "任职单位", "单位名称", "所属单位", "村党组织", "党组织名称", "所在地", "所属", "单位及村",
            "所在党组织", "党支部", "所在党支部", "地址", "所属组织"),
    by_values_alone="内容多为本县村（社区）名",
)  # fmt: skip

BODY_WORDS = {
    **dict.fromkeys(("党支部", "支部", "党支部委员会"), "branch"),
    **dict.fromkeys(("党总支", "总支", "党总支部", "党总支部委员会"), "general_branch"),
    **dict.fromkeys(("党委", "党的委员会", "基层党委"), "committee"),
}
ANSWER_WORDS = {
    **dict.fromkeys(("是", "有", "√", "✓", "已落实", "已实行", "齐全"), "yes"),
    **dict.fromkeys(("否", "无", "没有", "×", "未落实", "未实行", "不齐全"), "no"),
}


def _answer(field, label, *spellings):
    """A column that is answered 是 or 否; a blank cell says nothing."""
    return Column(
        field, label, choice("answer", ANSWER_WORDS, "unknown_answer", "是或否"), (label, *spellings), path=field
    )


FIGURES = (
    Column("groups", "村民小组", number("个"), ("村民小组数", "村民小组", "小组数", "组数", "村小组数", "自然组数", "居民小组数", "村居民小组数"), path="groups"),
    Column("households", "户数", number("户"), ("总户数", "户数", "户籍户数", "农户数", "家庭户数", "全村户数"), path="households"),
    Column("population", "人口", number("人"), ("总人口", "人口", "户籍人口", "人口数", "总人口数", "户籍人口数", "全村人口"), path="population"),
    Column("resident_population", "常住人口", number("人"), ("常住人口", "常住人口数", "常住人数", "常住"), path="resident_population"),
    Column("party_members", "党员数", number("名"), ("党员数", "党员人数", "党员总数", "党员", "党员数量", "中共党员数"), path="party_members"),
    Column("arable_land_mu", "耕地面积", number("亩"), ("耕地面积", "耕地", "耕地总面积", "耕地亩数"), path="arable_land_mu"),
    Column(
        "collective_income_wan", "村集体经济收入", number("万元", base="万元"),
        ("村集体经济收入", "村级集体经济收入", "集体经济收入", "村集体收入", "集体收入", "村集体经济年收入", "村财收入",
         "村级集体收入", "集体经济年收入", "村集体经济总收入"),
        path="collective_income_wan",
    ),
    Column("party_body", "党组织设置", choice("party_body", BODY_WORDS, "unknown_party_body", "党委、党总支或党支部"), ("党组织设置", "党组织形式", "党组织类型", "党组织类别"), path="party_body"),
    Column("members_joined", "本年发展党员", number("名"), ("本年发展党员", "本年发展党员数", "当年发展党员", "年度发展党员数", "发展党员数", "发展党员"), path="members_joined"),
    Column("office_funds_wan", "运转和办公经费", number("万元", base="万元"), ("运转和办公经费", "村级组织运转经费", "村级运转经费", "运转办公经费", "办公经费"), path="office_funds_wan"),
    Column("venue_area", "活动场所面积", number("㎡"), ("活动场所面积", "村级活动场所面积", "村级组织活动场所面积", "办公场所面积"), path="venue_area"),
    _answer("venue_built", "本年新建改扩建活动场所", "本年新改扩建活动场所", "新改扩建活动场所", "本年新建改扩建"),
    _answer("five_rooms", "五小场所齐全", "五小场所", "是否五小齐全", "五小齐全"),
    _answer("open_decisions", "实行四议两公开", "四议两公开", "是否实行四议两公开"),
    _answer("leader_subsidy", "落实小组长误工补贴", "小组长误工补贴", "村民小组长误工补贴"),
    _answer("bundled_projects", "责任项目资金捆绑", "第一书记责任项目资金捆绑", "项目资金捆绑", "责任项目资金捆绑村"),
    Column(
        "secretary_name", "书记姓名", name, ("书记姓名", "村党组织书记", "党组织书记", "村书记", "党支部书记", "支部书记", "村党组织书记姓名", "村支书", "书记", "党支部书记姓名", "村支部书记"),
        groups=(("书记", ("姓名", "名字")), ("支书", ("姓名",))), path="secretary_name",
    ),
    Column(
        "phone", "联系电话", phone, ("联系电话", "联系方式", "手机号码", "手机号", "电话", "手机", "书记电话", "书记联系电话", "电话号码", "联系手机"),
        groups=(("书记", ("联系电话", "电话", "手机", "手机号码", "手机号", "联系方式")),),
    ),
    Column("remarks", "备注", free_text, ("备注", "说明", "其他", "备注说明"), path="remarks"),
)  # fmt: skip


def same_village(values, fields, context):
    """The same village twice in one file; villages that could not be told are not compared."""
    if values.get("village"):
        return [("village", values.get("township"), values["village"])]
    return []


VILLAGES = register(
    Roster(
        slug="villages",
        page="村与班子",
        title="行政村基本情况表",
        purpose="登记各村（社区）一年的基本情况：户数、人口、党员数、集体经济收入等。",
        matching="按乡镇和村名找村，记在“名册截至”那一年的数据里；同一年再传是更正，不是新增。",
        columns=(TOWNSHIP, VILLAGE, *FIGURES),
        village_required=True,
        duplicate_field="village",
        identities=same_village,
        compare=roster_apply.compare,
        apply=roster_apply.write,
        export=roster_export.figures,
        choices=roster_export.choices,
        export_permission="villages.view_villagefigures",
        leading=("township", "village"),
        standard=("township", "village", *(column.field for column in FIGURES)),
        template_note="填表说明：一村一行；数字只填数，不写单位；收入按万元填写。",
    )
)
