"""常见问题 by message: what a clerk reads on a page, why, and what to do.

`says` is the message as the code has it; "…" stands for what differs from case to case, {names} for the limits. A test
finds every code of the product here or in NOT_FOR_CLERKS, and every piece of `says` in the code.
"""

from dataclasses import dataclass

from rosters import limits
from rosters.child.xlsx import MAX_MERGES
from rosters.importer import delivery
from rosters.views.pages import MAX_FILES

MADE = "<!-- 由 manage.py write_handbook 生成，请改 config/handbook/answers.py 再重新生成。 -->"
MEGABYTE = limits.MEGABYTE
NUMBERS = {
    "megabytes": limits.MAX_BYTES // MEGABYTE,
    "inflated": limits.MAX_INFLATED_BYTES // MEGABYTE,
    "times": limits.MAX_INFLATION,
    "entries": f"{limits.MAX_ZIP_ENTRIES:,}",
    "sheets": limits.MAX_SHEETS,
    "rows": f"{limits.MAX_ROWS:,}",
    "columns": limits.MAX_COLUMNS,
    "merges": f"{MAX_MERGES:,}",
    "seconds": limits.MAX_WALL_SECONDS,
    "memory": limits.MAX_MEMORY // MEGABYTE,
    "files": MAX_FILES,
    "folder_files": delivery.MOST_FILES,
    "folder_megabytes": delivery.MOST_BYTES // MEGABYTE,
}


@dataclass(frozen=True)
class Answer:
    """`codes` are those of the problem or refusal in the code, none for a message without one."""

    says: str
    answer: str
    codes: tuple[str, ...] = ()


def answer(says, text, *codes):
    return Answer(says, text, codes)


FILES = (
    answer("文件超过 {megabytes} MB", "图片、照片占了地方：删掉再存，或按乡镇分成几个文件。", "too_large"),
    answer("表格超过 {rows} 行", "一个文件所有工作表加起来算。按乡镇分成几个文件。", "too_many_rows"),
    answer(
        "表格超过 {columns} 列",
        "多半是右边很远的地方有一个多余的格子，提示里写着在哪；选中右侧空列，删除，再存。",
        "too_many_columns",
    ),
    answer("工作簿超过 {sheets} 张工作表", "把用不到的工作表删掉，或分成几个文件。", "too_many_sheets"),
    answer("文件内部超过 {entries} 个部件", "不是一般的名册文件。把内容复制到新工作簿另存再传。", "too_many_entries"),
    answer("合并单元格超过 {merges} 处", "整列整表都合并了：取消多余的合并再传。", "too_many_merges"),
    answer(
        "文件解开后超过 … MB",
        "文件压缩得很小、解开很大（上限 {inflated} MB）。删去多余的工作表、图片和空白格式再传。",
        "inflated_too_large",
    ),
    answer("文件解开后膨胀超过 {times} 倍", "这不像正常的表格。把内容复制到新工作簿另存再传。", "inflated_too_large"),
    answer(
        "文件太复杂，… 秒内没有读完",
        "一份表最多读 {seconds} 秒。删去多余的工作表和格式，或把内容复制到新工作簿再传。",
        "timeout",
    ),
    answer(
        "表格的结构异常，打开它超出了允许的内存",
        "读一份表最多用 {memory} MB 内存。多半是格式刷到了几百万个空格子：把内容复制到新表格另存。",
        "too_complex",
    ),
    answer("文件是空的（0 字节）", "选错了文件，或者没有拷贝完整。重新选。", "empty_file"),
    answer("文件不完整或已损坏", "在电脑上先打开看看；能打开的另存一份再传，不能打开的找发文的人重新要。", "corrupt"),
    answer("文件设有打开密码", "在 Excel 或 WPS 里取消密码，另存再传。", "encrypted"),
    answer(
        "这不是电子表格，而是…",
        "把图片、PDF、Word、压缩包改名为 .xlsx 也读不了。压缩包请先解开；Word 里的表复制到 Excel 里再传。",
        "not_spreadsheet",
    ),
    answer(
        "请在 Excel 里另存为 .xlsx 再上传",
        "是 .xlsb、网页存档（MHTML）等系统不读的格式。照说明另存即可。",
        "unsupported",
    ),
    answer("这是很早版本的 .xls", "Excel 95 及以前的格式。用 Excel 或 WPS 另存为 .xlsx。", "unsupported"),
    answer(
        "文件内部含有 DOCTYPE 或实体声明",
        "正常的表格里没有这种东西，可能有害，所以不读。在 Excel 里另存一份再传。",
        "xml_declaration",
    ),
    answer(
        "没有找到名册的表头",
        "文件里没有一行像表头。看看是不是选错了文件；表头至少要有姓名、身份证号、村名中的两三样。",
        "no_table",
    ),
    answer(
        "表里没有找到“…”这一列",
        "必填的列缺了，所有行都不能入库。补上这一列；已有的，看看表头是不是别的叫法，在“改列的对应”里选。",
    ),
    answer("表头认出来了，但下面没有一行数据", "是空表，或者数据在隐藏的工作表里。取消隐藏再传。"),
    answer("文件合计超过 {megabytes} MB", "浏览器没有运行页面脚本时，一次合计最多 {megabytes} MB，分几次传。"),
    answer(
        "一次最多上传 {files} 个文件",
        "浏览器没有运行页面脚本时的限制。正常的浏览器一次可传 {folder_files} 个、合计 {folder_megabytes} MB。",
    ),
    answer(
        "请把文件夹分几次上传",
        "一次最多 {folder_files} 个文件、合计 {folder_megabytes} MB，每个不超过 {megabytes} MB。",
    ),
    answer("个文件都不是名册", "文件夹里没有一个电子表格。看看选的是不是这个文件夹。"),
    answer("还没有选择文件", "先选文件再按“上传并核对”。"),
    answer("“名册截至”请填一个不晚于今天的日期", "名册反映哪一天的情况就填哪一天，不能是将来。"),
    answer("省、市账号不能上传名册", "名册由县和乡镇上传，请换账号。"),
)

