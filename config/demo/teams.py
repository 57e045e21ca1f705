"""Village teams over three terms: elections, the mid-term review, “一肩挑” village by village."""

from config.demo.county import DAY, day
from talent import actions
from talent.models import Appointment, EndReason, How, Post

# Role → posts. The four of the two committees and the director of the supervision committee.
ROLES = {
    "secretary": (Post.PARTY_SECRETARY, Post.VILLAGE_DIRECTOR),
    "deputy": (Post.PARTY_DEPUTY_SECRETARY,),
    "member": (Post.PARTY_COMMITTEE_MEMBER, Post.VILLAGE_COMMITTEE_MEMBER),
    "woman": (Post.VILLAGE_COMMITTEE_MEMBER,),
    "supervisor": (Post.SUPERVISION_DIRECTOR,),
}
CADRES = ("secretary", "deputy", "member", "woman")
# Where secretary and director are two people, the deputy is the director.
SPLIT_ROLES = ROLES | {
    "secretary": (Post.PARTY_SECRETARY,),
    "deputy": (Post.PARTY_DEPUTY_SECRETARY, Post.VILLAGE_DIRECTOR),
}
# Ages when elected, and how likely a holder is elected again.
AGES = {"secretary": (34, 55), "deputy": (26, 46), "member": (23, 47), "woman": (22, 41), "supervisor": (40, 60)}
AGAIN = {"secretary": 0.74, "deputy": 0.64, "member": 0.5, "woman": 0.52, "supervisor": 0.6}
OLDEST = 59

# Mid-term review 2023–24: last day in office, and the roles that were changed (17 people in 17 villages).
REVIEW = (
    (day(2023, 10, 25), ("secretary", "member", "member", "woman", "member")),
    (day(2023, 11, 20), ("member", "woman", "member", "deputy")),
    (day(2023, 12, 15), ("secretary", "member", "member")),
    (day(2024, 3, 20), ("member", "woman", "secretary")),
    (day(2024, 5, 16), ("member", "woman")),
)
REVIEW_2026 = ((day(2026, 9, 10), ("member", "woman")),)
# Others who left between elections: last day, reason, role.
DEPARTURES = (
    (day(2022, 6, 30), EndReason.RESIGNED, ("member", "woman", "woman", "supervisor")),
    (day(2025, 3, 14), EndReason.RETIRED, ("supervisor", "member")),
    (day(2025, 8, 20), EndReason.TRANSFERRED, ("woman", "deputy")),
)
MERGED_2023, MERGED_2024 = (day(2023, 8, 18), 4), (day(2024, 5, 10), 3)


