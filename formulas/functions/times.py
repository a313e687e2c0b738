"""Times of the day and moments. A moment is read in the workspace's time zone."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from formulas.decimals import whole
from formulas.function import Function, Parameter, number
from formulas.types import DATETIME, NUMBER, TIME
from formulas.values import Context, Fault

_DAY = 86_400
_TIME = Parameter("time", ("time", "datetime"))


def _now(context: Context) -> dt.datetime:
    return context.now


def _time(hour: Decimal, minute: Decimal, second: Decimal) -> dt.time:
    seconds = whole(hour) * 3600 + whole(minute) * 60 + whole(second)
    if seconds < 0:
        raise Fault("#NUM!", "A time is not negative.")
    minutes, left = divmod(seconds % _DAY, 60)
    return dt.time(minutes // 60, minutes % 60, left)


def _local(context: Context, moment: dt.time | dt.datetime) -> dt.time | dt.datetime:
    return moment.astimezone(context.timezone) if isinstance(moment, dt.datetime) else moment


def _hour(context: Context, moment: dt.time | dt.datetime) -> int:
    return _local(context, moment).hour


def _minute(context: Context, moment: dt.time | dt.datetime) -> int:
    return _local(context, moment).minute


def _second(context: Context, moment: dt.time | dt.datetime) -> int:
    return _local(context, moment).second


FUNCTIONS = (
    Function(
        "NOW",
        (),
        DATETIME,
        _now,
        "This moment.",
        (("NOW() = NOW()", "TRUE"), ("HOUR(NOW()) >= 0", "TRUE")),
        context=True,
        volatile=True,
        ru="ТДАТА",
        fi="NYT",
    ),
    Function(
        "TIME",
        (number("hour"), number("minute"), number("second")),
        TIME,
        _time,
        "The time of a day; minutes and hours beyond the last one run on.",
        (("TIME(9; 30; 0)", "09:30:00"), ("TIME(23; 90; 0)", "00:30:00"), ("TIME(0; -1; 0)", "#NUM!")),
        ru="ВРЕМЯ",
        fi="AIKA",
    ),
    Function(
        "HOUR",
        (_TIME,),
        NUMBER,
        _hour,
        "The hour of a time or moment, from 0 to 23.",
        (("HOUR(TIME(9; 30; 5))", "9"), ("HOUR(TIME(24; 0; 0))", "0")),
        context=True,
        ru="ЧАС",
        fi="TUNNIT",
    ),
    Function(
        "MINUTE",
        (_TIME,),
        NUMBER,
        _minute,
        "The minute of a time or moment, from 0 to 59.",
        (("MINUTE(TIME(9; 30; 5))", "30"), ("MINUTE(TIME(0; 61; 0))", "1")),
        context=True,
        ru="МИНУТЫ",
        fi="MINUUTIT",
    ),
    Function(
        "SECOND",
        (_TIME,),
        NUMBER,
        _second,
        "The second of a time or moment, from 0 to 59.",
        (("SECOND(TIME(9; 30; 5))", "5"), ("SECOND(TIME(0; 0; 60))", "0")),
        context=True,
        ru="СЕКУНДЫ",
        fi="SEKUNNIT",
    ),
)
