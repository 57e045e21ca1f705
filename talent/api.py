"""REST door to people and the posts and places they hold."""

from core.api import ScopedViewSet
from talent import filters
from talent.models import Appointment, Education, Person, ReserveCandidate, Stationing


class PersonViewSet(ScopedViewSet):
    model = Person
    filterset_class = filters.PersonFilters


class EducationViewSet(ScopedViewSet):
    model = Education
    filterset_class = filters.EducationFilters


class AppointmentViewSet(ScopedViewSet):
    model = Appointment
    filterset_class = filters.AppointmentFilters


class ReserveViewSet(ScopedViewSet):
    model = ReserveCandidate
    filterset_class = filters.ReserveFilters


class StationingViewSet(ScopedViewSet):
    model = Stationing
    filterset_class = filters.StationingFilters
