"""The words of the page by which vocabulary words are recognised, each with its rank.

A pattern is matched against a quote without white space in which ``@`` marks the participant. The
cues of roles are ranked: where a role that shuts others out fits, it alone counts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

__all__ = [
    "BOUNDARY_WORDS",
    "EVENT_WORDS",
    "MEASURES",
    "QUOTATION_CUE",
    "TRIGGERS",
    "at_boundary_word",
    "byline_role",
    "campaign_relation",
    "document_action",
    "document_kind",
    "event_kind",
    "event_status",
    "link_relation",
    "organization_kind",
    "place_kind",
    "position_kind",
    "roles",
]

ROLE_CUES: Mapping[str, str] = {
    "co_organizer": r"联合@",
    "site": r"到(?:[^，。；@]*、)?@",
    "nominator": r"@(?:积极)?推荐",
    "presenter": r"@为[^，。；]*颁发",
    "beneficiary": r"关爱@|为@献上|[向给]@捐赠",
    "performer": r"@(?:为[^，。；]{1,6})?(?:献上|表演)",
    "donor": r"@(?:向[^，。；]*)?捐赠",
    "awardee": r"获得[^，。；]*@|为@颁发|对@进行[^，。；]*表彰|评选出[^，。；]*@|@(?:荣)?获",
    "contestant": r"选手(?:[^，。；@]*、)?@|参加决赛的@|@[^，。；]*参加[^，。；]*比赛",
    "inspector": r"@[^，。；]*调研",
    "chair": r"@主持",
    "speaker": r"@[^，。；]*(?:讲话|致辞|发言)",
    "attendee": r"@[^，。；]*(?:出席|参加)",
    "organizer": r"@[^，。；]*(?:召开|开展|举行|举办|评选|邀请)",
}
"""In order of rank."""

_ROLES = {role: re.compile(pattern) for role, pattern in ROLE_CUES.items()}
_ALONE = ("co_organizer", "site", "nominator", "presenter", "beneficiary", "performer", "donor")
_SHUT_OUT = {
    "awardee": {"attendee", "organizer"},
    "contestant": {"attendee", "organizer"},
    "inspector": {"attendee", "organizer"},
    "chair": {"attendee", "organizer"},
    "speaker": {"organizer"},
    "attendee": {"organizer"},
}


@lru_cache(maxsize=256)  # several rules ask for the same quotes of a page
def roles(marked: str) -> frozenset[str]:
    """The roles that a quote gives to the participant marked ``@``; one, or two as in 出席并讲话."""
    fitting = [role for role, pattern in _ROLES.items() if pattern.search(marked)]
    for role in _ALONE:
        if role in fitting:
            return frozenset([role])
    found = set(fitting)
    for role in fitting:
        if role in found:
            found -= _SHUT_OUT.get(role, set())
    return frozenset(found)


EVENT_WORDS: Mapping[str, str] = {
    "award_ceremony": r"表彰|颁奖",
    "selection": r"评选",
    "donation": r"捐赠|捐献",
    "contest": r"比赛|决赛|竞赛",
    "performance": r"演出|表演",
    "inspection": r"调研|视察|检查",
    "meeting": r"会议|大会|部署会|召开|座谈会",
}
"""In order of rank: the first that is found in the name or the trigger decides the kind."""


def event_kind(name: str, trigger: str) -> str:
    """The kind that the words of the name, then of the trigger, tell; ``other`` where none does."""
    for text in (name, trigger):
        for kind, pattern in EVENT_WORDS.items():
            if re.search(pattern, text):
                return kind
    return "other"


TRIGGERS = frozenset("召开 召开大会 举行 举办 开展 评选出 调研 调研指导 献上 参加 第一次会议 捐赠 表彰".split())
"""What may stand as the trigger of an event: whole words, so that a lost character is seen."""


def event_status(clause: str, *, referred: bool) -> str:
    """``planned`` and ``ongoing`` by their words in the clause; ``background`` for an event to which
    another one only refers."""
    if re.search(r"将(?!要?把)|即将|拟于|拟定", clause):
        return "planned"
    if re.search(r"正在|目前正", clause):
        return "ongoing"
    return "background" if referred else "occurred"


MEASURES = tuple("名个条届次项大人所家位件")
"""Measure words of counted people and things: behind a number they belong to it."""

_LINK = {
    "part_of": r"随后|期间|活动现场|其间",
    "selects_for": r"代表[^，。；]*参加|选拔",
    "discusses": r"学习|研究|传达|讨论",
    "precedes": r"当选|此前|会前|之前",
}


def link_relation(quote: str) -> str | None:
    """The relation whose word the quote holds, by rank."""
    return next((relation for relation, pattern in _LINK.items() if re.search(pattern, quote)), None)


_CAMPAIGN = {
    "launched": r"启动|动员部署|部署会",
    "discussed": r"研究部署|部署争创",
    "advanced": r"推进|开展|实施|调研指导",
}


def campaign_relation(quote: str) -> str:
    """What the quote does with a campaign, by rank; ``mentioned`` where no cue stands."""
    return next((value for value, pattern in _CAMPAIGN.items() if re.search(pattern, quote)), "mentioned")


def document_action(quote: str) -> str:
    """What is done with a document, by the word before 《."""
    before = quote.split("《")[0]
    if "宣读" in before:
        return "read_out"
    return "conveyed" if "传达" in before else "referenced"


_DOCUMENT = {
    "opinion": r"意见\Z",
    "notice": r"通知\Z",
    "roster": r"名单\Z",
    "policy": r"(?:办法|规定|方案|条例)\Z",
}


def document_kind(title: str) -> str:
    """The kind that the last word of a title tells."""
    return next((kind for kind, pattern in _DOCUMENT.items() if re.search(pattern, title)), "other")


_ORGANIZATION = {
    "development_zone": r"开发区\Z",
    "discipline_body": r"(?:纪工委|监工委|纪委|监委)\Z",
    "party_body": r"(?:党工委|党委|市委|省委|区委|中央.*委员会)\Z",
    "government_body": r"(?:管委会|政府|局)\Z",
    "subdistrict_office": r"办事处\Z",
    "residents_committee": r"居委会\Z",
    "school": r"(?:小学|中学|学校|大学|幼儿园)\Z",
    "company": r"(?:公司|超市|集团|商场)\Z",
    "troupe": r"剧团\Z",
}


def organization_kind(name: str) -> str:
    """The kind that the last word of a body's name tells."""
    return next((kind for kind, pattern in _ORGANIZATION.items() if re.search(pattern, name)), "other")