MAPPING = (
    answer(
        "有 … 列要您看一眼再读",
        "黄色的列在下拉里选一项，用不到选“不读这一列”，再按“按此读取并核对”。选过一次，同样的表不再问。",
    ),
    answer("请先给 … 列选一项", "还有黄色的列没有选。"),
    answer("列，请只留一列，其余选“不读这一列”", "同一项选了两列，系统不知道听哪一列的。"),
    answer("这是哪一种名册？", "表头太少，像几种名册。选一种；选过一次，同样的表不再问。"),
    answer(
        "没有选择培训班次，表题里也认不出是哪一期",
        "在上传页或对列页选“培训班次”。没有班次的请县委组织部先建。",
        "unknown_target",
    ),
    answer("没有选择表彰轮次，表题里也认不出是哪一轮", "在上传页或对列页选“表彰轮次”。没有轮次的请县委组织部先建。"),
    answer(
        "或者它不归本单位使用、已经截止",
        "选的班次、轮次已删除、截止或不是给本乡镇的。重新选择后再传。",
        "unknown_target",
    ),
    answer(
        "个写法系统不认识，选一次，所有行和以后的表都按此读", "选它当作什么，再按“按此重新核对”。确实不该读的选“不读”。"
    ),
    answer("按上次的选择当作“…”", "这个写法以前选过，照那次读。不对的，在“记住的对应”里按“忘记”。"),
    answer("原文件已到保留期限，不能再改列的对应", "原文件只留 90 天。请重新上传。"),
    answer("这份名册已不能重新读取", "已经入库、提交或作废。要改请重新上传。"),
)

