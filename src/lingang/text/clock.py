"""The time of day that a date or time tells: the part of the day, and HH:MM where it is exact."""

from __future__ import annotations

from dataclasses import dataclass

from lingang.text.date_grammar import DAY_PARTS, Match, plain
from lingang.text.numerals import figures

__all__ = ["TimeOfDay", "read"]


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """Part of the day as the vocabulary has it, and the time as HH:MM; ``None`` where not told, or not exactly."""

    part: str | None = None
    time: str | None = None


# The hours that stand with a part of the day, as printed, and what is added to them; others may be of another day.
_HOURS: dict[str, tuple[tuple[range, int], ...]] = {
    "early_morning": ((range(0, 9), 0),),
    "morning": ((range(4, 13), 0),),
    "noon": ((range(11, 15), 0), (range(1, 3), 12)),
    "afternoon": ((range(12, 20), 0), (range(1, 8), 12)),
    "evening": ((range(17, 24), 0), (range(5, 12), 12)),
    "night": ((range(20, 24), 0), (range(8, 12), 12)),
}


def read(match: Match, raw: str) -> TimeOfDay:
    """The time of day of a parsed date. Raises ``ValueError`` for a time that no clock shows."""
    groups = match.groupdict()
    printed = next((groups[f"part{at}"] for at in "123678" if groups.get(f"part{at}")), None) or groups["rel_part"]
    part = DAY_PARTS[plain(printed)] if printed else None
    times = [time for at in _PLACES if (time := _at(groups, at, part, raw)) is not None]
    if groups["iso_hour"]:
        return TimeOfDay(None, _shown(int(groups["iso_hour"]), int(groups["iso_minute"]), raw))
    return TimeOfDay(part, times[0].time if len(times) == 1 else None)


_PLACES = ("1", "1x", "2", "2x", "3", "3x", "4", "6", "6x", "7", "7x", "8", "8x")


def _at(groups: dict[str, str | None], at: str, part: str | None, raw: str) -> TimeOfDay | None:
    """The time at one place of the expression; ``None`` if none is printed there."""
    hour, hours = groups.get(f"hour{at}"), groups.get(f"hours{at}")
    if not hour and not hours:
        return None
    minute = _minute(groups, at)
    number = figures(hour or hours or "")
    if number is None or minute is None:
        raise ValueError(f"expected a time of the clock, found “{raw}”")
    shown = _shown(number, minute, raw)
    if groups[f"loose{at}"]:
        return TimeOfDay()
    if part is None:
        # 3点 is of the morning or of the afternoon, 3时 and 15点 are not.
        return TimeOfDay(time=shown if hours or number > 12 or groups[f"sign{at}"] == "时" else None)
    for printed, more in _HOURS[part]:
        if number in printed:
            return TimeOfDay(time=f"{number + more:02}:{minute:02}")
    return TimeOfDay(time="00:00" if part == "early_morning" and number == 12 and not minute else None)


def _minute(groups: dict[str, str | None], at: str) -> int | None:
    if groups[f"half{at}"]:
        return 30
    if quarters := groups[f"quarters{at}"]:
        return 15 if quarters == "一" else 45
    printed = groups[f"minute{at}"] or groups[f"minutes{at}"]
    return figures(printed) if printed else 0


def _shown(hour: int, minute: int, raw: str) -> str | None:
    """HH:MM; ``None`` for 24时, which is of the next day."""
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise ValueError(f"expected a time of the clock, found “{raw}”")
    return None if hour == 24 else f"{hour:02}:{minute:02}"
