"""What a county sets about the mid-term review (届中分析研判)."""

from core.parameters import parameter

REVIEWS = "届中研判"
BASIS = "县级研判方案（默认词表，可按本县方案改）"

TEAM_CLASSES = parameter(
    "review_team_classes", "班子等次", ("好", "较好", "一般", "差"), group=REVIEWS,
    basis="县级研判方案（也有用强、中、弱的）",
)  # fmt: skip
WEAK_CLASSES = parameter("review_weak_classes", "算作薄弱班子的等次", ("差", "弱"), group=REVIEWS, basis=BASIS)
GRADES = parameter(
    "review_grades", "干部评价等次", ("优秀", "称职", "基本称职", "不称职"), group=REVIEWS,
    basis="村干部年度考核等次；也有用胜任、基本胜任、不胜任的",
)  # fmt: skip
UNFIT_GRADES = parameter(
    "review_unfit_grades", "算作不胜任不尽职的等次", ("不称职", "不胜任"), group=REVIEWS, basis=BASIS
)
REASONS = parameter(
    "review_reasons", "调整撤换的原因",
    (
        "能力不适应", "长期不在岗", "不团结、内耗", "工作推诿、重点任务长期落后", "群众测评满意率低", "违纪违法", "年龄健康",
        "本人辞职", "外出", "亲属回避", "学历资格不符", "侵害群众利益",
    ),
    group=REVIEWS, basis=BASIS,
)  # fmt: skip
TEAM_PROBLEMS = parameter(
    "review_team_problems", "班子存在问题",
    (
        "书记空缺或不胜任", "班子不健全", "班子软弱涣散", "不团结、内耗", "干群关系紧张", "村务公开和民主管理不规范", "不按期开展组织生活",
        "连续两年以上没有发展对象", "集体经济薄弱", "重点任务长期落后", "历史遗留问题多", "信访突出", "宗族宗教干扰", "年龄学历结构不合理",
        "后备力量不足", "其他",
    ),
    group=REVIEWS, basis="软弱涣散村、难点村排查情形（县级可改）",
)  # fmt: skip
ADJUST_DAYS = parameter(
    "review_adjust_days", "审定后多少天内应办理调整", 60, group=REVIEWS, unit="天", low=1, high=365, basis=BASIS
)