CELLS = (
    answer("姓名（名称）没有填", "补上。", "missing_name"),
    answer("身份证号没有填", "对照身份证补上。", "missing_id"),
    answer("没有填，请补上", "这一格必填。", "missing_field:*"),
    answer(
        "有 … 位，应为 18 位",
        "少抄或多抄了，对照身份证补全。打了星号的、15 位的旧号码都要换成完整的 18 位。",
        "id_length",
    ),
    answer("第 7 至 14 位不是一个真实的日期", "号码里的出生日期抄错了，对照身份证改。", "id_birth_invalid"),
    answer("校验位不对", "18 位里有一位抄错了，逐位核对。", "id_checksum"),
    answer(
        "身份证号末几位已被表格软件改成 0",
        "Excel 只记 15 位数字，后三位已经丢了，找不回来。把这一列设为“文本”格式，重新填 18 位号码。",
        "id_rounded",
    ),
    answer("与身份证号第 17 位不一致", "性别或身份证号有一个错了。第 17 位单数为男，双数为女。", "sex_mismatch"),
    answer(
        "与身份证上的 … 不一致；如档案认定如此可不改", "提醒。照表上的记为档案出生年月；抄错了就改。", "birth_mismatch"
    ),
    answer("早于身份证上的出生日期，请核对入党时间", "入党时间或身份证号错了。", "joined_before_birth"),
    answer("晚于数据日期（…），请核对年份", "提醒。任职时间写到了将来，多半是年份打错。", "start_in_future"),
    answer("党组织书记须是中共正式党员", "政治面貌、“党员”一栏或职务有一个写错了。", "secretary_not_party_member"),
    answer("周岁，请核对是否仍在任", "提醒。党组织书记已满 60 周岁。仍在任的可以入库。", "age_over"),
    answer("民族没有填", "提醒。补上更好，不补也能入库。", "ethnicity_missing"),
    answer(
        "手机号有 … 位，应为 11 位", "提醒。这一行照样入库，电话不入，原有电话保留。", "phone_format", "phone_left_out"
    ),
    answer("这是固定电话", "提醒。系统只存手机号，没有可留空。", "phone_format"),
    answer(
        "不是一个真实的日期",
        "没有这个月或这一天，如 2021.13。改成如 1985.06 或 1985-06-12。",
        "bad_date",
    ),
    answer("只有年份，请写到月", "至少写到月，如 1985.06。", "bad_date"),
    answer("看不出年月", "改成如 1985.06 或 1985-06-12，别的话写到备注里。", "bad_date"),
    answer("不是一个数，请只填数字", "去掉“约”“左右”等字，只填数。", "bad_number"),
    answer("看不出是或否", "填“是”或“否”，打√也行，不知道就空着。", "unknown_yes_no"),
    answer(
        "不在可选范围内，请填写：…",
        "照提示里列出的写。同一种写法很多行都有的，在上面“写法”里选一次就行。",
        "unknown_sex",
        "unknown_ethnicity",
        "unknown_education",
        "unknown_political_status",
        "unknown_category",
        "unknown_nominee_type",
        "unknown_award_category",
    ),
    answer(
        "不是规定的职务",
        "写成提示里的职务名，一人多职用顿号隔开。妇女主任、民兵连长等不是“两委”职务：在“写法”里选“不读”，或移到备注。",
        "unknown_post",
    ),
    answer("没有填任何职务", "职务一格空着或只有“/”，补上。", "missing_field:*"),
    answer("本县没有“…”", "没有这个乡镇，写全称。后面“是不是……”是最像的一个。", "unknown_township"),
    answer(
        "没有“…”…，请填写村（社区）全称",
        "没有这个村。写全称；村改了名的，县里登记曾用名后就认得。也可以在“写法”里选一次。",
        "unknown_village",
    ),
    answer("没有写村，请写明是哪个村（社区）", "单位一格只写了乡镇，补上村名。", "unknown_village"),
    answer("有同名的村，请核对乡镇或村名", "这个村在别的乡镇，乡镇或村名写错了。", "unknown_village"),
    answer(
        "对应不止一个村", "县里有几个同名的村，或一村一社区同名。写明乡镇，写明“村”还是“社区”。", "ambiguous_village"
    ),
    answer("重复，请只保留一行", "同一个人（同一职务）、同一个村写了两次。留一行。", "duplicate_in_file"),
    answer("个字，请核对", "这一格太长，系统存不下。缩短，或移到备注。", "too_long"),
    answer("不能清空，请填写，或留空不改", "这一项不能没有。不改就空着。", "not_to_be_empty"),
    answer("小于 0，请核对", "数字不能是负的。", "negative"),
    answer("不是整数，请核对", "户数、人数等要填整数。", "not_whole"),
    answer("不是人数，请填整数", "填整数，不带小数和单位以外的字。", "not_whole"),
    answer("数字太大，请核对数字和单位", "多半单位不对，如收入按元填在“万元”列里。", "too_large"),
    answer("表中年龄 …，按身份证为 … 周岁", "提示。年龄由系统算，不用改，也不影响入库。", "age_differs"),
    answer("按本表所列职务…（系统自动计算，不用填）", "提示。一肩挑、交叉任职由系统按职务算，不用改。", "*_differs"),
)

