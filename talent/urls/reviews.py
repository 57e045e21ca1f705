"""Addresses of mid-term reviews (届中分析研判)."""

from django.urls import path

from talent.views import reviews

urlpatterns = [
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/new/", reviews.review_new, name="review_new"),
    path("reviews/<int:pk>/", reviews.review_round, name="review_round"),
    path("reviews/<int:pk>/prepare/", reviews.review_prepare, name="review_prepare"),
    path("reviews/<int:pk>/list/", reviews.review_list, name="review_list"),
    path("reviews/<int:pk>/sheets/", reviews.review_sheets, name="review_sheets"),
    path("reviews/<int:pk>/summary/", reviews.review_summary, name="review_summary"),
    path("reviews/<int:pk>/summary/list/", reviews.review_summary_list, name="review_summary_list"),
    path("reviews/<int:pk>/summary/report/", reviews.review_report, name="review_report"),
    path("reviews/village/<int:pk>/", reviews.review_village, name="review_village"),
    path("reviews/village/<int:pk>/sheet/", reviews.review_sheet, name="review_sheet"),
    path("reviews/village/<int:pk>/visit/", reviews.review_visit, name="review_visit"),
    path("reviews/village/<int:pk>/return/", reviews.review_return, name="review_return"),
    path("reviews/person/<int:pk>/", reviews.review_person, name="review_person"),
]
