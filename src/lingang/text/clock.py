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
    printed = match["part"] or match["part2"] or match["rel_part"]
    part = DAY_PARTS[plain(printed)] if printed else None
    times = [time for at in ("", "2") if (time := _at(match, at, part, raw)) is not None]
    if hour := match["iso_hour"]:
        return TimeOfDay(None, _shown(int(hour), int(match["iso_minute"] or 0), raw))
    return TimeOfDay(part, times[0].time if len(times) == 1 else None)


def _at(match: Match, at: str, part: str | None, raw: str) -> TimeOfDay | None:
    """The time at one end of the expression; ``None`` if none is printed there."""
    hour, hours = match[f"hour{at}"], match[f"hours{at}"]
    if not hour and not hours:
        return None
    minute = _minute(match, at)
    number = figures(hour or hours or "")
    if number is None or minute is None:
        raise ValueError(f"expected a time of the clock, found “{raw}”")
    shown = _shown(number, minute, raw)
    if match[f"loose{at}"]:
        return TimeOfDay()
    if part is None:
        # 3点 is of the morning or of the afternoon, 3时 and 15点 are not.
        return TimeOfDay(time=shown if hours or number > 12 or match[f"sign{at}"] == "时" else None)
    for printed, more in _HOURS[part]:
        if number in printed:
            return TimeOfDay(time=f"{number + more:02}:{minute:02}")
    return TimeOfDay(time="00:00" if part == "early_morning" and number == 12 and not minute else None)


def _minute(match: Match, at: str) -> int | None:
    if match[f"half{at}"]:
        return 30
    if quarters := match[f"quarters{at}"]:
        return 15 if quarters == "一" else 45
    printed = match[f"minute{at}"] or match[f"minutes{at}"]
    return figures(printed) if printed else 0


def _shown(hour: int, minute: int, raw: str) -> str | None:
    """HH:MM; ``None`` for 24时, which is of the next day."""
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise ValueError(f"expected a time of the clock, found “{raw}”")
    return None if hour == 24 else f"{hour:02}:{minute:02}"
