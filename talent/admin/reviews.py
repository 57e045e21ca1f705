"""Admin lists of the mid-term review: rounds are set here too, all else is written on the review's own pages."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from core.admin import ChoiceFilter, LookedUpAdmin, RelatedFilter, ScopedAdmin, TownshipFilter
from talent.models import Adjustment, PersonReview, ReviewRound, ReviewVisit, TeamReview


@admin.register(ReviewRound)
class ReviewRoundAdmin(ScopedAdmin):
    roster = "review_rounds"
    list_display = ("name", "division", "as_of", "opens", "closes", "document_no")
    list_select_related = ("division",)
    search_fields = ("name", "document_no")
    ordering = ("-opens", "-pk")
    fields = ("name", "division", "as_of", "opens", "closes", "document_no", "remarks")
    empty = "还没有研判轮次。在“届中研判”里发起。"

    def has_add_permission(self, request):
        """A round begins with the sheets of all its villages: see the page 发起研判."""
        return False


@admin.register(TeamReview)
class TeamReviewAdmin(LookedUpAdmin):
    list_display = ("sheet", "village", "round", "status", "team_class", "satisfaction_text", "decided_on")
    list_filter = (("round", RelatedFilter), ("status", ChoiceFilter), TownshipFilter)
    list_select_related = ("round", "village")
    ordering = ("-round__opens", "village_id", "pk")
    empty = "还没有研判表。在“届中研判”里发起一轮。"

    @admin.display(description="研判表")
    def sheet(self, row):
        return format_html('<a href="{}">打开</a>', reverse("review_village", args=[row.pk]))

    @admin.display(description="满意率")
    def satisfaction_text(self, row):
        return row.satisfaction


@admin.register(PersonReview)
class PersonReviewAdmin(LookedUpAdmin):
    list_display = ("person", "village", "round", "grade", "proposal", "reason")
    list_filter = (("team__round", RelatedFilter), ("proposal", ChoiceFilter), TownshipFilter)
    list_select_related = ("person", "team__village", "team__round")
    ordering = ("-team__round__opens", "team__village_id", "pk")
    empty = "还没有干部研判。在“届中研判”里发起一轮。"

    @admin.display(description="村", ordering="team__village_id")
    def village(self, row):
        return row.team.village.name

    @admin.display(description="轮次", ordering="team__round_id")
    def round(self, row):
        return row.team.round.name


@admin.register(ReviewVisit)
class ReviewVisitAdmin(LookedUpAdmin):
    list_display = ("on", "village", "way", "visitors", "talked")
    list_filter = (("team__round", RelatedFilter), ("way", ChoiceFilter), TownshipFilter)
    list_select_related = ("team__village", "team__round")
    ordering = ("-on", "pk")
    empty = "还没有走访记录。在村的研判表里登记。"

    @admin.display(description="村", ordering="team__village_id")
    def village(self, row):
        return row.team.village.name


@admin.register(Adjustment)
class AdjustmentAdmin(LookedUpAdmin):
    list_display = ("review_text", "part", "appointment", "day")
    list_filter = (("review__team__round", RelatedFilter), ("part", ChoiceFilter), TownshipFilter)
    list_select_related = (
        "review__person", "review__team__village", "review__team__round", "appointment__person", "appointment__village",
    )  # fmt: skip
    ordering = ("-pk",)
    empty = "还没有按研判结论办理的调整。在村的研判表里办理。"

    @admin.display(description="研判")
    def review_text(self, row):
        return f"{row.review.team.round.name} {row.review.person.name}"

    @admin.display(description="日期")
    def day(self, row):
        return row.appointment.end if row.part == Adjustment.Part.ENDED else row.appointment.start
