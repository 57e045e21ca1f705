"""People sent into the villages: three a village, in rounds of two to three years."""

from config.demo.county import DAY
from talent import actions
from talent.models import Stationing

ROLES = (Stationing.Role.FIRST_SECRETARY, Stationing.Role.TEAM_MEMBER, Stationing.Role.TEAM_MEMBER)
UNITS = (
    "县委组织部", "县农业农村局", "县财政局", "县自然资源局", "县教育局", "县水利局", "县林业局", "县文化和旅游局", "县卫生健康局",
    "县交通运输局", "县民政局", "县税务局", "县市场监督管理局", "县融媒体中心", "县供销合作社",
)  # fmt: skip
POSTS = ("副主任科员", "科员", "股长", "副局长", "办公室主任", "工程师")


class Stationed:
    def __init__(self, county):
        self.county = county

    def send(self, on, small=0):
        """A round in every village without one; the first `small` villages get two people instead of three."""
        places = [
            (village, number)
            for order, village in enumerate(self._empty())
            for number in range(2 if order < small else 3)
        ]
        people = [self._sent(village, number, on) for village, number in places]
        self.county.save(people)
        stays = [self._stay(person, *place, on) for person, place in zip(people, places, strict=True)]
        for (village, number), stay in zip(places, actions.station(stays, by=self.county.by), strict=True):
            self.county.stays[village.code, number] = stay

    def withdraw(self, on, but=0):
        """Everybody's last day, but for the first `but` villages, where the team stays longer."""
        kept = {village.code for village in self.county.villages[:but]}
        gone = [seat for seat in sorted(self.county.stays) if seat[0] not in kept]
        stays = [self.county.stays.pop(seat) for seat in gone]
        actions.withdraw(stays, on=on, kind=Stationing.EndKind.ROTATED, reason="期满轮换", by=self.county.by)

    def rotate(self, on, *, but=0, small=0):
        self.withdraw(on - DAY, but)
        self.send(on, small)

    def serving(self):
        """(Person, village code) of everybody now in a village."""
        return [(stay.person, code) for (code, _), stay in sorted(self.county.stays.items())]

    def _empty(self):
        return [village for village in self.county.villages if (village.code, 0) not in self.county.stays]

    def _sent(self, village, number, on):
        born = (on.year - 48, on.year - 32) if number == 0 else (on.year - 45, on.year - 25)
        level = self.county.rng.choice(("junior_college", "bachelor", "bachelor"))
        return self.county.humans.draw(
            village, born=born, member=number == 0 or self.county.rng.random() < 0.6, level=level, joined_by=on
        )

    def _stay(self, person, village, number, on):
        rng = self.county.rng
        return Stationing(
            person=person, village=village, role=ROLES[number], dispatch_unit=rng.choice(UNITS),
            unit_level=Stationing.UnitLevel.COUNTY, original_post=rng.choice(POSTS), start=on,
        )  # fmt: skip
