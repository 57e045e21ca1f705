"""What a county sets about reserve cadres."""

from core.parameters import parameter

RESERVES = "后备干部"
BASIS = "县级工作要求（默认取 1:2 和 1:1）"

SECRETARY_RATIO = parameter(
    "reserve_secretary_ratio", "每名书记应备书记后备", 2, group=RESERVES, unit="名", low=0, high=10, basis=BASIS
)
OTHER_RATIO = parameter(
    "reserve_other_ratio", "每名其他村干部应备后备", 1, group=RESERVES, unit="名", low=0, high=10, basis=BASIS
)
