"""Two surveys of needs, 2025 and 2026, and what became of each need: some met, some on the way, some nobody wants."""

import datetime
import random

from config.demo.county import day
from config.demo.places import COUNTY
from core.writes import create_rows
from talent import actions, matching
from talent.models import Demand, DemandRound, DemandVisit

# post, class, sub-class, skills, manner, terms
WANTED = (
    ("茶叶加工技术员", "production", "farmer", "茶叶加工、评茶", "flexible", "食宿由村里负责，按次补助"),
    ("食用菌技术指导", "production", "farmer", "食用菌、大棚", "guidance", "每次补助 300 元"),
    ("稻渔种养技术员", "production", "farm_leader", "水稻、水产", "guidance", "项目经费列支"),
    ("电商直播运营", "industry", "e_commerce", "直播、短视频、摄影", "full_time", "月薪 4500 元加提成"),
    ("网店美工", "industry", "e_commerce", "摄影、网店运营", "flexible", "按件计酬"),
    ("竹编产品设计", "industry", "craftsman", "竹编、设计", "flexible", "保底 2000 元"),
    ("植保无人机操作手", "industry", "craftsman", "无人机植保", "flexible", "按亩计酬"),
    ("康复护理指导", "service", "health", "康复、健康管理", "guidance", "卫生院统筹"),
    ("民宿管家", "service", "culture", "民宿、接待", "full_time", "月薪 4000 元，包食宿"),
    ("村庄规划师", "service", "planning", "规划、测绘", "guidance", "课题经费"),
    ("法律顾问", "governance", "law", "法律咨询、调解", "guidance", "县司法局统一安排"),
    ("合作社会计", "governance", "management", "记账", "flexible", "每月 1500 元"),
)  # fmt: skip
ROUNDS = (
    # year, needs, opened, closes, how likely each step is taken: invited, accepted, agreed, arrived
    (2025, 27, day(2025, 3, 3), day(2025, 3, 31), (0.95, 0.72, 0.85, 0.92)),
    (2026, 34, day(2026, 3, 2), day(2026, 12, 31), (0.85, 0.65, 0.7, 0.6)),
)
REFUSALS = ("家里走不开", "已经在外地签了合同", "路太远", "待遇谈不拢")
DONE = ("现场看长势，讲修剪", "带着村民做了一遍", "开了半天培训班", "查了病虫害，开了方子", "帮着调试设备")
SHARE_OF_ENTERPRISES, SHARE_OF_TOWNSHIPS = 0.3, 0.08


def fill(county):
    rng = random.Random("人才需求调查和供需对接")  # its own: what others draw stays as it was
    for year, count, opened, closes, chances in ROUNDS:
        held = DemandRound(
            division_id=COUNTY[0], year=year, name=f"{year} 年度乡村人才需求调查", opens_on=opened, closes_on=closes,
            document_no=f"清组通〔{year}〕8号",
        )  # fmt: skip
        create_rows([held], by=county.by)
        _survey(county, held, count, chances, rng)


def _survey(county, held, count, chances, rng):
    villages = rng.sample(county.villages, count)
    needs = [_need(held, village, rng) for village in villages]
    actions.state_demands(needs, by=county.by)
    published = [need for number, need in enumerate(needs) if held.year == 2025 or number % 8]
    actions.publish_demands(published, on=day(held.year, 4, 1), by=county.by)
    for need in published:
        _bring_together(county, need, chances, rng)
    if held.year == 2025:
        _close(county, needs)


def _need(held, village, rng):
    post, one, sub, skills, manner, terms = rng.choice(WANTED)
    drawn = rng.random()
    asker = "enterprise" if drawn < SHARE_OF_ENTERPRISES else "village"
    asker = "township" if drawn > 1 - SHARE_OF_TOWNSHIPS else asker
    name = village.name.removesuffix("村").removesuffix("社区")
    return Demand(
        round=held, township_id=village.township_id, village=None if asker == "township" else village, asker=asker,
        unit=f"清源县{name}农产品专业合作社" if asker == "enterprise" else "", post=post, talent_class=one, sub_class=sub,
        skills=skills, number=rng.choice((1, 1, 1, 2)), manner=manner, terms=terms, start=day(held.year, 4, 1),
        end=day(held.year, rng.choice((10, 12)), 31), contact="村文书" if asker == "village" else "办公室",
        phone=f"1990123{rng.randrange(10_000):04d}", stated_on=day(held.year, 3, rng.randint(5, 28)),
    )  # fmt: skip


def _bring_together(county, need, chances, rng):
    """Propose the best, and let each go as far as the dice say."""
    on = day(need.round.year, 4, 10)
    best = matching.proposals(need, county.by, on)[: need.number + rng.randint(0, 2)]
    came = 0
    for match in actions.propose(need, best, on=on, by=county.by):
        if came >= need.number:
            break
        came += _go(county, match, chances, rng)


def _go(county, match, chances, rng):
    """1 when the person came."""
    on, by = match.proposed_on, county.by
    invited, accepted, agreed, arrived = (rng.random() < chance for chance in chances)
    delays = [datetime.timedelta(days=rng.randint(3, 20)) for _ in range(4)]
    if not invited:
        return 0
    actions.take_step([match], "invite", on=on + delays[0], by=by)
    if not accepted:
        actions.take_step(
            [match], "decline", on=on + delays[0] + delays[1], said=rng.choice(REFUSALS), by=by
        )  # fmt: skip
        return 0
    actions.take_step([match], "accept", on=on + delays[0] + delays[1], by=by)
    if not agreed:
        return 0
    actions.take_step([match], "agree", on=on + sum(delays[:3], datetime.timedelta()), by=by)
    if not arrived:
        return 0
    came_on = on + sum(delays, datetime.timedelta())
    actions.take_step([match], "arrive", on=came_on, by=by)
    _serve(match, came_on, rng, by)
    if match.demand.round.year == 2025 or rng.random() < 0.4:
        grade = rng.choice(("good", "good", "good", "fair", "poor"))
        actions.take_step([match], "evaluate", on=day(came_on.year, 10, 20), said=grade, by=by)
    if match.demand.round.year == 2025:
        actions.take_step([match], "end", on=day(2025, 12, 31), said="服务期满", by=by)
    return 1


def _serve(match, came_on, rng, by):
    if match.demand.manner == "full_time":
        return
    days = [came_on + datetime.timedelta(days=rng.randint(0, 120)) for _ in range(rng.randint(1, 4))]
    visits = [
        DemandVisit(match=match, visited_on=on, days=rng.choice((0.5, 1, 1, 2)), done=rng.choice(DONE))
        for on in sorted(days)
    ]
    actions.record_demand_visits(visits, by=by)


def _close(county, needs):
    """At the end of 2025: what nobody came for has expired; one was taken back before."""
    on = day(2025, 12, 31)
    still = list(Demand.objects.open(on).filter(pk__in=[need.pk for need in needs]).order_by("pk"))
    actions.close_demands(still[:1], on=day(2025, 9, 1), reason=Demand.CloseReason.WITHDRAWN, by=county.by)
    actions.close_demands(still[1:], on=on, reason=Demand.CloseReason.EXPIRED, by=county.by)
