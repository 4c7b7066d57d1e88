"""Every vocabulary of the dataset; each word carries its English and Chinese label and its definition."""

from __future__ import annotations

from lingang.models.declare import Vocabulary, Word

__all__ = ["VOCABULARIES"]


def _vocabulary(name: str, *words: tuple[str, str, str, str]) -> Vocabulary:
    return Vocabulary(name, tuple(Word(*word) for word in words))


ARTICLE_KIND = _vocabulary(
    "article_kind",
    ("news", "news item", "消息", "An item with body text."),
    (
        "photo_news",
        "photo item",
        "图片新闻",
        "An item whose only text is the caption of a photo and its credit.",
    ),
)

SEGMENT_ROLE = _vocabulary(
    "segment_role",
    ("headline", "headline", "主标题", "The first of the headline lines of an item."),
    ("subheadline", "subheadline", "副标题", "The second of two headline lines."),
    ("kicker", "kicker", "引题", "A label that belongs over a headline: a body's or a column's name."),
    ("byline", "byline", "电头", "本报讯 and the bracket with the names that follows it."),
    ("body", "body", "正文", "A paragraph of running text, or a part of one."),
    ("caption", "caption", "图片说明", "Text that tells what a photo shows."),
    ("credit", "credit", "图片署名", "Who took a photo."),
)

BYLINE_ROLE = _vocabulary(
    "byline_role",
    ("reporter", "reporter", "记者", "Named after 记者."),
    ("correspondent", "correspondent", "通讯员", "Named after 通讯员."),
    ("photographer", "photographer", "摄影", "Named with 摄, or with 图 as in 文/图."),
)

PUBLIC_ROLE = _vocabulary(
    "public_role",
    ("national_leader", "national leader", "国家领导人", "Named with the title 总书记."),
    (
        "official",
        "official",
        "官员",
        "Named with a post, a membership or as one of the leaders of a public body.",
    ),
    ("reporter", "reporter", "记者", "Known from bylines, as 记者."),
    ("correspondent", "correspondent", "通讯员", "Known from bylines, as 通讯员 only."),
    ("private", "private person", "个人", "Named without any title or byline."),
)

IDENTITY_BASIS = _vocabulary(
    "identity_basis",
    ("single_item", "single item", "仅见一篇", "Named in one item only, so that nothing is linked."),
    (
        "same_name_same_post",
        "same name, same post",
        "同名同职",
        "Each item gives the name with the same post.",
    ),
    (
        "same_name_same_body",
        "same name, same body",
        "同名同单位",
        "At least one link rests on the same name with titles of the same development zone, not on one post.",
    ),
    ("same_byline", "same byline", "同名署名", "The same name in bylines and photo credits."),
)

ORGANIZATION_KIND = _vocabulary(
    "organization_kind",
    ("development_zone", "development zone", "开发区", "A zone that acts as a body: it convenes meetings."),
    ("party_body", "party body", "党委机构", "A committee of the Party: 党委, 县委, a central committee."),
    ("government_body", "government body", "政府机构", "A government or its agency: 县政府, 局."),
    (
        "discipline_body",
        "discipline body",
        "纪检监察机构",
        "Discipline inspection or supervision: 纪委, 监委.",
    ),
    ("subdistrict_office", "subdistrict office", "办事处", "A 办事处 of a zone or a district."),
    ("residents_committee", "residents committee", "居委会", "A 居委会."),
    ("school", "school", "学校", "A school of any stage."),
    ("company", "company", "企业", "A company, a shop or a supermarket."),
    ("troupe", "troupe", "文艺团体", "A company of performers."),
    ("other", "other", "其他", "A body of another kind."),
)

PLACE_KIND = _vocabulary(
    "place_kind",
    ("city", "city", "城市", "A city."),
    ("district", "district", "区县", "A district or a county."),
    ("road", "road", "道路", "A road or a street."),
    ("site", "site", "场所", "A named site: a square, a shopping complex."),
    ("car_park", "car park", "停车场", "A car park."),
    ("market", "market", "市场", "A market."),
    ("other", "other", "其他", "A place of another kind."),
)

POSITION_KIND = _vocabulary(
    "position_kind",
    ("post", "post", "职务", "A post: 书记, 主任, 副主任, 总书记."),
    ("membership", "membership", "委员", "A seat on a committee: 委员."),
    ("collective", "collective title", "集体称谓", "A title shared by all names of a list: 区领导."),
)

