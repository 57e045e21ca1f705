"""What a county may set about villages, one file per subject."""

from villages.parameters import party

__all__ = ["party"]
