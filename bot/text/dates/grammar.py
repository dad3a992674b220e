"""English patterns of time, in pattern.py's notation: `name = pattern`, continued on indented lines.

A rule's name is that of its resolver in recognise.py; several rules may share one. Of the matches that start at
one word the longest is tried first, then the rule that stands higher here.
"""

from __future__ import annotations

MACROS = """
MON = ( MONTH | MABBR PERIOD? )
WD = ( WEEKDAY | WDABBR PERIOD? )
NUM = ( ( INT | BIGNUM | DECIMAL ) | a? NUMWORD ( HYPHEN? and? NUMWORD ){0,5} ) ( FRAC | and a half | and
    one HYPHEN? half )?
VAGUE = ( a ( good | great )? few | SOME | ( a )? couple ( of )? | a number of | dozens of | hundreds of |
    thousands of | scores of )
AT_LEAST = ( at ( least | most ) | more than | less than | fewer than | up to | as many as | no more than |
    no less than | as little as | well over | just over | just under | APPROX )
UNIT = ( BIGUNIT | SMALLUNIT )
UNITS = ( BIGUNITS | SMALLUNITS )
ADJ = ( more | full | straight | consecutive | additional | calendar | trading | business | working | fiscal
    | whole | long | school | other )
YEARREF = ( ( of | in )? ( last | this | next | that ) year )
DOM = ( DAYNUM | ORDNUM | the ORDNUM )
DAYREF = ( ( WD COMMA? )? ( last | this | next )? mon:( MON ) ( the )? dom:( DAYNUM | ORDNUM | ORDWORD )
    (?! HYPHEN? UNITS ) ( COMMA? yr:( YEAR ) (?! HYPHEN? UNIT ) | yrel:( YEARREF ) )? | ( WD COMMA? )? ( the )?
    dmy:( DAYNUM | ORDNUM ) ( of )? dmon:( MON ) ( COMMA? dyr:( YEAR | SHORTYEAR ) )? | shift:( LAST | NEXT | THIS
    | THIS NEXT | this LAST | the LAST | the NEXT | that | the same )? wd:( WEEKDAY ) | deictic:( the day
    before yesterday | the day after tomorrow | yesterday | tomorrow | today )
    | numeric:( NUMDATE | ISO | HANDATE ) )
TOD = ( hour:( CLOCK | HOURNUM ) AMPM ZONE? ( time )? | hour24:( CLOCK ) ( hours )? ZONE? | military:(
    MILITARY ) ( hours | ZONE ) | moment:( MOMENT ) | spoken:( NUMWORD | HOURNUM ) ( OCLOCK | AMPM ) ZONE? |
    bell:( HOURNUM | NUMWORD ) in the PART )
"""

