"""What a county sets about reserve cadres and open recruitment."""

from core.parameters import parameter

RESERVES = "后备干部"
BASIS = "县级工作要求（默认取 1:2 和 1:1）"
LIMITS = "县级工作要求；上级没有统一规定，按本县文件修改"

SECRETARY_RATIO = parameter(
    "reserve_secretary_ratio", "每名书记应备书记后备", 2, group=RESERVES, unit="名", low=0, high=10, basis=BASIS
)
OTHER_RATIO = parameter(
    "reserve_other_ratio", "每名其他村干部应备后备", 1, group=RESERVES, unit="名", low=0, high=10, basis=BASIS
)
AGE_LIMIT = parameter(
    "reserve_age_limit", "后备干部年龄不超过", 45, group=RESERVES, unit="周岁", low=18, high=70, basis=LIMITS
)
SECRETARY_EDUCATION = parameter(
    "reserve_secretary_education", "书记后备认可的学历", ("大专", "本科", "硕士研究生", "博士研究生"), group=RESERVES, basis=LIMITS
)  # fmt: skip
OTHER_EDUCATION = parameter(
    "reserve_other_education", "其他村干部后备认可的学历",
    ("高中", "中专（中技）", "大专", "本科", "硕士研究生", "博士研究生"), group=RESERVES, basis=LIMITS,
)  # fmt: skip
SECRETARY_PARTY = parameter(
    "reserve_secretary_party", "书记后备应有的政治面貌", ("中共党员", "中共预备党员"), group=RESERVES,
    basis=f"《中国共产党农村基层组织工作条例》：书记由党员担任；{LIMITS}",
)  # fmt: skip
LONG_YEARS = parameter(
    "reserve_long_years", "在库满几年须重新研判去留", 5, group=RESERVES, unit="年", low=1, high=20,
    basis="后备队伍有进有出、动态管理；默认取一届五年",
)  # fmt: skip
ASSESSMENT_RESULTS = parameter(
    "reserve_assessment_results", "半年研判的结果", ("成熟，可使用", "继续培养", "需加强", "建议出库"), group=RESERVES,
    basis="每半年研判一次（县级工作要求）",
)  # fmt: skip
SECRETARY_AGE_LINE = parameter(
    "forecast_secretary_age", "预测时书记的年龄线", 60, group=RESERVES, unit="周岁", low=40, high=75, basis=LIMITS
)
CADRE_AGE_LINE = parameter(
    "forecast_cadre_age", "预测时其他村干部的年龄线", 60, group=RESERVES, unit="周岁", low=40, high=75, basis=LIMITS
)
TERM_YEARS = parameter(
    "forecast_term_years", "没有登记届满日期时一届按几年算", 5, group=RESERVES, unit="年", low=1, high=10,
    basis="《村民委员会组织法》：村民委员会每届任期五年",
)  # fmt: skip
RECRUITMENT = "公开招聘"
PUBLICITY_DAYS = parameter(
    "recruitment_publicity_days", "拟聘人员公示不少于", 5, group=RECRUITMENT, unit="个工作日", low=1, high=60,
    basis="县级工作要求（默认取 5 个工作日，开始当天不计，按“工作日历”计算）",
)  # fmt: skip