COMPARED = (
    answer(
        "不是本单位所辖的村",
        "这一行的村在别的乡镇。写错的改正；确是别的乡镇的，由当地报，这里删掉这一行。",
        "outside_scope",
    ),
    answer(
        "此人的档案由其他单位管理，这里不能改动",
        "此人在别的乡镇已有档案。先核对身份证号；号码不错的，请县委组织部转移档案，再传一次。",
        "held_elsewhere",
    ),
    answer("没有身份证号，也没有村，认不出是谁", "补上身份证号或所在村。", "who_is_it"),
    answer("没有身份证号，本村有几位同名的人", "补上身份证号。", "several_of_that_name"),
    answer("没有身份证号，本村的同名人员性别与此不同", "多半是另一个人，补上身份证号。", "other_of_that_name"),
    answer("此人还没有档案，请补上所在村（社区）", "新人要有村，才能建档。", "missing_field:*"),
    answer(
        "本单位已有同名、同出生日期而身份证号不同的人",
        "提醒。身份证号可能有一处抄错。核对号码；两个号码是一个人的，入库后在“疑似同一人”里合并。",
        "likely_known",
    ),
    answer("这是此人合并前登记的号码", "提示。按合并后的档案处理，不用改。", "former_number"),
    answer("此身份证号在系统中登记的是划去的姓名", "提醒。改名的照常入库；号码抄成别人的，改号码。", "name_differs"),
    answer("行所填不同，按第 … 行入库", "提醒。同一个人分几行写，几行说得不一样，以先出现的为准。", "differs_in_file"),
    answer("是同一人，按第 … 行入库", "提醒。重复的一行没有入库，删掉即可。", "differs_in_file"),
    answer(
        "此人档案现由本单位另一个村管理",
        "提示。任职等记在表上的村，档案仍在原来的村。要换村请在人员页面改。",
        "managed_in_other_village",
    ),
    answer(
        "没有填任现职时间，按数据日期 … 记",
        "提示。新任的职务没有写起始日期。知道确切日期的补上再入库。",
        "start_assumed",
    ),
    answer("此人进入“两委”，入库时同时转出后备干部", "提示。入库即办，不用另外出库。", "leaves_pool"),
    answer(
        "本村已有在任党组织书记，请先办理原书记免职",
        "一个村同时只有一位书记。老书记也在表上的，把他的职务改对；不在表上的，先在任职里办理免职。",
        "secretary_serving",
    ),
    answer("行已有党组织书记，请核对职务", "同一份表里一个村写了两位书记。", "secretary_twice"),
    answer("本村上一任书记任职到 …", "新书记的任现职时间早于老书记的免职日期，改其中一个。", "secretary_overlap"),
    answer(
        "与此人在本村同一职务的任期（…）重叠", "任现职时间落在已登记的一段任期里，核对时间。", "appointment_overlap"
    ),
    answer(
        "任现职时间晚于此人这一职务的免职日期",
        "这一职务已登记免职，而时间写在其后。核对时间，或先更正免职日期。",
        "start_after_end",
    ),
    answer("晚于已登记的结束时间", "起始时间晚于系统里这一段的结束时间，核对。", "start_after_end"),
    answer(
        "第一书记和驻村工作队职务请填入驻村第一书记和工作队员名册",
        "“两委”名册只填村干部职务，这一行移到驻村名册。",
        "sent_in_post",
    ),
    answer("这里只填第一书记、工作队队长和队员", "村干部职务填到“两委”名册里。", "not_sent_in"),
    answer("此人在本村还登记为…，入库后并存", "提醒。改任的，请在“驻村与挂职”里给原职务填离任时间。", "other_stay"),
    answer(
        "此人已在另一个村的…中，请先在那里办理出库",
        "一人同一时间只在一个村的后备库（人才库）里。村写错的改正；换村的先办出库。",
        "in_another_pool",
    ),
    answer("此人现任本村“两委”职务，请核对是否仍作后备", "提醒。仍作后备的可以入库。", "is_serving"),
    answer("重叠，请核对…", "起始时间落在系统里此人已有的一段里。", "period_overlap"),
    answer("此人上一次到 … 为止", "新的一段要晚于上一段结束。", "period_overlap"),
    answer(
        "系统中已有更高的“…”，没有改动",
        "提醒。名册上的低学历不覆盖有院校、证书的高学历。确需更正在人员页面改。",
        "education_lower",
    ),
    answer("系统中的学历带有院校或证书，没有清空", "提醒。要删请到人员页面。", "education_documented"),
    answer("这个培训班次已经删除", "作废这份名册，选另一个班次重新上传。", "session_gone"),
    answer("这一轮表彰已经删除", "作废这份推荐表，选另一轮重新上传。", "round_gone"),
    answer("此人已由其他单位列入这一班次", "别的乡镇已把他报进这一期，请联系县委组织部。", "listed_elsewhere"),
    answer("此人的这段学历提升由其他单位登记", "请联系县委组织部。", "listed_elsewhere"),
    answer("此人在这一班次中登记的是本单位另一个村", "提醒。没有改村；要改在“参训”里改。", "listed_in_other_village"),
    answer("报读层次没有填", "填专科或本科。", "missing_field:*"),
    answer("已毕业的请填上入学时间", "系统里没有这段学习，已毕业的要有入学时间。", "missing_field:*"),
    answer("毕业时间早于入学时间", "核对两个时间。", "end_before_start"),
    answer("系统中已登记毕业，没有改动", "提醒。名册上的“否”不会撤销毕业；确需更正在“学历提升”里改。", "is_graduate"),
    answer("填的是已毕业，但毕业时间晚于数据日期", "提醒。先按在读记，毕业后再传一次。", "graduated_in_future"),
    answer("没有填毕业时间，按数据日期 … 记", "提示。知道确切日期的补上。", "end_assumed"),
    answer("此人在这一轮已有推荐，不能再推荐一次", "一人一轮只推荐一次，请联系县委组织部。", "nominated_elsewhere"),
    answer("系统中此人由本单位另一个乡镇推荐", "提示。推荐乡镇没有改。", "nominated_by_another"),
    answer("推荐乡镇没有填", "补上乡镇。", "missing_field:*"),
    answer(
        "工作单位里也认不出是哪个村", "新人要有村：在“工作单位及职务”写明村名，或先在“人员”里建档。", "missing_field:*"
    ),
    answer("记作 … 年度的数据", "提示。村情况表按“名册截至”的年份存。年份不对的，作废，改日期再传。", "figures_year"),
    answer("这张表的电话只与在任书记的电话核对", "提示。要改书记电话，用“两委”花名册。", "phone_compared_only"),
    answer(
        "与系统中在任的党组织书记不同",
        "提示。村情况表里的书记姓名照存，任职不变；换了书记的传“两委”花名册。",
        "secretary_differs",
    ),
    answer("系统中这个村没有在任的党组织书记", "提示。用“两委”花名册补上。", "secretary_unknown"),
    answer("与系统中在任书记的电话不同", "提示。系统里的电话不变。", "secretary_phone_differs"),
    answer("核对之后，系统里的数据有了变化", "您核对期间别人改了数据。什么也没写，看一眼新的比较结果再按一次。"),
    answer("与系统一致，没有要入库的内容", "表上的内容系统里都有了，不用做什么。"),
    answer("选了“全部无误才入库”", "还有行有问题，所以一行也没写。改好，或改选“只入无问题的行”。"),
    answer("这份名册已不能在页面上更正", "已入库、提交或作废，或行内容过了保留期。在原表里改好重新上传。"),
)