RULES = """
sept_eleven = NINEELEVEN | mon:( MON ) dom:( DAYNUM | ORDNUM ) (?= attack | attacks | terror | terrorist |
    hijackings )
day = ( early | late | mid HYPHEN? | earlier | later )? DAYREF
day_time = DAYREF COMMA? part:( PART )
day_time = ( early | late | later | earlier | mid HYPHEN? )? ( DAYREF ) COMMA? ( early | late | mid HYPHEN?
    )? part:( PART )
day_time = ( the )? ( early | late | mid HYPHEN? )? part:( PART ) ( of | on | COMMA )? DAYREF
day_time = ( AT_LEAST )? TOD ( COMMA | on | of )? ( COMMA )? DAYREF
day_time = DAYREF part:( PART )? COMMA? ( at | by | around | about | near | before | after )? TOD
day_time = ( AT_LEAST )? TOD ( ( on | COMMA )? ( the | this | that | yesterday )? part:( PART ) )?
part = ( early | late | later | earlier | mid HYPHEN? )? which:( this | last | that | the | the same | the
    next | the following | the previous | one | mid HYPHEN? | early | late | yesterday | tomorrow | the very
    ) part:( PART )
tonight = ( late | later | early | earlier )? tonight
overnight = overnight
day = numeric:( NUMDATE | ISO | HANDATE )
day_list = ( WD COMMA? )? mon:( MON ) a:( DAYNUM | ORDNUM ) ( HYPHEN | and | to | or | through | COMMA ) b:(
    DAYNUM | ORDNUM ) (?! HYPHEN? UNITS | CAPWORD | LOWWORD | PERIOD DAYNUM | COMMA? INT (?<! YEAR ) | AMPM
    ) ( COMMA? yr:( YEAR ) )?
day_list = ( from )? ( the )? a:( DAYNUM | ORDNUM ) ( HYPHEN | and | to | or | through | COMMA ) ( the )?
    b:( DAYNUM | ORDNUM ) ( of )? mon:( MON ) ( COMMA? yr:( YEAR ) )?
day_of_month = the dom:( ORDNUM ) ( of ( the | this | last | next ) month )?
month = stage:( early | late | mid HYPHEN? | earlier in | later in | ( the )? ( end | beginning | start |
    middle | first half | second half | close | latter part | early part | turn ) of | as early as | as late
    as )? shift:( last | this | next | this past | this coming | the following | that )? mon:( MON ) (?!
    DAYNUM | ORDNUM ) ( ( COMMA | of )? yr:( YEAR | SHORTYEAR ) | yrel:( YEARREF ) | words:( NUMWORD NUMWORD
    HYPHEN? NUMWORD? ) )?
year = stage:( early | late | mid HYPHEN? | post HYPHEN | pre HYPHEN | ( the )? ( end | beginning | start |
    middle | close ) of | sometime in | a good part of | earlier in | later in )? ( the year )? yr:( YEAR )
    (?! HYPHEN? UNIT )
year = the year words:( NUMWORD NUMWORD ( and? NUMWORD ){0,3} )
spoken_year = words:( NUMWORD NUMWORD HYPHEN? NUMWORD? )
short_year = (?<= PREP ) words:( SHORTYEAR )
quarter_sign = sign:( PERIODSIGN ) ( of )? yr:( YEAR | SHORTYEAR )?
fiscal_sign = fy HYPHEN? yr:( YEAR | TWODIGITS | SHORTYEAR )
year_span = yr:( YEAR ) HYPHEN b:( TWODIGITS | YEAR ) (?! HYPHEN )
bc = ( the )? yr:( INT ) ERA
decade = ( the )? ( early | late | mid HYPHEN? | ( ( the | first | second | last )? ( half | end | beginning
    | start | middle ) of ) ( the )? )? dec:( DECADE )
decade = the ( early | late | mid HYPHEN? )? words:( twenties | thirties | forties | fifties | sixties |
    seventies | eighties | nineties )
century = ( the )? ( early | late | mid HYPHEN? | turn of the )? nth:( ORDNUM | ORDWORD | NUMWORD HYPHEN
    ORDWORD ) HYPHEN? century
fiscal = ( the )? fiscal ( year )? yr:( YEAR | SHORTYEAR )
fiscal = ( the )? yr:( YEAR ) fiscal year
fiscal = ( the )? which:( current | last | this | next | latest | previous | past | coming )? fiscal year
year_end = ( ( the | around )? year HYPHEN? POSS? end | the end of ( the | this | last | next ) year ) yr:(
    YEAR )?
quarter = ( the | its | their | a flat )? before:( YEAR | last year POSS? | this year POSS? | next year
    POSS? | year HYPHEN ( ago | earlier ) | fiscal YEAR | comparable | comparable year HYPHEN ( ago |
    earlier ) | latest )? ( fiscal HYPHEN? )? nth:( ORDWORD | ORDNUM ) HYPHEN? ( fiscal )? quarter after:(
    of YEAR | of fiscal YEAR | of last year | last year | of this year | this year | of next year | next
    year | a year ago | a year earlier )?
half = ( the )? before:( YEAR )? nth:( first | second | last | latter ) HYPHEN? half ( of )? after:( YEAR |
    fiscal YEAR | this year | last year | next year | the year )
half = ( the )? nth:( first | second | last | latter ) half of the mon:( decade | century )
season = ( the | this past | earlier | later )? ( early | late | mid HYPHEN? | ( the )? ( end | beginning |
    start | middle ) of ( the )? )? shift:( last | this | next | this past | past | this coming | the
    following | the | that | the previous )? sea:( SEASON ) ( ( COMMA | of )? yr:( YEAR | SHORTYEAR ) |
    yrel:( YEARREF ) | ( of )? words:( NUMWORD NUMWORD HYPHEN? NUMWORD? ) )?
weekend = ( early | late )? shift:( the | this | last | next | this past | the past | this coming | that |
    the previous | the following ) weekend
holiday = ( LAST | NEXT | THIS | the )? hol:( HOLIDAY ) ( day:( day | eve | week ) )? ( COMMA? yr:( YEAR )
    )?
holiday = hol:( new year POSS? ( day | eve ) | labor day | memorial day | independence day | election day |
    veterans day | valentine POSS? day | good friday | easter ( sunday | monday ) | boxing day | christmas (
    day | eve ) | thanksgiving day | mother POSS? day | father POSS? day | columbus day | inauguration day |
    may day | bastille day | earth day | groundhog day | presidents POSS? day | martin luther king ( jr
    PERIOD? )? day | fourth of july | patriot day | armistice day | remembrance day | st PERIOD? patrick
    POSS day | palm sunday | ash wednesday | cinco de mayo | black friday | international women POSS day ) (
    COMMA? yr:( YEAR ) )?
relative = ( early | late | later | earlier | sometime | ( the | about the )? ( end | beginning | start |
    middle | close | rest | remainder ) of | later in | earlier in )? ( the )? shift:( LAST | NEXT | THIS |
    THIS NEXT | that | same | that same | this same | this past | latest | corresponding ) ( fiscal |
    calendar | full | whole | financial )? unit:( BIGUNIT ) ( or so )?
before_last = the unit:( BIGUNIT ) side:( before last | after next )
the_unit = ( ( early | late | later | earlier ) ( in )? | the ( end | beginning | start | middle | rest |
    remainder | close ) of )? the ( full | entire | whole )? unit:( day | week | month | quarter | year |
    period | decade | century )
quarterly = ( the )? before:( latest | year HYPHEN ( ago | earlier ) | comparable | corresponding |
    comparable year HYPHEN ( ago | earlier ) | YEAR | last year POSS | this year POSS | same ) ( period |
    quarter ) after:( a year ago | a year earlier | last year | of last year )?
quarterly = the ( period | quarter ) after:( a year ago | a year earlier | last year | of last year )
year_ago = ( a | the )? year HYPHEN ( ago | earlier )
ago = ( AT_LEAST )? num:( NUM | a | an | the | VAGUE | half a | NUM ( to | or | HYPHEN ) NUM ) HYPHEN? ( ADJ
    )? unit:( UNIT | UNITS ) ( and a half )? ( or ( so | more | two | NUM ) )? dir:( ago | earlier | before
    | previously | prior | later | after | afterward | afterwards | hence | from now | before that | back )
ago = num:( UNITS ) dir:( ago | later | earlier )
anchored = num:( NUM | a | the | VAGUE ) unit:( BIGUNIT | BIGUNITS ) dir:( before | after ) ( last | the |
    this )? DAYREF
weekday_week = wd:( WEEKDAY ) ( of )? shift:( last | this | next ) week
week_of = the week ( of | ended | ending ) DAYREF
present = now | currently | right now | at ( the | this ) ( present | moment ) | at present | these days |
    nowadays | presently | this ( very | crucial | present )? moment | (?<= for ) the moment
present_adjective = current
past = recently | more recently | most recently | lately | the past | the recent past | the distant past |
    long ago | not long ago | not so long ago | years past | the not HYPHEN? so HYPHEN? distant past
past_adjective = recent
past_vague = ( the )? ( recent | past ) unit:( BIGUNITS ) ( and BIGUNITS )?
future = the ( near | foreseeable | immediate | not HYPHEN? too HYPHEN? distant )? future | the ( near |
    short ) ( term ) | in future | as soon as possible | a later date
coming_vague = ( the )? ( coming | future ) unit:( BIGUNITS ) ( and BIGUNITS )? | the unit2:( BIGUNITS )
    ahead
set = ( almost | nearly )? EACH ( of the )? num:( NUM | other | few | ORDWORD | single )? unit:( UNIT |
    UNITS | PART )
set_weekday = ( almost | nearly )? EACH wd:( WEEKDAY ) part:( PART )?
set_weekday = wd:( WEEKDAYS ) part:( PART | PARTS )? | wdpart:( WEEKDAY ) part2:( PARTS )
set_month = ( almost | nearly )? EACH ( mon:( MON ) | sea:( SEASON ) )
set_adverb = adv:( SETADVERB )
set_rate = ( once | twice | NUM times | several times | a few times | many times ) ( a | per | each | every
    ) unit:( UNIT )
set_per = per unit:( day | week | month | year | hour )
duration = ( ( the | those | these | that | this ) ( full | entire | whole )? | at least )?
    anchor:( ( the | these | those )? ( LAST | NEXT | first | final | latest | initial | opening | closing |
    ( last | past | next | coming ) ) )? ( AT_LEAST )? num:( NUM | VAGUE | half a | half an | a half | an
    additional | another | a whole | a full | NUM ( to | or | HYPHEN ) NUM ) HYPHEN? ( ADJ )? HYPHEN? unit:(
    UNIT | UNITS ) ( and a half )? ( or ( so | more ) | HYPHEN ( long ) | ahead )?
duration = ( AT_LEAST )? ( the LAST | the NEXT | that | this )? num:( the | a | an ) ( full | whole
    | entire | lengthy | good )? unit:( UNIT ) ( and a half | or so | or two | or more )?
duration = num:( NUM | a | one | several ) HYPHEN unit:( UNIT | UNITS ) ( HYPHEN ( long | old ) )? ( period
    )?
long_unit = unit:( BIGUNIT ) HYPHEN long
bare_duration = ( the )? unit:( UNITS ) ( ( or | and ) UNITS )? ( HYPHEN ( long | old ) )?
"""
