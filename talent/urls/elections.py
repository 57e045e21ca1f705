"""The addresses of elections (换届)."""

from django.urls import path

from talent.views.elections import candidates, column_file, results, review, rounds, villages

urlpatterns = [
    path("elections/", rounds.rounds, name="elections"),
    path("elections/new/", rounds.new_round, name="election_new"),
    path("elections/new-by-election/", rounds.new_by_election, name="election_new_by"),
    path("elections/<int:pk>/", rounds.home, name="election"),
    path("elections/<int:pk>/close/", rounds.close, name="election_close"),
    path("elections/<int:pk>/days/<slug:division>/", rounds.days, name="election_days"),
    path("elections/<int:pk>/plan/", rounds.plan, name="election_plan"),
    path("elections/<int:pk>/candidates/", candidates.candidates, name="election_candidates"),
    path("elections/<int:pk>/candidates/export/", candidates.export, name="election_candidates_export"),
    path("elections/<int:pk>/candidates/move/", candidates.move, name="election_candidates_move"),
    path("elections/<int:pk>/review/", review.matrix, name="joint_review"),
    path("elections/<int:pk>/review/export/", review.export, name="joint_review_export"),
    path("elections/<int:pk>/review/setup/", review.setup, name="joint_review_setup"),
    path("elections/steps/<int:pk>/", rounds.step, name="election_step"),
    path("elections/villages/<int:pk>/", villages.village, name="election_village"),
    path("elections/villages/<int:pk>/day/", villages.day, name="election_village_day"),
    path("elections/villages/<int:pk>/nominate/", villages.nominate, name="election_nominate"),
    path("elections/villages/<int:pk>/handover/", villages.handover, name="election_handover"),
    path("elections/villages/<int:pk>/result/<slug:committee>/", results.result, name="election_result"),
    path("joint-reviews/", review.columns, name="joint_reviews"),
    path("joint-reviews/<int:pk>/", review.column, name="joint_review_column"),
    path("joint-reviews/<int:pk>/blank/", column_file.blank, name="joint_review_blank"),
    path("joint-reviews/<int:pk>/file/", column_file.page, name="joint_review_file"),
]
