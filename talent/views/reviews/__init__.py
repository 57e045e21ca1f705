"""Pages of the mid-term review: rounds, a village's sheet, carrying out, the county's summary."""

from talent.views.reviews.carrying import review_person
from talent.views.reviews.rounds import review_list, review_new, review_prepare, review_round, reviews
from talent.views.reviews.summary import review_report, review_summary, review_summary_list
from talent.views.reviews.village import review_return, review_sheet, review_sheets, review_village, review_visit

__all__ = [
    "review_list",
    "review_new",
    "review_person",
    "review_prepare",
    "review_report",
    "review_return",
    "review_round",
    "review_sheet",
    "review_sheets",
    "review_summary",
    "review_summary_list",
    "review_village",
    "review_visit",
    "reviews",
]
