"""The base class of the REST viewsets."""

from rest_framework import viewsets


class ScopedViewSet(viewsets.ReadOnlyModelViewSet):
    """Lists and details of `model` in the caller's scope; what is outside answers as not existing."""

    model = None
    select_related = ()

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.model.objects.none()
        return self.model.objects.visible_to(self.request.user).select_related(*self.select_related)
