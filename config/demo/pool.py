"""The reserve pool over the years: five places a village, open recruitment, people leaving."""

from config.demo.county import day
from talent import actions
from talent.models import ReserveCandidate

SECRETARY_SLOTS, OTHER_SLOTS = ("s1", "s2"), ("o1", "o2", "o3")
SLOTS = SECRETARY_SLOTS + OTHER_SLOTS
EXTRA = "o4"  # a sixth candidate, beyond the need
NOMINATED, RECRUITED = ReserveCandidate.Kind.NOMINATED, ReserveCandidate.Kind.RECRUITED
SOURCES = ("prosperous_household", "returning_youth", "veteran", "migrant_returnee", "graduate", "cooperative_leader")
MENTORS = ("党委组织委员", "党委副书记", "副乡镇长", "驻村领导", "党建办主任")
OPENED = day(2021, 6, 30)


class Pool:
    def __init__(self, county, teams):
        self.county, self.teams = county, teams
        codes = [village.code for village in county.villages]
        self.mixed = county.rng.sample(codes, len(codes))

    def open(self):
        """The first pool, with gaps: twenty villages lack another cadre's candidate, fifteen a secretary's."""
        missing = {(code, "o3") for code in self.mixed[:20]} | {(code, "s2") for code in self.mixed[11:26]}
        slots = [(village.code, slot) for village in self.county.villages for slot in SLOTS]
        self._enter([slot for slot in slots if slot not in missing], OPENED, NOMINATED)

    def recruit(self, on, count, beyond):
        """Open recruitment: `count` people, `beyond` of them on top of the need, the others into gaps."""
        gaps = [(code, slot) for code in self.mixed for slot in OTHER_SLOTS if (code, slot) not in self.county.pool]
        extra = [(code, EXTRA) for code in reversed(self.mixed) if (code, EXTRA) not in self.county.pool]
        self._enter([*gaps[: count - beyond], *extra[:beyond]], on, RECRUITED)

    def top_up(self, on, but=0):
        """Nominate for every gap; `but` villages keep one."""
        gaps = [
            (village.code, slot)
            for village in self.county.villages
            for slot in SLOTS
            if (village.code, slot) not in self.county.pool
        ]
        kept = set(list(dict(gaps).items())[:but])
        self._enter([slot for slot in gaps if slot not in kept], on, NOMINATED)

    def leave(self, on, reason, count, kind=NOMINATED):
        """`count` people of this kind leave, each in another village."""
        leaving = {}
        for slot, place in sorted(self.county.pool.items()):
            if place.kind == kind and slot[1] != EXTRA:
                leaving.setdefault(slot[0], slot)
        chosen = self.county.rng.sample(sorted(leaving.values()), count)
        places = [self.county.pool.pop(slot) for slot in sorted(chosen)]
        actions.leave_pool(places, on=on, reason=reason, by=self.county.by)

    def _enter(self, slots, on, kind):
        people = [self._candidate(code, slot, on, kind) for code, slot in slots]
        self.county.save(people)
        places = [
            ReserveCandidate(
                person=person, village=self.county.by_code[code], kind=kind, start=on, mentor=self.county.rng.choice(MENTORS),
                target="secretary" if slot in SECRETARY_SLOTS else "other",
                source="graduate" if kind == RECRUITED else self.county.rng.choice(SOURCES),
            )
            for person, (code, slot) in zip(people, slots, strict=True)
        ]  # fmt: skip
        for slot, place in zip(slots, actions.enter_pool(places, by=self.county.by), strict=True):
            self.county.pool[slot] = place

    def _candidate(self, code, slot, on, kind):
        young, old = (22, 30) if kind == RECRUITED else (23, 43)
        rng = self.county.rng
        college = kind == RECRUITED or slot in SECRETARY_SLOTS or rng.random() < 0.35
        level = (
            rng.choice(("junior_college", "bachelor"))
            if college
            else rng.choice(("senior_middle", "secondary_vocational"))
        )
        return self.county.humans.draw(
            self.county.by_code[code], born=(on.year - old, on.year - young - (1 if college else 0)),
            member=slot in SECRETARY_SLOTS or rng.random() < 0.4, level=level, joined_by=on,
        )  # fmt: skip
