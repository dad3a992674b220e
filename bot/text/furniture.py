# ruff: noqa: E501  the patterns become a table of phrases in the next step
"""Site furniture: the lines between an article's paragraphs that belong to the page and not to the story.

Extraction keeps such a line where it stands in the article's own column. It must not be briefed, quoted or
counted: a cross-promotion headline opens with a quotation mark like any quote, and names another story.
A line is furniture only when it is a paragraph by itself; nothing inside running prose is ever touched.
"""

from __future__ import annotations

import re
from typing import Final

from bot.domain.value import Span
from bot.text.paragraphs import CLOSERS, paragraphs

LONGEST: Final = 300  # characters; furniture is short, and this bounds every pattern below

# The line is nothing but these words.
WHOLE: Final = re.compile(
    r"""[\W_]*(?:
      related(?:\s(?:content|articles?|stories|story|posts?|news|topics?|coverage|links|reading|videos?))?
    | (?:more|most|also)\s(?:stories|read|viewed|popular|news|coverage|videos)
    | (?:trending|recommended|popular|editor[’']?s?['’]?\spicks?|don[’']t\smiss|you\s(?:may|might)\s(?:also\s)?like)(?:\s(?:now|stories|for\syou|reading))?
    | (?:read|see|show|load|view|watch)\s(?:more|next|also|all|comments|the\sfull\s(?:story|article|report))(?:\s(?:here|stories|comments|articles|news|below))?
    | (?:continue|keep)\sreading(?:\s(?:below|the\smain\sstory))?
    | (?:story|article|post|text)\scontinues\s(?:below|after)(?:\s\w+){0,3}
    | (?:scroll|skip)\s(?:down|past|to|for)\b(?:\s\w+){0,5}
    | (?:article\s)?(?:advertisements?|advertising|sponsored(?:\scontent)?|promoted(?:\scontent)?|paid\scontent|ad)(?:\s(?:feedback|continues\sbelow))?
    | (?:share|print|save|email|copy|bookmark|tweet|like|listen|comments?|leave\sa\scomment|reply)(?:\s(?:this|the|link|to|it|on|with)){0,2}
        (?:\s(?:article|story|post|page|facebook|twitter|x|whatsapp|linkedin|email|friends|now))?
    | (?:back\sto\stop|table\sof\scontents|skip\sto\scontent|sign\sin|log\sin|subscribe(?:\snow|\stoday)?|sign\sup(?:\snow|\stoday)?|newsletters?)
    | all\srights\sreserved
    | (?:mehr\s(?:zum\sthema|dazu|lesen|nachrichten)|weiterlesen|weitere\s(?:artikel|meldungen|nachrichten|themen)|lesen\ssie\s(?:auch|mehr|weiter)
        |auch\sinteressant|das\skönnte\s(?:sie|dich)\sauch\sinteressieren|anzeige|werbung|teilen|drucken|merken|kommentare?|artikel\steilen
        |zur\sstartseite|alle\srechte\svorbehalten|abonnieren|jetzt\s(?:abonnieren|anmelden)|verwandte\s(?:artikel|themen))
    | (?:(?:à\s)?lire\s(?:aussi|également|la\ssuite|plus)|sur\sle\smême\s(?:sujet|thème)|articles?\s(?:liés|connexes|associés)|publicité|partager(?:\s(?:l[’']article|sur\s\w+))?
        |imprimer|commentaires?|tous\sdroits\sréservés|abonnez-vous|s[’']abonner|suivez-nous|la\ssuite\saprès\s(?:la|cette)\spublicité|voir\saussi)
    | (?:(?:lea|lee|leer|vea|ver)\s(?:también|más)|te\spuede\sinteresar|más\s(?:información|noticias|sobre\seste\stema)|(?:noticias|artículos|contenidos?)\srelacionad[oa]s?
        |publicidad|anuncio|compartir(?:\s(?:en|este)\s\w+)?|imprimir|comentarios?|todos\slos\sderechos\sreservados|suscríbe(?:te|se)|suscribirse|síg(?:uenos|anos))
    )[\W_]*""",
    re.IGNORECASE | re.VERBOSE,
)

