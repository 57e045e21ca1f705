"""The prize of 2024 as its round went: recommended, examined, opinions, scores, publicity, decision, certificates; and the
reward fund that paid for it.

Drawn by itself, so that nothing else of the demo depends on it."""

import random
from decimal import Decimal

from awards import actions, reconciling
from awards.models import AwardJudge, AwardObjection, AwardRound, FundEntry, Nomination, RewardFund
from awards.parameters.awards import DEPARTMENTS
from config.demo import honours
from config.demo.county import day
from config.demo.places import COUNTY
from core import pdf
from core.models import User

YEAR = 2024
OPENS, CLOSES, EXAMINED, ANSWERED = day(2024, 10, 8), day(2024, 10, 31), day(2024, 11, 5), day(2024, 11, 15)
TAKEN_BACK = day(2024, 10, 24)
PUBLIC_FROM, OBJECTED, CLEARED = day(2024, 12, 2), day(2024, 12, 4), day(2024, 12, 6)
CERTIFIED, PAID, PAID_LATE = day(2024, 12, 23), day(2024, 12, 27), day(2025, 1, 15)
BONUSES = {"individual_bonus": 3000, "collective_bonus": 10_000}
WITH_FILES = 6
BASIS = "清委〔2024〕24号"
JUDGES = (
    "县委组织部 赵副部长", "县农业农村局 钱局长", "县委宣传部 孙副部长", "县财政局 李副局长", "县文化和旅游局 周副局长",
    "清源林场 吴场长", "县委党校 郑教授",
)  # fmt: skip


def hold(county, schemes, awarded):
    """The round of 2024 that ends in `awarded`: ([(person, village)], [village]), each with its category."""
    return _Round(county, schemes[0], awarded).run()


class _Round:
    def __init__(self, county, prize, awarded):
        self.county, self.prize, self.by = county, prize, county.by
        self.rng = random.Random(f"award round {YEAR}")
        winners, groups = awarded
        self.winners, self.groups = self._eligible(winners), self._eligible_villages(groups)

    def run(self):
        nominated = self._individuals() + self._collectives()
        held = self._open(nominated)
        for row in nominated:
            row.round = held
        rows = actions.nominate(nominated, by=self.by)
        self._files(rows[:WITH_FILES])
        self._anew([row for row in rows if row.person_id and not self._won(row)][-1])
        actions.examine(held, on=EXAMINED, by=self.by)
        standing = held.nominations.standing().select_related("person", "round__scheme", "village")
        rows = list(standing.order_by("township_id", "pk"))
        for department in DEPARTMENTS.value(ANSWERED):
            actions.give_opinions(
                rows, department=department, opinion="agreed", reason="", document_no="", given_on=ANSWERED, by=self.by
            )
        self._score(held, rows)
        self._decide(held, [row for row in rows if self._won(row)])
        return _Fund(self.by).run()

    def _eligible(self, winners):
        """The drawn winners; in place of one who had the prize within the years before stands a colleague who had not."""
        earlier = set(self.prize.awards.exclude(person=None).values_list("person_id", flat=True).order_by())
        taken = earlier | {person.pk for person, _, _ in winners}
        free = [one for one in self.county.serving("secretary", "deputy", "member") if one[0].pk not in taken]
        others = iter(self.rng.sample(free, len(winners)))
        found = []
        for person, village, category in winners:
            if person.pk in earlier:
                person, code = next(others)
                village = self.county.by_code[code]
            found.append((person, village, category))
        return found

    def _eligible_villages(self, groups):
        """The same of villages."""
        earlier = set(self.prize.awards.filter(person=None).values_list("village_id", flat=True).order_by())
        taken = earlier | {village.code for village, _ in groups}
        free = [village for village in self.county.villages if village.code not in taken]
        others = iter(self.rng.sample(free, len(groups)))
        return [(next(others) if village.code in earlier else village, category) for village, category in groups]

    def _won(self, row):
        people = {person.pk for person, _, _ in self.winners}
        return row.person_id in people or (
            not row.person_id and row.village_id in {place.code for place, _ in self.groups}
        )

    def _open(self, nominated):
        quotas = {}
        for row in nominated:
            pair = quotas.setdefault(row.township_id, [0, 0])
            pair[row.nominee_type == "collective"] += 1
        held = AwardRound(
            scheme=self.prize, year=YEAR, opens_on=OPENS, closes_on=CLOSES, document_no=f"清评组〔{YEAR}〕2号",
            individual_places=len(self.winners), collective_places=len(self.groups), honours="荣誉证书、奖牌", **BONUSES,
        )  # fmt: skip
        return actions.open_rounds([held], quotas=[{code: tuple(pair) for code, pair in quotas.items()}], by=self.by)[0]

    def _individuals(self):
        """The winners, two more of every township, and one who had the prize the year before."""
        chosen = {person.pk: (person, village, category) for person, village, category in self.winners}
        before = self.prize.awards.filter(year=YEAR - 1, person__isnull=False).select_related(
            "person", "village__township"
        )
        repeated = before.order_by("village_id", "pk").first()
        chosen.setdefault(repeated.person_id, (repeated.person, repeated.village, repeated.category))
        earlier = set(self.prize.awards.exclude(person=None).values_list("person_id", flat=True).order_by())
        for villages in self.county.townships():
            codes = {village.code for village in villages}
            here = [
                one
                for one in self.county.serving("secretary", "deputy")
                if one[1] in codes and one[0].pk not in earlier
            ]
            for person, code in self.rng.sample(here, honours.BESIDES):
                chosen.setdefault(person.pk, (person, self.county.by_code[code], self.rng.choice(honours.CATEGORIES)))
        return [
            Nomination(
                township_id=village.township_id, nominee_type="individual", person=person, village=village, category=category,
                unit=f"{village.township.name}{village.name}", achievements=self.rng.choice(honours.DEEDS),
            )
            for person, village, category in chosen.values()
        ]  # fmt: skip

    def _collectives(self):
        """The winning villages and one more of every township."""
        chosen = {village.code: (village, category) for village, category in self.groups}
        for villages in self.county.townships():
            village = self.rng.choice(villages)
            chosen.setdefault(village.code, (village, self.rng.choice(honours.CATEGORIES)))
        return [
            Nomination(
                township_id=village.township_id, nominee_type="collective", village=village, collective=village.name,
                category=category, member_count=self.rng.randint(12, 60), achievements=self.rng.choice(honours.DEEDS),
            )
            for village, category in chosen.values()
        ]  # fmt: skip

    def _anew(self, row):
        """Taken back for want of deeds and nominated again with more of them."""
        actions.withdraw_nomination(row, on=TAKEN_BACK, reason="事迹材料过于简单，补充后重新推荐", by=self.by)
        names = ("round", "township_id", "nominee_type", "person", "village", "category", "unit")
        again = Nomination(**{name: getattr(row, name) for name in names})
        again.achievements = f"{row.achievements}近三年没有发生信访事项，村集体收入逐年增长。"
        actions.nominate([again], by=self.by)

    def _files(self, rows):
        for row in rows:
            page = pdf.Page("主要事迹")
            page.centred(90, f"{row.nominee}主要事迹", 26, pdf.HEI)
            page.paragraph(80, 150, row.achievements, 18, across=680, leading=34)
            actions.attach(row, filename="主要事迹.pdf", content=page.bytes(), on=CLOSES, by=self.by)

    def _score(self, held, rows):
        """Seven judges; one comes from the village of a nominee and stands aside there."""
        standing = [row for row in rows if row.eligibility == Nomination.Eligibility.PASSED]
        home = next(row.village for row in standing if row.person_id and not self._won(row))
        judges = [
            AwardJudge(round=held, name=name, unit=unit, village=home if number == 0 else None)
            for number, (unit, name) in enumerate(one.split() for one in JUDGES)
        ]
        level = {
            row.pk: self.rng.randint(880, 940) if self._won(row) else self.rng.randint(740, 840) for row in standing
        }
        for judge in actions.appoint_judges(judges, by=self.by):
            given = {}
            for row in standing:
                points = Decimal(level[row.pk] + self.rng.randint(-15, 15)) / 10
                near = judge.village_id is not None and row.place_id == judge.village_id
                given[row] = (None if near else points, "")
            actions.give_scores(judge, given, by=self.by)

    def _decide(self, held, winners):
        chosen = {row.pk for row in winners}
        told = {"place": "县政府门户网站、各乡镇政务公开栏", "contact": "县委组织部组织二股 0599-0000000"}
        actions.publicise(held, chosen, on=PUBLIC_FROM, by=self.by, **told)
        doubted = winners[0]
        objection = actions.object_to(
            AwardObjection(nomination=doubted, received_on=OBJECTED, channel="anonymous", content="反映带动就业的户数有出入。"),
            by=self.by,
        )  # fmt: skip
        objection.finding, objection.closed_on = AwardObjection.Finding.REFUSED, CLEARED
        objection.handling = "经核对务工台账和入户走访，带动户数属实。"
        actions.answer_objection(objection, by=self.by)
        given = actions.decide(held, chosen, on=honours.awarded_on(YEAR), document_no=BASIS, by=self.by)
        actions.certify(given, on=CERTIFIED, by=self.by)


