"""The words by which the migrations to a field of its own guessed once what somebody lives by; nothing else reads them."""

WORDS = (
    ("processing", ("加工", "酿造")),
    ("commerce", ("电商", "直播", "物流", "网店")),
    ("tourism", ("民宿", "农家乐", "旅游")),
    ("breeding", ("养殖", "养鸡", "养鸭", "养猪", "养羊", "养牛", "养蜂", "水产", "畜牧")),
    ("planting", ("种植", "栽培", "茶园", "果园", "果树", "蔬菜", "苗木", "水稻", "制种")),
    ("craft", ("手工", "竹编", "刺绣", "木雕", "非遗", "剪纸")),
    ("service", ("农机", "植保", "兽医", "家政", "维修")),
)


def guess(*texts):
    """The first kind of business that one of the texts speaks of, or ""."""
    said = "、".join(filter(None, texts))
    return next((kind for kind, words in WORDS if any(word in said for word in words)), "")
