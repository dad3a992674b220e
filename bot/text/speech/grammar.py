"""What a language's words are, as far as attribution needs to know: one table a language.

English is worked out (see `lexicon` and `cues`); German, French, Portuguese and Spanish have the small words and
the verbs that carry most attributions. A text in any other language (Japanese apart) is read with the English
tables: its marks are found, and speakers only where nothing more than a name and a colon is needed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.text.speech import lexicon
from bot.text.speech.cues import ENGLISH, Cue, inflected
from bot.text.speech.lexicon import words


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """A language's closed classes (word -> tag), verbs of speech and phrases before a source."""

    code: str
    classes: Mapping[str, str]
    cues: Mapping[str, Cue]
    sources: Mapping[str, tuple[str, ...]]
    enclitic: re.Pattern[str] | None = field(default=None)


def _classes(**sets: frozenset[str]) -> dict[str, str]:
    return {word: tag for tag, members in sets.items() for word in members}


_ENGLISH: Final = Grammar(
    "en",
    {
        **_classes(
            PREP=lexicon.PREPOSITIONS,
            CONJ=lexicon.CONJUNCTIONS,
            DET=lexicon.DETERMINERS,
            ADV=lexicon.ADVERBS | lexicon.NEGATIONS,
            AUX=lexicon.AUXILIARIES,
            PRON=lexicon.PRONOUNS,
        ),
        "that": "CONJ",
        **dict.fromkeys(("one", "this", "these", "those"), "DET"),
    },
    ENGLISH,
    {
        "according": ("according", "to"),
        "words": ("words", "of"),
        "per": ("per",),
        "courtesy": ("courtesy", "of"),
        "quoting": ("quoting",),
        "citing": ("citing",),
        "paraphrasing": ("paraphrasing",),
    },
)
_GERMAN: Final = Grammar(
    "de",
    _classes(
        PREP=words(
            "in im an am auf aus bei beim mit nach von vom zu zum zur für gegen über um unter vor seit "
            "während wegen trotz durch ohne laut gegenüber"
        ),
        CONJ=words("und oder aber denn dass daß weil wenn als ob obwohl während nachdem bevor sondern"),
        DET=words(
            "der die das den dem des ein eine einen einem einer eines sein seine seinen ihr ihre ihren dieser "
            "diese dieses jeder alle viele mehrere zwei drei"
        ),
        ADV=words(
            "nicht auch noch schon nur dann zudem außerdem weiter dort hier heute gestern jetzt später zuvor "
            "bereits dazu dabei daraufhin jedoch allerdings"
        ),
        AUX=words(
            "ist sind war waren hat haben hatte hatten wird werden wurde wurden kann könne könnte soll sollte "
            "will wollte muss müsse sei seien habe hätte"
        ),
        PRON=words("er sie es ich wir ihr man ihn ihm ihnen sich uns mich mir"),
    ),
    inflected(
        words(
            "sagte sagt sagten gesagt erklärte erklärt erklärten meinte meint betonte betont teilte schrieb "
            "schreibt geschrieben berichtete berichtet fragte fragt antwortete antwortet ergänzte ergänzt "
            "fügte kritisierte kritisiert forderte fordert warnte warnt behauptete behauptet kündigte "
            "versicherte versichert rief äußerte zitierte nannte twitterte lobte mahnte klagte verteidigte "
            "unterstrich räumte bekräftigte bezeichnete bestätigte lautete heißt hieß"
        )
    ),
    {
        "laut": ("laut",),
        "zufolge": ("zufolge",),
        "angaben": ("angaben", "von"),
        "worten": ("worten", "von"),
        "so": ("so",),
    },
)
_FRENCH: Final = Grammar(
    "fr",
    _classes(
        PREP=words(
            "à au aux de du des en dans sur sous pour par avec sans chez vers contre entre depuis pendant "
            "avant après lors dès selon d"
        ),
        CONJ=words("et ou mais que qui quand lorsque si comme car donc puisque dont où"),
        DET=words(
            "le la les l un une des ce cet cette ces son sa ses leur leurs mon ma mes notre nos deux trois "
            "plusieurs"
        ),
        ADV=words("ne pas plus aussi encore déjà puis ensuite hier aujourd'hui demain ici là toutefois cependant"),
        AUX=words("est sont était étaient a ont avait avaient sera seront fut peut doit va ayant"),
        PRON=words("il elle ils elles on je nous vous tu lui se s y"),
    ),
    inflected(
        words(
            "dit disait disent déclaré déclare déclarait affirmé affirme affirmait expliqué explique "
            "expliquait ajouté ajoute ajoutait estimé estime estimait assuré assure assurait précisé précise "
            "précisait souligné souligne soulignait indiqué indique indiquait répondu répond répondait écrit "
            "écrivait lancé lance lançait demandé demande demandait rappelé rappelle rappelait confié confie "
            "regretté regrette dénoncé dénonce critiqué critique annoncé annonce insisté insiste poursuivi "
            "poursuit conclu conclut tweeté promis promet prévenu prévient reconnu reconnaît martelé commenté "
            "commente réagi réagit raconté raconte salué salue noté note"
        )
    ),
    {"selon": ("selon",), "d'après": ("d'après",)},
    re.compile(r"-(?:t-)?(ils?|elles?|on|je)$", re.IGNORECASE),
)
_SPANISH: Final = Grammar(
    "es",
    _classes(
        PREP=words(
            "a al de del en con por para sin sobre entre desde hasta contra hacia durante tras según ante bajo"
        ),
        CONJ=words("y e o u pero que quien cuando si como porque aunque mientras donde sino"),
        DET=words(
            "el la los las un una unos unas este esta estos estas ese esa su sus mi dos tres varios muchos "
            "otro otra"
        ),
        ADV=words("no también ya aún todavía además ayer hoy mañana aquí allí después luego más muy entonces sin"),
        AUX=words("es son era eran ha han había habían fue fueron será está están estaba puede debe haber"),
        PRON=words("él ella ellos ellas yo nosotros usted ustedes se lo le les me nos"),
    ),
    inflected(
        words(
            "dijo dice dijeron dicho decía declaró declara declarado afirmó afirma afirmado explicó explica "
            "explicado añadió añade añadido agregó agrega aseguró asegura asegurado señaló señala señalado "
            "indicó indica indicado manifestó manifiesta manifestado respondió responde escribió escribe "
            "escrito preguntó pregunta sostuvo sostiene advirtió advierte advertido recordó recuerda criticó "
            "critica denunció denuncia insistió insiste concluyó concluye subrayó subraya reconoció reconoce "
            "tuiteó expresó expresa contó cuenta comentó comenta precisó precisa apuntó apunta exigió pidió "
            "lamentó prometió anunció anuncia reiteró"
        )
    ),
    {"según": ("según",), "palabras": ("palabras", "de")},
)
_PORTUGUESE: Final = Grammar(
    "pt",
    _classes(
        PREP=words(
            "ao aos à às de do da dos das em no na nos nas num numa com por pelo pela pelos pelas para sem sob "
            "sobre entre desde até contra durante após segundo conforme ante perante"
        ),
        CONJ=words("e ou mas que quem quando se como porque embora enquanto onde porém"),
        DET=words(
            "o a os as um uma uns umas este esta estes estas esse essa aquele aquela seu sua seus suas meu minha "
            "dois duas três vários muitos outro outra"
        ),
        ADV=words(
            "não também já ainda além ontem hoje amanhã aqui ali lá depois então logo mais muito nunca sempre"
        ),
        AUX=words("é são era eram tem têm tinha tinham foi foram será está estão estava pode deve vai havia"),
        PRON=words("ele ela eles elas eu nós você vocês lhe lhes me nos"),
    ),
    inflected(
        words(
            "disse diz disseram dizia dito declarou declara declarado afirmou afirma afirmaram afirmado explicou "
            "explica explicado acrescentou acrescenta acrescentado assegurou garantiu garante destacou destaca "
            "destacado ressaltou ressalta indicou indica contou conta relatou relata respondeu responde escreveu "
            "escreve escrito perguntou pergunta questionou sustentou alertou alerta alertado lembrou lembra "
            "recordou criticou critica denunciou denuncia insistiu insiste concluiu conclui sublinhou frisou "
            "frisa reconheceu reconhece admitiu admite tuitou publicou comentou comenta pontuou observou observa "
            "lamentou lamenta prometeu promete anunciou anuncia reiterou reforçou reforça pediu exigiu avaliou "
            "avalia completou completa argumentou argumenta defendeu defende informou informa"
        )
    ),
    {"segundo": ("segundo",), "conforme": ("conforme",), "palavras": ("palavras", "de")},
)
_GRAMMARS: Final = {grammar.code: grammar for grammar in (_ENGLISH, _GERMAN, _FRENCH, _PORTUGUESE, _SPANISH)}


def grammar_of(language: str) -> Grammar:
    """The grammar for an ISO 639-1 code; English for every code that has none."""
    return _GRAMMARS.get(language[:2].lower(), _ENGLISH)