class _Fund:
    """Income of two years, and the bonuses of the round: all but one collective's before the year's end."""

    def __init__(self, by):
        self.by, self.checker = by, User.objects.get(username="sun")

    def run(self):
        self.fund = actions.set_up_fund(
            RewardFund(division_id=COUNTY[0], name="清源县乡村振兴专项奖励基金", document_no="清委常〔2021〕9号"),
            by=self.by,
        )
        for year, amount in ((2024, 120_000), (2025, 120_000), (2026, 150_000)):
            actions.set_budget(self.fund, year=year, amount=amount, document_no=f"清财预〔{year}〕6号", by=self.by)
        self._receive(day(2024, 2, 26), 100_000, "县财政局", "清财农〔2024〕11号")
        self._receive(day(2024, 6, 18), 50_000, "清源县商会", "捐赠协议（2024年6月）")
        self._receive(day(2025, 3, 3), 100_000, "县财政局", "清财农〔2025〕8号")
        open_ones = [one for one in reconciling.accounts(COUNTY[0], PAID) if one.open > 0]
        late = next(one for one in open_ones if not one.award.person_id)
        self._pay([one for one in open_ones if one is not late], PAID)
        self._medals(PAID, 15 * 120)
        self._pay([late], PAID_LATE)
        return self.fund

    def _receive(self, on, amount, party, basis):
        entry = FundEntry(fund=self.fund, kind="income", on=on, amount=amount, party=party, basis=basis)
        actions.receive(entry, by=self.by)

    def _pay(self, accounts, on):
        self._book(
            [
                FundEntry(
                    fund=self.fund, award=one.award, amount=one.open, form=FundEntry.Form.BONUS, on=on, basis=BASIS,
                    party=one.award.winner,
                )
                for one in accounts
            ], on,
        )  # fmt: skip

    def _medals(self, on, amount):
        told = {"party": "清源工艺美术厂", "basis": "奖牌证书采购合同", "form": FundEntry.Form.HONOUR}
        self._book([FundEntry(fund=self.fund, amount=amount, on=on, **told)], on)

    def _book(self, entries, on):
        for entry in actions.ask_payments(entries, by=self.by):
            actions.check_entry(entry, accept=True, on=on, note="", by=self.checker)
