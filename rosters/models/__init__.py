from rosters.models.upload import Upload, UploadRow, keep_until

__all__ = ["Upload", "UploadRow", "keep_until"]