# The line begins so; what follows is a link's words.
HEAD: Final = re.compile(
    r"""[\W_]*(?:
      click\s(?:here|this|on\sthe|through)\b
    | (?:read|see|watch|listen|more|also\sread|read\s(?:also|more|next|the\sfull\s\w+)|see\salso|related(?:\s\w+)?|recommended|trending|watch\s(?:live|now|more|the\svideo)|don[’']t\smiss|up\snext|in\spictures)\s?[:|»›>→]
    | (?:read|see|find\sout|learn|hear|get)\smore\s(?:about|on|from|of\sour|at|in\sour|stories|here|»)\b
    | more\s(?:from|stories|coverage|reporting|on\sthis)\s
    | (?:get|sign\sup|register|subscribe)\b[^.]{0,60}\b(?:newsletters?|alerts?|inbox|e-?mails?|bulletin|updates|briefing|podcast|free\strial)\b
    | (?:sign\sup|subscribe)\s(?:here|now|today|to\s(?:our|the|read|continue|get|receive)|for\s(?:our|free|the\slatest|more|just))\b
    | (?:this\sarticle\sis\s(?:for|only)|already\sa|become\sa)\s(?:a\s)?(?:subscribers?|members?)\b
    | (?:follow|like|find|join|contact|email|message)\s(?:us|@\w+|(?:\w+\s){1,5}on)\b.{0,20}\b(?:on|at|for)\s(?:our\s)?(?:facebook|twitter|x|instagram|youtube|whatsapp|telegram|tiktok|threads|bluesky|mastodon|linkedin|google\snews)\b
    | (?:follow|like)\sus\b
    | share\s(?:this|on|via)\s?(?:article|story|post|page|with|on|facebook|twitter|x|:)
    | (?:download|get)\s(?:our|the)\s(?:\w+\s){0,3}app\b
    | (?:copyright\s)?(?:©|\(c\)|&copy;)\s?(?:copyright\s)?(?:\d{4}|\w)
    | copyright\s(?:\d{4}|by)\b
    | (?:tags|topics|filed\sunder|categories|keywords|schlagw[oö]rt(?:er|e)|themen|sujets|etiquetas|temas)\s?:
    | (?:our\sstandards|have\san?\s(?:tip|news\stip|story|confidential\stip)|support\sour\sjournalism|make\s(?:a|your)\s(?:donation|contribution))\b
    | (?:hier\sklicken|klicken\ssie\s(?:hier|auf)|lesen\ssie\s(?:auch|mehr|hier|dazu|weiter)|mehr\s(?:zum\sthema|dazu|über|aus)\b[^.]{0,80}:|folgen\ssie\suns|melden\ssie\ssich\b[^.]{0,60}\bnewsletter|abonnieren\ssie|newsletter\b[^.]{0,60}\babonnieren|jetzt\s(?:für|den|unseren)\b[^.]{0,60}\bnewsletter|lesen\ssie:)
    | (?:cliquez\s(?:ici|sur)|(?:à\s)?lire\s(?:aussi|également)\s?[:|»]?|abonnez-vous|inscrivez-vous\b|suivez-nous|recevez\b[^.]{0,60}\b(?:newsletter|alertes?|lettre)|(?:voir|écouter|regarder)\saussi\s?:)
    | (?:haga\sclic|haz\sclic|pulse\saquí|(?:lea|lee|vea|ver|mire)\s(?:también|además)|suscríb[ae](?:se|te)\b|síg(?:uenos|anos|uenos\sen)|regístrate|reciba\b[^.]{0,60}\b(?:boletín|newsletter|alertas)|únete\sa)
    )""",
    re.IGNORECASE | re.VERBOSE,
)

# The line says only who made or owns a picture, or whose rights are reserved.
CREDIT: Final = re.compile(
    r"""[\W_]*(?:
      (?:photo(?:graph|s)?|picture|image|video|illustration|graphic|foto|bild|grafik|imagen|crédito|crédit|photographie)(?:\s(?:credits?|courtesy|source))?
        \s?(?::|\bby\b|\bvia\b|\bof\b(?=\s\w+/)|\bcourtesy\b)[^.!?]{0,120}
    | (?:file\s)?(?:ap|afp|reuters|epa|getty|dpa|efe|shutterstock|istock|unsplash|alamy)(?:\s(?:photo|images?|file\sphoto|foto))?(?:\s?/[^.!?]{0,80})?
    | [^.!?]{0,60}/\s?(?:getty(?:\simages)?|ap(?:\sphoto)?|reuters|afp|epa(?:-efe)?|shutterstock|dpa|bloomberg|redux|alamy)
    | [^.!?]{0,60}(?:getty\simages|via\s(?:ap|reuters|getty|afp))
    | .{0,200}(?:all\srights\sreserved|alle\srechte\svorbehalten|tous\sdroits\sréservés|todos\slos\sderechos\sreservados)
    )[\W_]*""",
    re.IGNORECASE | re.VERBOSE,
)

# A capital line that carries a time or a date heads an entry of a live blog; one with a wire's mark is a dateline.
CLOCK_OR_DAY: Final = re.compile(
    r"""\b\d{1,2}[:.h]\d{2}\b | \b\d{1,2}\s?[AP]\.?M\b
    | \b(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY\b
    | \b(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)[A-Z]*\.?\s\d{1,2}\b
    | \b\d{1,2}\.?\s(?:JAN|FEB|MAR|APR|MA[YI]|JU[NL]|AUG|SEP|O[CK]T|NOV|DE[CZ])""",
    re.VERBOSE,
)
DATELINE: Final = re.compile(r"/\s?[\w ]+\s?/|\((?:AP|AFP|REUTERS|CNN|UPI|DPA)\)|(?:--|—|–)$")


def furniture(text: str) -> list[Span]:
    """The lines of `text` that are site furniture, in order; each Span is a whole paragraph, trimmed."""
    lines = paragraphs(text)
    capitals_mean_something = not _mostly_capitals(text)
    return [
        line
        for number, line in enumerate(lines)
        if line.end - line.start <= LONGEST
        and (
            _is_prompt(line.of(text))
            or (number > 0 and capitals_mean_something and _is_capital_headline(line.of(text)))
        )
    ]


def _is_prompt(line: str) -> bool:
    line = " ".join(line.split())
    return bool(WHOLE.fullmatch(line) or HEAD.match(line) or CREDIT.fullmatch(line))


def _is_capital_headline(line: str) -> bool:
    """A headline in capitals without a full stop: another story's, or a heading with nothing to brief in it."""
    if not line.isupper() or len(line.split()) < 2 or sum(map(str.isalpha, line)) < 8:
        return False
    bare = line.rstrip(CLOSERS)
    if bare != line and line[0] in "\"“‘«„'" and not any(mark in line[1:-1] for mark in '"“”‘«»„'):
        return False  # wholly between quotation marks: somebody's words
    if bare[-1:] in ".!?…:;,。！？":
        return False
    return not CLOCK_OR_DAY.search(line) and not DATELINE.search(line)


def _mostly_capitals(text: str) -> bool:
    """Whether the article itself is written in capitals, so that they tell nothing."""
    upper = sum(map(str.isupper, text))
    lower = sum(map(str.islower, text))
    return upper > lower