class Teams:
    """Runs the elections and changes of the county's teams, date by date (see history.py)."""

    def __init__(self, county):
        self.county = county
        codes = [village.code for village in county.villages]
        mixed = county.rng.sample(codes, len(codes))
        # Six villages without a college graduate on the team (four of them only until 2026), nine that get one in 2024.
        self.without, self.late = set(mixed[:6]), set(mixed[6:15])
        self.without_for_good = set(mixed[:2])
        self.split = mixed[15 : 15 + MERGED_2023[1] + MERGED_2024[1]]
        self.vacant = next(village.code for village in county.villages if village.name == "下坪村")
        self.without_number = 0
        # Villages where people leave between elections, one after the other.
        self.changing = [code for code in mixed[15 + len(self.split) :] if code != self.vacant]

    def elect(self, term, first_day, split):
        """A new term: township after township elects on its own day; `split` are villages with two heads."""
        for number, villages in enumerate(self.county.townships()):
            on = first_day + number * DAY
            seats = [(village.code, role) for village in villages for role in ROLES]
            again = {seat: self.county.holders[seat] for seat in seats if self._stays(seat, on)}
            before = [seat for seat in seats if seat in self.county.holders]
            self.county.dismiss([seat for seat in before if seat in again], on=on - DAY, reason="")
            self.county.dismiss([seat for seat in before if seat not in again], on=on - DAY, reason=EndReason.TERM_END)
            people = {seat: again.get(seat) or self._newcomer(seat, on, promote=0.4) for seat in seats}
            posts = {seat: (SPLIT_ROLES if seat[0] in split else ROLES)[seat[1]] for seat in seats}
            chosen = {seat: (people[seat], posts[seat]) for seat in seats}
            self.county.appoint(
                chosen, on=on, term=term, how=How.ELECTED, document_no=f"清组〔{on.year}〕{10 + number}号"
            )

    def merge_heads(self, on, codes):
        """The secretary takes over as director: 一肩挑."""
        county, term = self.county, self.county.terms[1]
        ended = [self._director_post(code) for code in codes]
        actions.end_appointments(ended, on=on, reason=EndReason.CHANGED, by=county.by)
        taken = [
            Appointment(
                person=county.holders[code, "secretary"], village=county.by_code[code], post=Post.VILLAGE_DIRECTOR,
                start=on + DAY, how=How.BY_ELECTION, term=term,
            )
            for code in codes
        ]  # fmt: skip
        for row in actions.appoint(taken, by=county.by):
            county.posts[row.village_id, "secretary"].append(row)

    def replace(self, on, reason, roles, term):
        """One person of each role leaves, each in another village, and somebody else follows the next day."""
        codes = sorted(self.changing.pop() for _ in roles)
        seats = list(zip(codes, roles, strict=True))
        document = f"清委组〔{on.year}〕{on.month * 3}号"
        self.county.dismiss(seats, on=on, reason=reason, document_no=document)
        chosen = {seat: (self._newcomer(seat, on + DAY, promote=0.6), ROLES[seat[1]]) for seat in seats}
        self.county.appoint(chosen, on=on + DAY, term=term, how=How.BY_ELECTION, document_no=document)

    def leave_vacant(self, on):
        """The secretary of one village is transferred and nobody follows yet."""
        self.county.dismiss(
            [(self.vacant, "secretary")], on=on, reason=EndReason.TRANSFERRED, document_no="清委组〔2026〕24号"
        )

    def _stays(self, seat, on):
        holder = self.county.holders.get(seat)
        if holder is None or holder.age(on) > OLDEST:
            return False
        return self._is_anchor(seat) or self.county.rng.random() < AGAIN[seat[1]]

    def _is_anchor(self, seat):
        """The deputies who are, or are to become, the village's college graduate stay on."""
        return seat[1] == "deputy" and seat[0] in self.without | self.late and bool(self.county.holders.get(seat))

    def _newcomer(self, seat, on, *, promote):
        """Somebody from the village's pool with the chance `promote`, else somebody new."""
        code, role = seat
        if code not in self.without | self.late and role != "supervisor" and self.county.rng.random() < promote:
            candidate = self._from_pool(code, role)
            if candidate is not None:
                return candidate
        return self._drawn(seat, on)

    def _from_pool(self, code, role):
        """A nominated candidate for the role who could take the party post, men and women as the role needs."""
        wanted = ("s1", "s2") if role in {"secretary", "deputy"} else ("o1", "o2", "o3")
        for slot in wanted:
            place = self.county.pool.get((code, slot))
            if place is None or place.kind != place.Kind.NOMINATED:
                continue
            person = place.person
            suits = person.sex == "female" if role == "woman" else bool(person.party_joined)
            graduate = role != "deputy" or person.pk in self.county.graduates
            if suits and graduate:
                self.county.pool.pop((code, slot))
                return person
        return None

    def _drawn(self, seat, on):
        code, role = seat
        youngest, oldest = (
            AGES[role] if code not in self.without | self.late else (28, 44)
        )  # who studies stays for years
        member = role != "woman" or self.county.rng.random() < 0.5
        return self.county.humans.draw(
            self.county.by_code[code], born=(on.year - oldest, on.year - youngest), sex=self._sex(role), member=member,
            level=self._level(seat), joined_by=on, with_id=not self._unnumbered(role, on),
        )  # fmt: skip

    def _unnumbered(self, role, on):
        """Two supervisors of 2026 came without an ID number: something for the checks to find."""
        if role != "supervisor" or on.year != 2026 or self.without_number == 2:
            return False
        self.without_number += 1
        return True

    def _sex(self, role):
        return "female" if role == "woman" else ("male" if self.county.rng.random() < 0.86 else "female")

    def _level(self, seat):
        """The deputy is the college graduate of most villages; in the fifteen others nobody is one, or only by study."""
        rng = self.county.rng
        if seat[0] in self.without | self.late:
            return rng.choice(("junior_middle", "senior_middle", "secondary_vocational"))
        if seat[1] == "deputy" or rng.random() < 0.3:
            return rng.choice(("junior_college", "junior_college", "bachelor"))
        return rng.choice(("junior_middle", "senior_middle", "senior_middle", "secondary_vocational"))

    def _director_post(self, code):
        posts = self.county.posts[code, "deputy"]
        found = next(row for row in posts if row.post == Post.VILLAGE_DIRECTOR)
        posts.remove(found)
        return found
