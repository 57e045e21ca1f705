"""The wording that is shipped: our own sentences in the order of a county's account. A new figure gets its sentence here."""

from core.models import ReportTemplate

EXPERIENCE = """# {{单位}}村干部和乡村人才队伍建设情况

{{单位}}坚持把建强村级班子、育好乡村人才作为组织工作的基础，逐村配备、逐人培养、逐项落实。现将截至{{时点}}的情况报告如下。

## 一、配强村级班子
{{单位}}现有行政村 {{villages}} 个、社区 {{communities}} 个，在任村“两委”干部 {{cadres}} 人。书记、主任由一人担任的村 {{one_shoulder}} 个，占行政村的 {{one_shoulder:占比}}；在党组织和村（居）委会交叉任职的干部 {{cross_posts}} 人。
“两委”干部中，35周岁及以下的 {{cadres_35_or_younger}} 人，占 {{cadres_35_or_younger:占比}}；女干部 {{women_cadres}} 人，占 {{women_cadres:占比}}。至少有一名大专及以上学历村干部的村 {{college_cadre_villages}} 个，占 {{college_cadre_villages:占比}}，其余 {{college_cadre_villages:其余}} 个村列入补充对象。
?“两委”职数尚有空缺 {{seats_vacant}} 席。
?最近一轮换届中，已完成选举的村 {{elections_done}} 个；当选的“两委”干部中连选连任 {{cadres_reelected}} 人、新当选 {{cadres_newly_elected}} 人；县级联审否决候选人 {{candidates_blocked}} 人。

## 二、届中研判调整
?最近一轮届中研判已审定村班子 {{teams_reviewed}} 个，其中薄弱班子 {{teams_weak}} 个，逐村制定整改措施。
?本届以来因不胜任不尽职调整村干部 {{cadres_adjusted}} 名。
?已经审定、待办理的调整 {{adjustments_waiting}} 名。

## 三、储备后备力量
按每名书记和其他干部的配备比例，应储备村级后备干部 {{reserves:应有}} 名，在库 {{reserves}} 名；两类后备都达到比例的村 {{reserve_ratio_met}} 个，占 {{reserve_ratio_met:占比}}。面向社会公开招聘的村级后备干部 {{reserves_recruited}} 名，本年进入“两委”的后备干部 {{reserves_promoted}} 名。
各乡镇在库后备干部：{{reserves:分乡镇}}。

## 四、选派力量驻村
在村的第一书记和工作队员 {{stationed}} 人；应派第一书记的村已派 {{first_secretaries_sent}} 个，占 {{first_secretaries_sent:占比}}。
?挂职锻炼 {{secondments}} 人。
?科技特派员本年到村服务 {{specialist_days}} 天，服务达标的 {{specialists_enough}} 人。

## 五、加强教育培训
本年举办村党组织书记培训班 {{secretary_classes}} 期；参加培训的“两委”干部和驻村干部 {{people_trained}} 人，占应训人数的 {{people_trained:占比}}；各级培训共 {{person_times_trained}} 人次。
参加学历提升在读的村干部 {{degree_students}} 名，累计毕业 {{degree_graduated}} 人。

## 六、集聚乡村人才
乡村人才信息库在库 {{talents}} 人，其中返乡 {{talents_returned}} 人、引进 {{talents_introduced}} 人。引进和返乡满一年仍在的 {{talents_stayed_1}} 人，占 {{talents_stayed_1:占比}}；满三年仍在的 {{talents_stayed_3}} 人。
?各村和有关单位提出人才需求 {{demands}} 项，已满足 {{demands_met}} 项，还有 {{demands_open}} 项正在对接。

## 七、树立激励导向
?{{年度}}年完成考核 {{evaluated}} 个对象，其中优秀 {{graded_excellent}} 个、不称职 {{graded_unfit}} 个。
{{年度}}年作出表彰 {{awards_given}} 项，其中个人 {{awards_individual}} 人、集体 {{awards_collective}} 个，树立在乡村振兴一线干事创业的导向。
?本年支付专项奖励基金 {{fund_paid_wan}} 万元，基金余额 {{fund_balance_wan}} 万元。

## 八、落实关心保障
在任村“两委”干部参加养老保险的 {{pension_covered}} 人，占 {{pension_covered:占比}}；参加医疗保险的 {{medical_covered}} 人，占 {{medical_covered:占比}}。
?有住房保障的 {{housing_supported}} 人。
?本年批准扶持 {{support_recipients}} 人，扶持资金 {{support_granted_wan}} 万元。

## 九、建设留得住人的环境
?本年村级项目投入 {{projects_invested_wan}} 万元，举办文化活动 {{culture_activities}} 场。

## 十、严肃组织生活
?本年组织生活没有缺项的党支部 {{party_life_complete}} 个，占 {{party_life_complete:占比}}。
?党员结对帮扶 {{pairings}} 对，志愿服务 {{volunteer_hours}} 小时。
"""

SUMMARY = """# {{单位}}{{年度}}年村级队伍建设工作总结

{{年度}}年，截至{{时点}}，{{单位}}村级队伍建设主要情况如下。

## 一、主要工作
### （一）班子建设
在任村“两委”干部 {{cadres}} 人，书记、主任“一肩挑”的村 {{one_shoulder}} 个；本届以来调整不胜任不尽职干部 {{cadres_adjusted}} 名；研判审定村班子 {{teams_reviewed}} 个。
### （二）后备储备
在库后备干部 {{reserves}} 名，比例达标的村占 {{reserve_ratio_met:占比}}，本年进入“两委”的 {{reserves_promoted}} 名。
### （三）驻村帮扶
在村的第一书记和工作队员 {{stationed}} 人。
?挂职锻炼 {{secondments}} 人。
### （四）培训提升
举办书记培训班 {{secretary_classes}} 期，参训 {{people_trained}} 人、{{person_times_trained}} 人次；学历提升在读 {{degree_students}} 名。
### （五）人才引育
人才库在库 {{talents}} 人，人才需求 {{demands}} 项，已满足 {{demands_met}} 项。
### （六）考核表彰
?完成考核 {{evaluated}} 个对象，其中优秀 {{graded_excellent}} 个。
作出表彰 {{awards_given}} 项。
?支付专项奖励基金 {{fund_paid_wan}} 万元。
### （七）保障和扶持
参加养老保险的在任“两委”干部占 {{pension_covered:占比}}。
?批准扶持 {{support_recipients}} 人，资金 {{support_granted_wan}} 万元。
### （八）组织生活
?组织生活没有缺项的党支部占 {{party_life_complete:占比}}。

## 二、存在的不足
“两委”职数空缺 {{seats_vacant}} 席；书记后备缺 {{secretary_reserve_gap}} 名；须重新研判的后备干部 {{reserves_stale}} 名；本年还没有参训的 {{training_uncovered}} 人；到期或将到期须轮换的派驻人员 {{stationed_due}} 人；久未确认的乡村人才 {{talents_stale}} 人。
?组织生活还有缺项 {{party_life_missing}} 项，检查发现的问题还有 {{inspection_findings_open}} 个没有销号。

## 三、下一步打算
对照上述不足逐村逐人建立台账，明确责任和时限，按季度调度办理。
"""

SHIPPED = {ReportTemplate.Kind.EXPERIENCE.value: EXPERIENCE, ReportTemplate.Kind.SUMMARY.value: SUMMARY}
