"""The county's summary of a round: counted once, shown on the page, in the workbook and in the Word report."""

from collections import Counter
from dataclasses import dataclass

from talent.actions.reviews import posts_said
from talent.models import Adjustment, PersonReview, TeamReview
from talent.parameters.reviews import GRADES, REASONS, TEAM_CLASSES, WEAK_CLASSES
from talent.views.reviews.access import on_date

Proposal, Part = PersonReview.Proposal, Adjustment.Part


@dataclass(frozen=True)
class Adjusted:
    """Somebody who left a post because of the review."""

    review: PersonReview
    posts: str
    on: object
    document_no: str
    successor: str


@dataclass(frozen=True)
class Summary:
    """Sheets, judgements and adjustments of a round in a division; only what the county had decided by the date is counted."""

    teams: list
    people: list
    adjusted: list
    classes: tuple
    grades: tuple
    reasons: tuple
    weak: tuple

    @property
    def decided(self):
        return [team for team in self.teams if team.is_decided]

    @property
    def waiting(self):
        """Who is to go by the decision and has not gone."""
        gone = {one.review.pk for one in self.adjusted}
        return [row for row in self.people if row.proposal == Proposal.ADJUST and row.pk not in gone]

    @property
    def weak_teams(self):
        return [team for team in self.decided if team.team_class in self.weak]

    def by_township(self):
        """[(township, Summary of it)] in order of code."""
        townships = {team.village.township_id: team.village.township for team in self.teams}
        return [(township, self.within(code)) for code, township in sorted(townships.items())]

    def within(self, code):
        """The same of one township."""
        return Summary(
            [team for team in self.teams if team.village.township_id == code],
            [row for row in self.people if row.team.village.township_id == code],
            [one for one in self.adjusted if one.review.team.village.township_id == code],
            self.classes, self.grades, self.reasons, self.weak,
        )  # fmt: skip

    def of_classes(self):
        """How many decided teams have each class, in the order of `classes`."""
        return _counted([team.team_class for team in self.decided], self.classes)

    def of_grades(self):
        return _counted([row.grade for row in self.people], self.grades)

    def of_proposals(self):
        return _counted([row.proposal for row in self.people], Proposal.values)

    def by_reason(self):
        """[(reason, adjusted, still to go)] of the reasons that occur, the most frequent first."""
        gone, open_ones = (
            Counter(row.reason for row in rows) for rows in ([a.review for a in self.adjusted], self.waiting)
        )
        order = {word: place for place, word in enumerate(self.reasons)}
        found = sorted(gone.keys() | open_ones.keys(), key=lambda word: (-gone[word], -open_ones[word], order[word]))
        return [(word, gone[word], open_ones[word]) for word in found]


def _counted(values, words):
    counts = Counter(values)
    return [counts[word] for word in words]


def summary(user, held, on):
    """The Summary of the user's part of a round, with what had been decided and carried out by `on`. Four queries."""
    teams = TeamReview.objects.visible_to(user).filter(round=held).select_related("village__township")
    teams = on_date(list(teams.order_by("village_id")), on)
    decided = {team.pk: team for team in teams if team.is_decided}
    people = list(
        PersonReview.objects.filter(team__in=decided).select_related("person").order_by("team__village_id", "pk")
    )
    for row in people:
        row.team = decided[row.team_id]
    words = [one.value(held.opens) for one in (TEAM_CLASSES, GRADES, REASONS, WEAK_CLASSES)]
    classes = known(words[0], (team.team_class for team in decided.values()))
    grades = known(words[1], (row.grade for row in people))
    reasons = known(words[2], (row.reason for row in people))
    return Summary(teams, people, _adjusted(people, on), classes, grades, reasons, words[3])


def known(words, used):
    """The county's words, then those in use that are no longer among them."""
    return (*words, *sorted({word for word in used if word} - set(words)))


def _adjusted(people, on):
    rows = Adjustment.objects.filter(review__in=people).select_related("appointment__person").order_by("pk")
    ended, successors = {}, {}
    for row in rows:
        if row.part == Part.ENDED and row.appointment.end <= on:
            ended.setdefault(row.review_id, []).append(row.appointment)
        elif row.part == Part.SUCCESSOR:
            successors[row.review_id] = row.appointment.person.name
    return [_gone(row, ended[row.pk], successors.get(row.pk, "")) for row in people if row.pk in ended]


def _gone(review, seats, successor):
    last = max(seats, key=lambda seat: seat.end)
    return Adjusted(review, posts_said(seats), last.end, last.end_document_no, successor)