BACKGROUND = (
    answer("后台程序没有运行", "文件已收下，不会丢。请告诉系统管理员启动后台程序，启动后接着处理。"),
    answer("后台程序处理它时中断了 … 次", "没有写入任何内容。按“再试一次”；仍不行把文件分成几份。"),
    answer("处理时出错，没有写入任何内容，原因已记入系统日志", "按“再试一次”；仍不行请系统管理员看日志。"),
    answer("同时有别的改动正在写入，没有写入任何内容", "别的乡镇也在入库。过一会儿再按一次。"),
    answer("写入时数据与别处刚做的改动冲突，没有写入任何内容", "刷新页面，再核对一次。"),
    answer(
        "个文件不是名册，跳过没有读",
        "临时文件（~$ 开头）、系统文件、不是表格的、空的、超过 {megabytes} MB 的不读。点开看是哪些。",
    ),
    answer("取消其余 … 个", "只丢掉还没有读的文件，读好的不受影响。"),
    answer("表格太复杂，标注它超出内存限制", "这份表标注不了。照页面上的说明在原表里改。"),
    answer("原文件已到保留期限，或者没有读出内容，不能再下载", "原文件只留 90 天。"),
)

REVIEW = (
    answer("等县委组织部审核；审核期间不能改动", "等着即可，结果显示在这一页和“花名册”里。"),
    answer("退回：…", "照写明的原因在页面上或原表里改，再提交一次。"),
    answer("退回要写明原因，乡镇按它修改", "在“审核意见”里写明哪里要改。"),
    answer("提交名册的人不能审核自己的名册", "请县委组织部另一位工作人员审核。"),
    answer("这份名册现在不在审核中", "别人已经同意或退回了，刷新页面看结果。"),
    answer("审核由县委组织部工作人员办理", "乡镇账号不能审核。"),
    answer("有的列还没有定下来", "先在“对列”页选好列，再入库。"),
    answer("这份名册没有标明已列全", "核对页勾上“这份名册已列全”、按“按所选重新核对”，入库后才能办理不在名册中的人。"),
    answer("名册先入库，再办理不在名册中的人", "先入库。"),
    answer("这类名册须经县里审核，不在名册中的人由县委组织部办理", "乡镇不能办，请县委组织部办理。"),
    answer("还没有选人", "在要办理的人前面打勾。"),
    answer("选中的人里有的此后已有变动", "没有办理任何人，再看一遍名单。"),
    answer("日期晚于今天，请填在任的最后一天", "免职日期是在任的最后一天，不能是将来。"),
    answer("才开始，日期不能早于这一天", "日期早于此人任职的起始日，改日期。"),
)

