"""Headers compared: the key of a header text, and which texts are headers at all."""

import re

from rosters.cleaning import as_text, squeeze

BRACKETS = re.compile(r"[(（\[【〔](.*?)[)）\]】〕]")
PUNCTUATION = re.compile(r"[\s:：*＊、·“”\"'‘’,，。．./\\_\-—－~～?？!！★☆●#<>《》|]+")
LONGEST_HEADER = 100
TICKED = ("tick", "yes_no")
NUMBERING = re.compile(r"^(\d+|[一二三四五六七八九十]+)[、.．]")
# Headers that we know and do not import. Knowing them keeps their columns from being taken for something else.
NOT_IMPORTED = frozenset(
    [
        "序号",
        "编号",
        "序",
        "号",
        "顺序",
        "籍贯",
        "出生地",
        "户籍地",
        "户籍所在地",
        "家庭住址",
        "住址",
        "现住址",
        "现居住地",
        "居住地",
        "详细地址",
        "地址",
        "户籍地址",
        "学位",
        "最高学位",
        "毕业院校",
        "毕业学校",
        "毕业院校及专业",
        "毕业院校系及专业",
        "毕业院校专业",
        "学校",
        "专业",
        "所学专业",
        "参加工作时间",
        "参工时间",
        "参加工作年月",
        "工作年月",
        "转正时间",
        "转正日期",
        "入党转正时间",
        "健康状况",
        "身体状况",
        "职称",
        "专业技术职务",
        "专业技术职称",
        "专业技术资格",
        "简历",
        "工作简历",
        "主要经历",
        "个人简历",
        "工作经历",
        "特长",
        "专业特长",
        "技能",
        "基本报酬",
        "月补贴",
        "年报酬",
        "报酬",
        "补贴",
        "补贴标准",
        "月补贴标准",
        "参保情况",
        "养老保险",
        "是否参加养老保险",
        "医疗保险",
        "银行卡号",
        "银行账号",
        "开户行",
        "卡号",
        "账号",
        "社保卡号",
        "一卡通账号",
        "邮编",
        "邮箱",
        "电子邮箱",
        "微信",
        "微信号",
        "QQ号",
        "照片",
        "相片",
        "年度考核",
        "考核等次",
        "民主测评",
        "奖惩情况",
        "干部来源",
        "来源",
        "人员来源",
        "是否享受补贴",
        "是否纪检委员",
        "是否退役军人",
        "是否大学生村干部",
        "是否新任",
        "是否连任",
        "是否致富带头人",
        "任职年限",
        "累计任职年限",
        "婚姻状况",
        "宗教信仰",
        "家庭主要成员",
        "家庭成员",
        "社会关系",
        "首次任职时间",
        "初任时间",
        "任村干部时间",
        "担任村干部时间",
        "换届时间",
        "届次",
        "县",
        "县区",
        "市",
        "省",
        "县市区",
        "组别",
        "房间号",
        "签到",
        "签名",
        "是否在职",
        "出生年份",
        "工龄",
        "党龄",
        "兼任职务",
        "其他职务",
        "兼职情况",
        "现从事职业",
        "现从事工作",
        "从事职业",
        "从事行业",
        "培养措施",
        "培养联系人",
        "联系人",
        "帮带人",
        "入库时间",
        "家庭电话",
        "办公电话",
        "紧急联系人",
        "紧急联系电话",
        "基本情况",
        "个人信息",
        "基本信息",
        "任职信息",
        "职务情况",
        "联系信息",
        "其他信息",
        "个人情况",
        "学历情况",
    ]
)
# A header with one of these speaks of somebody or something else than the row's person.
FOREIGN = re.compile(
    "联系人|培养人|帮带|家庭|家属|配偶|子女|父亲|母亲|导师|领导|监护|紧急|包村|挂钩|责任人|介绍人|证明人|填表|审核|法人|继任|前任|上任前|原任|拟任|户籍|居住|出生地|籍贯|老家"
)


def header_key(text):
    """A header without blanks, brackets and what is in them, punctuation and numbering; brackets alone keep their content."""
    text = NUMBERING.sub("", squeeze(as_text(text))[:LONGEST_HEADER])
    bare = PUNCTUATION.sub("", BRACKETS.sub("", text))
    return bare or PUNCTUATION.sub("", BRACKETS.sub(r"\1", text))


def header_hint(text):
    """What stands in the brackets of a header: a unit, a format, a list of values."""
    return " ".join(BRACKETS.findall(squeeze(as_text(text))[:LONGEST_HEADER]))


class HeaderWords:
    """All spellings of a roster's columns, to tell header rows from data rows."""

    def __init__(self, roster):
        self.exact = set(NOT_IMPORTED)
        self.endings = []
        for column in roster.columns:
            # 书记 or 党员 is a header only for the one who expects it; as a value it is everywhere.
            if column.by_values and column.kind.name in TICKED:
                continue
            self.exact.update(column.spellings)
            self.exact.update(column.unsure)
            self.endings.extend(spelling for spelling in column.spellings if len(spelling) >= 2)
        self.exact.difference_update(("党员", "书记"))
        known = "|".join(re.escape(word) for word in self.endings)
        self._partial = re.compile(f"(?:{known}).*|.*(?:{known})")
        self._weights = {}

    def weight(self, text):
        """1 for a known header, 0.6 for a text that ends or begins like one, 0 otherwise."""
        if text not in self._weights:
            self._weights[text] = self._weigh(header_key(text))
        return self._weights[text]

    def _weigh(self, key):
        if key in self.exact:
            return 1.0
        return 0.6 if 2 < len(key) <= 16 and self._partial.fullmatch(key) else 0.0
