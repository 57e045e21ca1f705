"""The REST door: one explicit line per viewset, the OpenAPI document and its offline page."""

from django.contrib.auth.decorators import login_required
from django.urls import include, path
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from awards import api as awards
from core.api import IndicatorViewSet
from talent import api as talent
from training import api as training
from villages import api as villages

router = SimpleRouter()
router.register("indicators", IndicatorViewSet, "indicator")
router.register("divisions", villages.DivisionViewSet, "division")
router.register("villages", villages.VillageViewSet, "village")
router.register("division-names", villages.DivisionNameViewSet, "division-name")
router.register("village-names", villages.VillageNameViewSet, "village-name")
router.register("village-labels", villages.VillageLabelViewSet, "village-label")
router.register("village-figures", villages.VillageFiguresViewSet, "village-figures")
router.register("terms", villages.TermViewSet, "term")
router.register("persons", talent.PersonViewSet, "person")
router.register("educations", talent.EducationViewSet, "education")
router.register("appointments", talent.AppointmentViewSet, "appointment")
router.register("reserves", talent.ReserveViewSet, "reserve")
router.register("stationings", talent.StationingViewSet, "stationing")
router.register("rural-talents", talent.RuralTalentViewSet, "rural-talent")
router.register("talent-confirmations", talent.TalentConfirmationViewSet, "talent-confirmation")
router.register("demand-rounds", talent.DemandRoundViewSet, "demand-round")
router.register("demands", talent.DemandViewSet, "demand")
router.register("matches", talent.MatchViewSet, "match")
router.register("demand-visits", talent.DemandVisitViewSet, "demand-visit")
router.register("former-id-numbers", talent.FormerIdNumberViewSet, "former-id-number")
router.register("not-same-persons", talent.NotSamePersonViewSet, "not-same-person")
router.register("courses", training.CourseViewSet, "course")
router.register("training-sessions", training.TrainingSessionViewSet, "training-session")
router.register("enrollments", training.EnrollmentViewSet, "enrollment")
router.register("degree-studies", training.DegreeStudyViewSet, "degree-study")
router.register("award-schemes", awards.AwardSchemeViewSet, "award-scheme")
router.register("awards", awards.AwardViewSet, "award")
router.register("award-rounds", awards.AwardRoundViewSet, "award-round")
router.register("nominations", awards.NominationViewSet, "nomination")

docs = SpectacularSwaggerSplitView.as_view(url_name="api:schema", template_name="core/api_docs.html")

app_name = "api"
urlpatterns = [
    path("v1/", include(router.urls)),
    path(
        "schema/",
        SpectacularAPIView.as_view(renderer_classes=[OpenApiJsonRenderer, OpenApiYamlRenderer]),
        name="schema",
    ),
    path("docs/", login_required(docs), name="docs"),
]
