"""What is told at a cell of what was typed into it."""

from config.handbook.answers.answer import answer

CELLS = (
    answer("姓名（名称）没有填", "补上。", "missing_name"),
    answer("身份证号没有填", "对照身份证补上。", "missing_id"),
    answer("没有填，请补上", "这一格必填。", "missing_field:*"),
    answer(
        "有 … 位，应为 18 位",
        "少抄或多抄了，对照身份证补全。打了星号的、15 位的旧号码都要换成完整的 18 位。",
        "id_length",
    ),
    answer("身份证号打了星号", "填写完整的 18 位号码。", "id_length"),
    answer("是 15 位的旧身份证号", "换成现在的 18 位号码。", "id_length"),
    answer("含有数字和 X 以外的字符", "只填 18 位号码，别的话写到备注里。", "id_length"),
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
    answer("一格里有两个号码", "提醒。只留一个手机号。", "phone_format"),
    answer("不是 11 位手机号（1 开头）", "提醒。改正，没有可留空。", "phone_format"),
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
        "unknown_talent_class",
        "unknown_sub_class",
        "unknown_willing",
        "unknown_origin",
        "unknown_asker",
        "unknown_manner",
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
    answer("不是户数，请填整数", "填整数，不带小数。", "not_whole"),
    answer("不是人数，请填 1 到 … 的整数", "需要几个人就填几，至少 1。", "not_whole"),
    answer("不是人数，请填整数", "填整数，不带小数和单位以外的字。", "not_whole"),
    answer("数字太大，请核对数字和单位", "多半单位不对，如收入按元填在“万元”列里。", "too_large"),
    answer("表中年龄 …，按身份证为 … 周岁", "提示。年龄由系统算，不用改，也不影响入库。", "age_differs"),
    answer("按本表所列职务…（系统自动计算，不用填）", "提示。一肩挑、交叉任职由系统按职务算，不用改。", "*_differs"),
)