EVENT_KIND = _vocabulary(
    "event_kind",
    ("meeting", "meeting", "会议", "People are called together to confer: 召开, 会议, 部署会."),
    ("inspection", "inspection", "调研", "A leader goes to see work on the spot: 调研指导."),
    ("donation", "donation", "捐赠", "Something is given to others: 捐赠."),
    ("contest", "contest", "比赛", "Contestants are ranked: 比赛, 决赛."),
    ("award_ceremony", "award ceremony", "表彰", "People are honoured before an audience: 表彰, 颁发."),
    ("selection", "selection", "评选", "People are chosen for an honour: 评选."),
    ("performance", "performance", "演出", "A show is given: 演出."),
    ("other", "other", "其他", "An event of another kind."),
)

EVENT_STATUS = _vocabulary(
    "event_status",
    ("occurred", "occurred", "已发生", "The item reports it as done."),
    ("ongoing", "ongoing", "进行中", "The item reports it as going on: 正在, 目前."),
    ("planned", "planned", "将举行", "The item reports it as still to come: 将, 拟."),
    ("background", "background", "背景", "The item only refers to it: another event conveys or studies it."),
)

DATE_PRECISION = _vocabulary(
    "date_precision",
    ("part_of_day", "part of a day", "半天", "A day and a part of it are printed: 3月8日上午."),
    ("day", "day", "日", "A day is printed, or a range of days."),
    ("month", "month", "月", "A month is printed."),
    ("year", "year", "年", "A year is printed."),
    ("vague", "vague", "模糊", "A word like 近日 is printed."),
    ("none", "none", "无", "No date is printed."),
)

YEAR_BASIS = _vocabulary(
    "year_basis",
    ("stated", "stated", "日期自带", "The year is part of the printed date."),
    ("article", "this item", "本篇", "The year is printed elsewhere in the item."),
    (
        "page",
        "another item",
        "同版他篇",
        "The year is printed only in another item of the page; EDTF marks it with ?.",
    ),
    ("none", "none", "无", "There is no dated year."),
)

DAY_PART = _vocabulary(
    "day_part",
    ("morning", "morning", "上午", "上午 is printed."),
    ("afternoon", "afternoon", "下午", "下午 is printed."),
    ("evening", "evening", "晚上", "晚 or 晚上 is printed."),
)

LINK_RELATION = _vocabulary(
    "link_relation",
    ("part_of", "part of", "属于", "The event takes place inside the other."),
    ("precedes", "precedes", "先于", "The event is over before the other begins, and leads to it."),
    ("selects_for", "selects for", "选拔至", "The event decides who takes part in the other."),
    ("discusses", "discusses", "学习讨论", "The event studies, conveys or discusses the other."),
)

CAMPAIGN_RELATION = _vocabulary(
    "campaign_relation",
    ("launched", "launched", "启动", "It is set going: 启动, 动员部署, 部署会."),
    ("advanced", "advanced", "推进", "It is carried on: 推进, 开展, 实施, 调研指导."),
    ("discussed", "discussed", "研究", "It is on the agenda: 研究部署."),
    ("mentioned", "mentioned", "提及", "It is only named."),
)

PARTICIPANT_KIND = _vocabulary(
    "participant_kind",
    ("person", "person", "人物", "A person of the registry."),
    ("organization", "organization", "机构", "An organization of the registry."),
    ("place", "place", "地点", "A place of the registry."),
    ("group", "group", "群体", "People or bodies that are only described: 群众代表."),
)