UNDO = (
    answer("保留 … 处不动", "入库以后有人改过，撤销不会盖掉。名单里写着是谁、什么时候改的。"),
    answer("此后又改过", "这一处留着现在的内容。要改回去请在相应页面改。"),
    answer("此后又有了与它相连的…", "入库时新建的人后来又有了别的记录，所以不删。"),
    answer("现在恢复会有冲突", "恢复后会自相矛盾（如一村两位书记），所以留着。先处理冲突，再改。"),
    answer("打开这一页之后数据有了变化", "还没有撤销。看一眼新的结果再按一次。"),
    answer("这一批写入的内容此后都改过，没有可以撤销的", "全部留着现在的内容。"),
    answer("这一批由县委组织部办理，要撤销请联系县委组织部", "县里同意入库的、县里上传的，乡镇不能撤销。"),
    answer("这一批已经撤销", "撤销本身也是一批，要收回请打开那一批按“收回这次撤销”。"),
    answer("这一批没有入库，没有可以撤销的内容", "没有入库的按“作废”即可。"),
    answer("这一批不是本单位的名册", "只能撤销本单位的。"),
)

COLLECTION = (
    answer("请于 … 前报送", "县里在催这份名册。按“去上传”；要空表按“下载模板”。"),
    answer("今天到期", "今天是报送期限。"),
    answer("已过报送期限", "仍可以报，记为迟交。"),
    answer("这份表报的是县里催报的", "系统认出这份表是报哪一次的。不对的，展开“改为其他催报”。"),
    answer("文件里的系统标记核对不上，没有采用", "模板里的暗记被改动过。不要紧，按普通名册读。"),
    answer("文件里的系统标记属于其他单位，没有采用", "用了别的乡镇的模板。不要紧，按普通名册读。"),
    answer("请写明为什么要重报", "写了原因再按“请重报”，乡镇的页面上会显示。"),
    answer("这次催报已经结束", "要再收名册，另发一次催报。"),
    answer("预填的表含完整的身份证号和电话，请写明用途", "写明用途再下载，记入操作日志。"),
    answer("现在没有可以按表样导出的名册", "这个账号没有可导出的名册。", "no_kind"),
    answer("表样太复杂，填写它超出内存限制", "删去表样里多余的工作表和格式再传。"),
    answer("列留空，请填好后自己补", "上级要的这几列系统里没有，下载后自己填。"),
    answer("姓名和村相同，身份证号不同", "核对结果里的话：一方号码写错，或是重名的另一个人。"),
    answer("对方这一格看不懂，没有比", "对方的写法系统读不出来，这一格没有比。"),
)