_PLACE = {
    "road": r"(?:路|街|大道)\Z",
    "car_park": r"停车场\Z",
    "market": r"市场\Z",
    "site": r"(?:广场|公园|中心)\Z",
    "district": r"[区县]\Z",
}


def place_kind(name: str) -> str | None:
    """The kind that the last word of a place's name tells; ``None`` where it tells nothing."""
    return next((kind for kind, pattern in _PLACE.items() if re.search(pattern, name)), None)


def position_kind(title: str) -> str:
    """``membership`` for 委员, ``collective`` for 领导, else ``post``."""
    if title.endswith("委员"):
        return "membership"
    return "collective" if title.endswith("领导") else "post"


_BYLINE = {"reporter": "记者", "correspondent": "通讯员"}


def byline_role(role: str, quote: str) -> bool:
    """Whether a byline's quote holds the word of the role."""
    if role == "photographer":
        return quote.endswith(("摄", "图"))
    return _BYLINE[role] in quote


QUOTATION_CUE = re.compile(r"会议(?:指出|强调|要求|认为)|表示|指出|强调|要求|希望|认为|说")
"""What may stand as the cue of a quotation, whole."""

BOUNDARY_WORDS = tuple(
    (
        "召开 举行 开展 参加 宣读 传达 献上 颁发 捐赠 推荐 积极 关爱 经过 通报 "
        "学习宣传 研究部署 安排部署 深入学习 深入贯彻 认真落实 贯彻执行 获得 评出 "
        "上台 精神饱满 推进大会 部署会 第一次会议 比赛 全市 重要讲话 关于 上的 按照 要以 工作 "
        "记者 通讯员 表示 希望 进行 推进 活动 领导 选手 联合 到 将 了 主持 主任 "
        "副主任 书记 委员 对 为 的 在 由 暨 和 及 与"
    ).split()
)
"""Words beside which a quote may begin or end; elsewhere it does so at punctuation, at the edge of a
segment, of a date or of a registered name."""

_BEGINNING: dict[str, list[str]] = defaultdict(list)
_ENDING: dict[str, list[str]] = defaultdict(list)
for _word in BOUNDARY_WORDS:
    _BEGINNING[_word[0]].append(_word)
    _ENDING[_word[-1]].append(_word)


def at_boundary_word(text: str, position: int) -> bool:
    """Whether a boundary word ends before ``text[position]`` or begins there."""
    return any(text.endswith(word, 0, position) for word in _ENDING.get(text[position - 1], ())) or any(
        text.startswith(word, position) for word in _BEGINNING.get(text[position], ())
    )