PARTICIPATION_ROLE = _vocabulary(
    "participation_role",
    ("organizer", "organizer", "主办", "Holds the event: 召开, 开展, 举行, 评选, 邀请 stand after the name."),
    ("co_organizer", "co-organizer", "联合主办", "Stands after 联合."),
    ("chair", "chair", "主持", "主持 stands after the name."),
    ("speaker", "speaker", "讲话", "讲话, 致辞 or 发言 stands after the name."),
    ("attendee", "attendee", "出席", "出席 or 参加 stands after the name or the list."),
    ("inspector", "inspector", "调研", "调研 stands after the name."),
    ("site", "site", "地点", "Where it takes place: stands after 到."),
    ("presenter", "presenter", "颁奖", "颁发 stands after the name."),
    ("awardee", "awardee", "获奖", "Is honoured: 获得, 表彰, 颁发给, 评选出."),
    ("contestant", "contestant", "参赛", "选手, or 参加 … 比赛."),
    ("performer", "performer", "演出", "献上 or 表演 stands after the name."),
    ("donor", "donor", "捐赠", "捐赠 stands directly after the name, or 向 … 捐赠."),
    ("beneficiary", "beneficiary", "受益", "For whom it is done: 关爱 … 捐赠, 为 … 献上."),
    ("nominator", "nominator", "推荐", "推荐 stands after the name."),
)

QUOTATION_FORM = _vocabulary(
    "quotation_form",
    ("direct", "direct", "直接引语", "Enclosed in “ ”."),
    ("indirect", "indirect", "间接引语", "Reported after a cue, without quotation marks around it."),
)

SPEAKER_KIND = _vocabulary(
    "speaker_kind",
    ("person", "person", "人物", "A named person speaks."),
    ("organization", "organization", "机构", "A body speaks."),
    ("event", "event", "会议", "The meeting speaks: 会议指出, 会议强调, 会议要求."),
    ("group", "group", "群体", "People who are only described speak."),
)

DOCUMENT_KIND = _vocabulary(
    "document_kind",
    ("opinion", "opinion", "意见", "Its title ends in 意见."),
    ("notice", "notice", "通知", "Its title ends in 通知."),
    ("roster", "roster", "名单", "Its title ends in 名单."),
    ("policy", "policy", "政策文件", "Its title ends in 办法, 规定, 方案 or 条例."),
    ("other", "other", "其他", "A document of another kind."),
)

DOCUMENT_ACTION = _vocabulary(
    "document_action",
    ("read_out", "read out", "宣读", "宣读 stands before it."),
    ("conveyed", "conveyed", "传达", "传达 stands before it."),
    ("referenced", "referenced", "提及", "It is only referred to."),
)

FIGURE_KIND = _vocabulary(
    "figure_kind",
    ("count", "count", "计数", "A number of people or things: 40名."),
    ("label_number", "label number", "提法数字", "A number inside the name of a formula: 五个一工程."),
    ("ordinal", "ordinal", "序数", "A number in a row: 第五届."),
)

EVIDENCE_BASIS = _vocabulary(
    "evidence_basis",
    ("stated", "stated", "原文", "The quote says the value."),
    ("normalized", "normalized", "规范化", "A named rule turns the quote into the value."),
    ("composed", "composed", "拼合", "The quote is one of the printed parts of the value."),
    ("inferred", "inferred", "推断", "A reader's decision rests on the quote; the note says why."),
)

ISSUE_KIND = _vocabulary(
    "issue_kind",
    ("misprint", "misprint", "误植", "A character or word that looks wrong."),
    ("syntax", "syntax", "语病", "A sentence that does not parse well."),
    ("ambiguity", "ambiguity", "歧义", "The page allows more than one reading."),
    ("line_break", "line break", "断行", "A name or word cut by a line break or a blank line."),
    ("misplaced_block", "misplaced block", "错位", "Text that stands away from where it belongs."),
    ("missing_block", "missing block", "缺失", "Something that a printed page has and this text lacks."),
    ("inconsistency", "inconsistency", "不一致", "Two places of the page do not agree."),
)

ISSUE_DECISION = _vocabulary(
    "issue_decision",
    ("keep_sic", "kept as printed", "照录", "The text stays as printed."),
    ("join", "joined", "接合", "The pieces are read as one."),
    ("reattach", "reattached", "归位", "The block is read with the item it belongs to."),
    ("leave_open", "left open", "存疑", "Nothing is decided."),
)

TABLE_NAME = _vocabulary(
    "entity_table",
    ("people", "people", "人物", "The registry of persons."),
    ("organizations", "organizations", "机构", "The registry of organizations."),
    ("places", "places", "地点", "The registry of places."),
    ("campaigns", "campaigns", "行动", "The registry of campaigns."),
)

VOCABULARIES: tuple[Vocabulary, ...] = tuple(
    value for value in list(globals().values()) if isinstance(value, Vocabulary)
)