GROUPS = (
    ("文件读不了", "整份文件没有读，什么也没写。", FILES),
    ("列和写法", "表读出来了，有些地方要您定。", MAPPING),
    ("格子里的话：填写", "红色是有问题，这一行不入库；黄色是有提醒，可以入库；灰字是提示，不用管。", CELLS),
    ("格子里的话：与系统比", "格子本身没填错，与系统里已有的对不上。", COMPARED),
    ("后台处理", "", BACKGROUND),
    ("提交、审核、不在名册中的人", "", REVIEW),
    ("撤销", "", UNDO),
    ("催报、模板、表样、核对", "", COLLECTION),
)

# Codes that no clerk meets on a page.
NOT_FOR_CLERKS = {
    "unknown_kind": "manage.py check_roster 的参数",
    "unknown_county": "manage.py check_roster 的参数",
    "no_file": "manage.py check_roster 的参数",
    "id_exists": "接口（REST）",
    "unknown_person": "接口（REST）",
    "one_post": "接口（REST）",
}


def codes():
    """Every code that has an answer."""
    return {code for _, _, answers in GROUPS for one in answers for code in one.codes}


def page():
    """The page of all answers, in Markdown."""
    parts = [
        MADE,
        "# 常见问题",
        "按页面上的话找：在浏览器里按 Ctrl+F，输入其中几个字。“…”处随情况不同。"
        "红色、黄色的格子都能直接在页面上改：双击格子，或点“改这一格”。",
        *(_group(*group) for group in GROUPS),
    ]
    return "\n\n".join(parts) + "\n"


def _group(title, intro, answers):
    lines = [f"## {title}", ""]
    if intro:
        lines += [intro, ""]
    lines += ["| 页面上的话 | 为什么，怎么办 |", "|---|---|"]
    lines += [f"| {one.says.format(**NUMBERS)} | {one.answer.format(**NUMBERS)} |" for one in answers]
    return "\n".join(lines)
