from rosters.models.setting import RosterSetting
from rosters.models.upload import Upload, UploadRow, keep_until

__all__ = ["RosterSetting", "Upload", "UploadRow", "keep_until"]
