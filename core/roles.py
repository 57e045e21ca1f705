"""Roles as data: what each may do to which models, and which personal fields it may see in full."""

from dataclasses import dataclass, field

VIEW = frozenset({"view"})
EDIT = frozenset({"view", "add", "change"})
ALL = EDIT | {"delete"}
BUSINESS = ("villages", "talent", "training", "awards")

# What the county alone decides of an election; the townships see it for their own villages.
COUNTY_ELECTIONS = (
    "talent.electionround", "talent.electionstep", "talent.electionballot", "talent.jointreviewdepartment",
    "talent.jointreviewitem", "talent.jointreviewmark",
)  # fmt: skip


@dataclass(frozen=True)
class Role:
    """`may` maps an app label or `app.model` to the verbs allowed there; the more exact key wins."""

    key: str
    label: str
    may: dict = field(default_factory=dict)
    sees: frozenset = frozenset()  # areas whose rows it sees at all: business, accounts, audit, jobs
    browser: bool = True

    def allows(self, permission):
        """True when `permission` ("talent.view_person", "rosters.upload") is granted."""
        app, _, codename = permission.partition(".")
        verb, _, model = codename.partition("_")
        verbs = self.may.get(f"{app}.{model}", self.may.get(app, ()))
        return verb in verbs

    def opens(self, app):
        """True when the role has anything to do in the app `app`."""
        return any(verbs for key, verbs in self.may.items() if key.split(".")[0] == app)


_BUSINESS = frozenset({"business"})
_UPLOADS = _BUSINESS | {"jobs"}
_ROLES = (
    Role(
        "county_staff",
        "县委组织部工作人员",
        {
            **dict.fromkeys(BUSINESS, ALL),
            "rosters": ALL | {"upload", "review", "collect"},
            "talent.person": ALL | {"reveal"},
            "talent.teamreview": ALL | {"decide"},
            "training.enrollment": ALL | {"nominate"},
            "core.job": VIEW,
            "core.parametervalue": EDIT,
            "core.reporttemplate": EDIT,
        },
        _UPLOADS,
    ),
    Role(
        "township_clerk",
        "乡镇组织员",
        {
            **dict.fromkeys(BUSINESS, VIEW),
            "talent": EDIT,
            "talent.demandround": VIEW,
            "talent.person": EDIT | {"reveal"},
            **dict.fromkeys(COUNTY_ELECTIONS, VIEW),
            "talent.reviewround": VIEW,
            **dict.fromkeys(("talent.recruitment", "talent.recruitmentquota", "talent.recruitmentapplication"), VIEW),
            "training.enrollment": VIEW | {"nominate"},  # of their own people, until the county confirms the list
            "training.trainingwish": ALL,
            "rosters": EDIT | {"upload"},
            "rosters.rostersetting": VIEW,
        },
        _UPLOADS,
    ),
    Role("leader", "分管领导", dict.fromkeys(BUSINESS, VIEW), _BUSINESS),
    # A department of the joint review (县级联审): its own column of the candidates' table, nothing else of the ledger.
    Role("reviewer", "联审部门", {"talent.jointreviewmark": frozenset({"fill"})}, frozenset({"reviews"})),
    Role("auditor", "安全审计员", {"core.auditentry": VIEW}, frozenset({"audit"})),
    Role(
        "system_admin",
        "系统管理员",
        {"core.user": EDIT, "core.apitoken": EDIT, "core.job": VIEW},
        frozenset({"accounts", "jobs"}),
    ),
    Role(
        "api_client",
        "接口账号",
        {
            **dict.fromkeys(BUSINESS, VIEW),
            "talent.person": EDIT,
            "talent.appointment": EDIT,
            "talent.reservecandidate": EDIT,
        },
        _BUSINESS,
        browser=False,
    ),
)
ROLES = {role.key: role for role in _ROLES}
CHOICES = [(role.key, role.label) for role in _ROLES]
