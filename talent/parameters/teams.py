"""What the law and a county ask of a village's team: sizes, ages, seats by population; each with its basis."""

from core.parameters import parameter

TEAMS = "村“两委”班子"
LAW = "《中华人民共和国村民委员会组织法》"  # amended from 2026 on and numbered anew: no article is named
GRASSROOTS = "《中国共产党农村基层组织工作条例》"
CHARTER = "《中国共产党章程》"
LOCAL = "县级工作要求（默认值，可改）"
BY_POPULATION = "按人口核定职数的乡镇办法样例（2500人以上5职、1500至2500人4职、1500人以下3职）；请改为本地文件"


def _number(key, label, default, basis, unit="人", low=0, high=100):
    return parameter(key, label, default, group=TEAMS, basis=basis, unit=unit, low=low, high=high)


COMMITTEE_LOW = _number(
    "committee_low", "村（居）委会人数不少于", 3, f"{LAW}：由主任、副主任和委员共三至七人组成", low=1
)
COMMITTEE_HIGH = _number(
    "committee_high", "村（居）委会人数不多于", 7, f"{LAW}：由主任、副主任和委员共三至七人组成", low=1
)
PARTY_HIGH = _number(
    "party_committee_high", "村党组织班子人数不多于", 7, f"{GRASSROOTS}：支部委员会一般3至5人，不超过7人", low=1
)
WOMEN = _number("women_in_team", "班子中的妇女成员不少于", 1, f"{LAW}：村民委员会成员中，应当有妇女成员")
YOUNG = _number("young_age", "年轻干部的年龄上限（含）", 35, LOCAL, "周岁", 18, 60)
YOUNG_PEOPLE = _number("young_in_team", "班子中的年轻干部不少于", 1, LOCAL)
SECRETARY_AGE = _number("secretary_age", "书记的年龄提示线", 60, f"{LOCAL}；换届时一般不超过60周岁", "周岁", 45, 80)
VACANT_MONTHS = _number(
    "vacant_months", "“两委”职数空缺提示：超过", 3,
    "村党组织书记空缺超过3个月是软弱涣散村的排查情形，其他职数比照（默认值，可改）", "个月", 1, 60,
)  # fmt: skip
PARTY_AGE = _number("party_age", "入党的最低年龄", 18, f"{CHARTER}第一条：年满十八岁可以申请入党", "周岁", 18, 30)
LARGE_VILLAGE = _number("population_large", "人口多的村：户籍人口超过", 2500, BY_POPULATION, high=100_000)
SMALL_VILLAGE = _number("population_small", "人口少的村：户籍人口少于", 1500, BY_POPULATION, high=100_000)
LARGE_SEATS = _number("seats_large", "人口多的村，村委会职数不多于", 5, BY_POPULATION, "职", 1, 20)
MIDDLE_SEATS = _number("seats_middle", "人口居中的村，村委会职数不多于", 4, BY_POPULATION, "职", 1, 20)
SMALL_SEATS = _number("seats_small", "人口少的村，村委会职数不多于", 3, BY_POPULATION, "职", 1, 20)
