"""Addresses of award rounds, nominations, publicity and awards."""

from django.urls import path

from awards.views import given, judging, nominations, publicity, rounds

urlpatterns = [
    path("awards/", rounds.listed, name="award_rounds"),
    path("awards/verify/", given.verify, name="award_verify"),
    path("awards/schemes/new/", rounds.scheme_new, name="award_scheme_new"),
    path("awards/schemes/<int:pk>/", rounds.scheme_edit, name="award_scheme"),
    path("awards/rounds/new/", rounds.new, name="award_round_new"),
    path("awards/rounds/<int:pk>/", rounds.award_round, name="award_round"),
    path("awards/rounds/<int:pk>/edit/", rounds.edit, name="award_round_edit"),
    path("awards/rounds/<int:pk>/nominate/<slug:kind>/", nominations.new, name="nomination_new"),
    path("awards/rounds/<int:pk>/examine/", rounds.examine, name="award_examine"),
    path("awards/rounds/<int:pk>/opinions/", rounds.opinions, name="award_opinions"),
    path("awards/rounds/<int:pk>/judges/", judging.judges, name="award_judges"),
    path("awards/rounds/<int:pk>/publicise/", rounds.publicise, name="award_publicise"),
    path("awards/rounds/<int:pk>/decide/", rounds.decide, name="award_decide"),
    path("awards/rounds/<int:pk>/certify/", rounds.certify, name="award_certify"),
    path("awards/rounds/<int:pk>/nominations.xlsx", given.sheet, name="award_sheet"),
    path("awards/judges/<int:pk>/", judging.scores, name="award_scores"),
    path("awards/nominations/<int:pk>/", nominations.nomination, name="nomination"),
    path("awards/nominations/<int:pk>/attach/", nominations.attach, name="nomination_attach"),
    path("awards/nominations/<int:pk>/verdict/", nominations.verdict, name="nomination_verdict"),
    path("awards/nominations/<int:pk>/withdraw/", nominations.withdraw, name="nomination_withdraw"),
    path("awards/attachments/<int:pk>/", nominations.attachment, name="nomination_attachment"),
    path("awards/attachments/<int:pk>/drop/", nominations.drop, name="nomination_attachment_drop"),
    path("awards/publicities/<int:pk>/", publicity.publicity, name="award_publicity"),
    path("awards/publicities/<int:pk>/notice.docx", publicity.notice_word, name="award_notice"),
    path("awards/objections/<int:pk>/", publicity.objection, name="award_objection"),
    path("awards/<int:pk>/", given.award, name="award"),
    path("awards/<int:pk>/certificate.pdf", given.certificate, name="award_certificate"),
]
