# What the constructors and methods of datetime refuse, and in which words.
import datetime as d


def t(expression):
    try:
        print(eval(expression))
    except Exception as e:
        print(type(e).__name__, e, sep=": ")


t('d.date(1,2,3,4)')                    #> TypeError: function takes at most 3 arguments (4 given)
t('d.date(2000,1)')                     #> TypeError: function missing required argument 'day' (pos 3)
t('d.date()')                           #> TypeError: function missing required argument 'year' (pos 1)
t('d.date(2000,1,foo=1)')               #> TypeError: function missing required argument 'day' (pos 3)
t("d.date('a',1,1)")                    #> TypeError: 'str' object cannot be interpreted as an integer
t('d.date(2000,1,1,day=2)')             #> TypeError: function takes at most 3 arguments (4 given)
t('d.date(2000,1,year=1)')              #> TypeError: function missing required argument 'day' (pos 3)
t("d.date.fromisoformat('2020W531xx')") #> 2020-12-28
t("d.date.fromisoformat('0000-W01-1')") #> ValueError: month must be in 1..12
t("d.time.fromisoformat('12:00+00:00:00.000001')")  #> 12:00:00+00:00
t('d.time(1,2,3,4,None,1)')             #> TypeError: function takes at most 5 positional arguments (6 given)
t('d.time(1,2,3,4,None,fold=2)')        #> ValueError: fold must be either 0 or 1
t('d.datetime(1,1)')                    #> TypeError: function missing required argument 'day' (pos 3)
t('d.timedelta(1,2,3,4,5,6,7,8)')       #> TypeError: __new__() takes at most 7 arguments (8 given)
t('d.timedelta(foo=1)')                 #> TypeError: 'foo' is an invalid keyword argument for __new__()
t('d.timezone()')                       #> TypeError: timezone() missing required argument 'offset' (pos 1)
t('d.timezone(1)')                      #> TypeError: timezone() argument 1 must be datetime.timedelta, not int
t('d.timezone(d.timedelta(0),1)')       #> TypeError: timezone() argument 2 must be str, not int
t("d.datetime.strptime('a')")           #> TypeError: strptime() takes exactly 2 arguments (1 given)
t("d.datetime.strptime('a',1)")         #> TypeError: strptime() argument 2 must be str, not int
t('d.datetime.now(1,2)')                #> TypeError: now() takes at most 1 argument (2 given)
t('d.datetime.now(tz=1)')               #> TypeError: tzinfo argument must be None or of a tzinfo subclass, not type 'int'
t('d.datetime.combine(1,2)')            #> TypeError: combine() argument 1 must be datetime.date, not int
t('d.datetime.combine()')               #> TypeError: combine() missing required argument 'date' (pos 1)
t("d.datetime(1,1,1).isoformat('ab')")  #> TypeError: isoformat() argument 1 must be a unicode character, not str
t("d.datetime(1,1,1).isoformat('T',1)") #> TypeError: isoformat() argument 2 must be str, not int
t("d.datetime(1,1,1).isoformat(timespec='a\\0')")  #> ValueError: embedded null character
t("d.datetime(1,1,1).isoformat(timespec='a')")  #> ValueError: Unknown timespec value
t("d.date.fromordinal('a')")            #> TypeError: 'str' object cannot be interpreted as an integer
t('d.date.fromordinal()')               #> TypeError: fromordinal() takes exactly 1 argument (0 given)
t('d.date.fromisocalendar(1)')          #> TypeError: fromisocalendar() missing required argument 'week' (pos 2)
t('d.date.fromisocalendar(2**70,1,1)')  #> ValueError: ISO calendar component out of range
t('d.date(1,1,1).__format__(1)')        #> TypeError: __format__() argument 1 must be str, not int
t('d.date(1,1,1).__format__()')         #> TypeError: __format__() takes exactly 1 argument (0 given)
t('d.date(1,1,1).strftime()')           #> TypeError: strftime() missing required argument 'format' (pos 1)
t('d.date(1,1,1).strftime(1)')          #> TypeError: strftime() argument 1 must be str, not int
t('d.date(1,1,1).replace(1,2,3,4)')     #> TypeError: replace() takes at most 3 arguments (4 given)
t('d.date(1,1,1).replace(foo=1)')       #> TypeError: 'foo' is an invalid keyword argument for replace()
t('d.date(2**40,1,1)')                  #> OverflowError: signed integer is greater than maximum
t('d.date(2**80,1,1)')                  #> OverflowError: Python int too large to convert to C long
t('d.date(1.5,1,1)')                    #> TypeError: 'float' object cannot be interpreted as an integer
t('d.datetime.fromtimestamp()')         #> TypeError: fromtimestamp() missing required argument 'timestamp' (pos 1)
t('d.datetime.fromtimestamp(1,2,3)')    #> TypeError: fromtimestamp() takes at most 2 arguments (3 given)
t('d.datetime.fromtimestamp(1,2)')      #> TypeError: tzinfo argument must be None or of a tzinfo subclass, not type 'int'
t("d.datetime.fromtimestamp('a')")      #> TypeError: 'str' object cannot be interpreted as an integer
t("d.datetime.fromtimestamp(float('nan'))")  #> ValueError: Invalid value NaN (not a number)
t('d.datetime.fromtimestamp(1e30)')     #> OverflowError: timestamp out of range for platform time_t
t('d.datetime.fromtimestamp(1e15)')     #> ValueError: year 31690708 is out of range
t('d.datetime.fromtimestamp(1e18)')     #> OSError: [Errno 75] Value too large for defined data type
t('d.datetime.utcfromtimestamp()')      #> TypeError: utcfromtimestamp() takes exactly 1 argument (0 given)
t('d.datetime(1,1,1).astimezone(1)')
#> TypeError: tzinfo argument must be None or of a tzinfo subclass, not type 'int'
t('d.datetime(1,1,1)-1')                #> TypeError: unsupported operand type(s) for -: 'datetime.datetime' and 'int'
t('d.datetime(1,1,1)<d.date(1,1,1)')    #> TypeError: can't compare datetime.datetime to datetime.date
t('d.datetime(1,1,1)<1')                #> TypeError: '<' not supported between instances of 'datetime.datetime' and 'int'
t('d.date(1,1,1)+d.timedelta(-1)')      #> OverflowError: date value out of range
t('d.timedelta(10**40)')                #> OverflowError: Python int too large to convert to C int
t('d.timedelta(10**10)')                #> OverflowError: Python int too large to convert to C int
t('d.timedelta(days=10**40,hours=-24*10**40)')  #> 0:00:00
t("d.timedelta('a')")                   #> TypeError: unsupported type for timedelta days component: str
t('d.timedelta(1)/0')                   #> ZeroDivisionError: integer division or modulo by zero
t('d.timedelta(1)//0')                  #> ZeroDivisionError: integer division or modulo by zero
t('d.timedelta(1)//d.timedelta(0)')     #> ZeroDivisionError: integer division or modulo by zero
t('d.timedelta(1)/0.0')                 #> ZeroDivisionError: integer division or modulo by zero
t("d.timedelta(1)*float('inf')")        #> OverflowError: cannot convert Infinity to integer ratio
t('d.timedelta(1)%d.timedelta(0)')      #> ZeroDivisionError: integer modulo by zero
t('d.timedelta(1)/d.timedelta(0)')      #> ZeroDivisionError: division by zero
t('divmod(d.timedelta(1),d.timedelta(0))')  #> ZeroDivisionError: integer division or modulo by zero
t('d.tzinfo().utcoffset(1)')            #> NotImplementedError: a tzinfo subclass must implement utcoffset()
t('d.tzinfo().fromutc(1)')              #> TypeError: fromutc: argument must be a datetime
t('d.tzinfo().__reduce__()')            #> (<class 'datetime.tzinfo'>, (), None)
t('d.timezone.utc.utcoffset(1)')        #> TypeError: utcoffset(dt) argument must be a datetime instance or None, not int
t('d.timezone.utc.fromutc(1)')          #> TypeError: fromutc: argument must be a datetime
t('d.datetime(1,1,1).__reduce_ex__()')  #> TypeError: __reduce_ex__() takes exactly 1 argument (0 given)
t("d.datetime(1,1,1).__reduce_ex__('a')")  #> TypeError: 'str' object cannot be interpreted as an integer
t('d.date(1,1,1).isocalendar().__reduce__()')  #> (<class 'tuple'>, ((1, 1, 1),))
t('d.date(1,1,1).isocalendar()')        #> datetime.IsoCalendarDate(year=1, week=1, weekday=1)
t('type(d.date(1,1,1).isocalendar()).__mro__')
#> (<class 'datetime.IsoCalendarDate'>, <class 'tuple'>, <class 'object'>)
t('type(d.date(1,1,1).isocalendar())(1,2,3)')  #> datetime.IsoCalendarDate(year=1, week=2, weekday=3)
t('type(d.date(1,1,1).isocalendar())(1,2)')
#> TypeError: IsoCalendarDate() missing required argument 'weekday' (pos 3)
t('d.date.fromtimestamp(1,2)')          #> TypeError: date.fromtimestamp() takes exactly one argument (2 given)
t('d.date.fromtimestamp()')             #> TypeError: date.fromtimestamp() takes exactly one argument (0 given)
t("d.date(b'ab')")                      #> TypeError: 'bytes' object cannot be interpreted as an integer
t("d.date('abcd')")                     #> TypeError: 'str' object cannot be interpreted as an integer
t("d.datetime(b'\\x07\\xe0\\x01\\x01\\0\\0\\0\\0\\0\\0',5)")  #> TypeError: bad tzinfo state arg
t('d.date.min.year.__class__')          #> <class 'int'>
t('d.datetime(1,1,1).utcoffset(1)')     #> TypeError: datetime.utcoffset() takes no arguments (1 given)
t('d.datetime(1,1,1,tzinfo=5)')         #> TypeError: tzinfo argument must be None or of a tzinfo subclass, not type 'int'
t('d.datetime(1,1,1).replace(fold=5)')  #> ValueError: fold must be either 0 or 1
t('d.datetime(1,1,1).replace(tzinfo=5)')
#> TypeError: tzinfo argument must be None or of a tzinfo subclass, not type 'int'
t('d.time(1).replace(1,2,3,4,5,6,7)')   #> TypeError: replace() takes at most 6 arguments (7 given)
t("d.datetime.fromisoformat('2020-01-01T\\ud800')")  #> ValueError: Invalid isoformat string: '2020-01-01T\ud800'
t("d.datetime.fromisoformat('2020-01-01\\ud80010:00')")  #> 2020-01-01 10:00:00
t("d.datetime.fromisoformat('2020')")   #> ValueError: Invalid isoformat string: '2020'
t('d.timezone(d.timedelta(1))')
#> ValueError: offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not datetime.timedelta(days=1).
t('d.datetime(2000,1,1,1,1,1,1,None,5,6)')  #> TypeError: function takes at most 9 arguments (10 given)
t('d.datetime(9999,12,31).astimezone(d.timezone(d.timedelta(hours=1)))')  #> 9999-12-31 01:00:00+01:00
t('d.datetime(1,1,1).timestamp()')      #> ValueError: year 0 is out of range
t('d.datetime.max.timestamp()')         #> 253402300800.0
t('d.timedelta.min-d.timedelta(1)')     #> OverflowError: days=-1000000000; must have magnitude <= 999999999
t('abs(d.timedelta.min)')               #> 999999999 days, 0:00:00
t('-d.timedelta.min')                   #> 999999999 days, 0:00:00
