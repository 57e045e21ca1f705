"""Roles as data: what each may do to which models, and which personal fields it may see in full."""

from dataclasses import dataclass, field

VIEW = frozenset({"view"})
EDIT = frozenset({"view", "add", "change"})
ALL = EDIT | {"delete"}
NOTHING = frozenset()
BUSINESS = ("villages", "talent", "training", "awards")

# What the county alone decides of an election; the townships see it for their own villages.
COUNTY_ELECTIONS = (
    "talent.electionround", "talent.electionstep", "talent.electionballot", "talent.jointreviewdepartment",
    "talent.jointreviewitem", "talent.jointreviewmark",
)  # fmt: skip

# Who objected, who judged and the fund's ledger are the county's alone.
COUNTY_AWARDS = (
    "awards.awardjudge", "awards.awardscore", "awards.awardobjection", "awards.rewardfund", "awards.fundbudget",
    "awards.fundentry",
)  # fmt: skip


# What townships keep of their own villages: party life, projects, activities.
OWN_VILLAGES = (
    "villages.partybranch", "villages.branchsize", "villages.meetingrecord", "villages.resolution",
    "villages.meetingattachment", "villages.villageproject", "villages.culturalactivity", "villages.partyactivity",
)  # fmt: skip


@dataclass(frozen=True)
class Role:
    """`may` maps an app label or `app.model` to the verbs allowed there; the more exact key wins."""

    key: str
    label: str
    may: dict = field(default_factory=dict)
    sees: frozenset = frozenset()  # areas whose rows it sees at all: business, discipline, accounts, audit, jobs
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
            "training.trainingplan": ALL | {"fill"},
            "awards.nomination": ALL | {"nominate"},
            "awards.evaluation": ALL | {"fill", "grade"},
            "awards.inspectionfinding": ALL | {"follow"},
            "awards.supportapplication": ALL | {"approve"},
            "core.job": VIEW,
            "core.parametervalue": EDIT,
            "core.specialday": ALL,
            "core.reporttemplate": EDIT,
        },
        _UPLOADS | {"discipline"},
    ),
    Role(
        "township_clerk",
        "乡镇组织员",
        {
            **dict.fromkeys(BUSINESS, VIEW),
            **dict.fromkeys(OWN_VILLAGES, ALL),  # of their own villages
            "villages.integrityrecord": NOTHING,
            "talent": EDIT,
            "talent.demandround": VIEW,
            "talent.person": EDIT | {"reveal"},
            **dict.fromkeys(COUNTY_ELECTIONS, VIEW),
            "talent.reviewround": VIEW,
            **dict.fromkeys(("talent.recruitment", "talent.recruitmentquota", "talent.recruitmentapplication"), VIEW),
            "training.enrollment": VIEW | {"nominate"},  # of their own people, until the county confirms the list
            "training.trainingplan": VIEW | {"fill"},  # their own part; the county's is read
            "training.trainingwish": ALL,
            "awards.nomination": VIEW | {"nominate"},  # within the dates and quota of the round
            "awards.evaluation": VIEW | {"fill"},  # of their own objects, until they hand them in
            "awards.evaluationappeal": VIEW | {"add"},
            "awards.inspectionfinding": VIEW | {"follow"},
            # Approval and payment are the county's.
            **dict.fromkeys(("awards.safeguardrecord", "awards.supportapplication", "awards.supportresult"), EDIT),
            **dict.fromkeys(COUNTY_AWARDS, frozenset()),
            "rosters": EDIT | {"upload"},
            "rosters.rostersetting": VIEW,
        },
        _UPLOADS,
    ),
    Role("leader", "分管领导", dict.fromkeys(BUSINESS, VIEW) | {"villages.integrityrecord": NOTHING}, _BUSINESS),
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
            "villages.integrityrecord": NOTHING,
            "talent.person": EDIT,
            "talent.appointment": EDIT,
            "talent.reservecandidate": EDIT,
            "rosters": frozenset({"upload"}),
            "rosters.upload": frozenset({"view", "upload"}),
            **dict.fromkeys(COUNTY_AWARDS[:3], frozenset()),
        },
        _BUSINESS,
        browser=False,
    ),
)
ROLES = {role.key: role for role in _ROLES}
CHOICES = [(role.key, role.label) for role in _ROLES]
