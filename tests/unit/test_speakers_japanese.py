"""Who said what in Japanese; sentences of our own."""

from __future__ import annotations

import pytest

from bot.text.speech import attributed_quotes

pytestmark = pytest.mark.unit

Told = tuple[str, str | None, str | None]


def told(text: str) -> list[Told]:
    """The words, the speaker and the role of each quotation that was said."""
    return [
        (quote.words.of(text), quote.speaker, quote.role)
        for quote in attributed_quotes(text, language="ja")
        if quote.key
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("「再開できてうれしい」と港長の大野健一氏は語った。", ("再開できてうれしい", "大野健一", "港長")),
        ("商店会の会長、佐藤恵子さんは「客が戻る」と話した。", ("客が戻る", "佐藤恵子", None)),
        ("佐藤市長は3日の会見で「費用は市が持つ」と述べた。", ("費用は市が持つ", "佐藤", "市長")),
        ("佐藤市長は、修理は必要だとした上で「費用は市が持つ」と述べた。", ("費用は市が持つ", "佐藤", "市長")),
        ("橋が壊れた港の作業員が「怖かった」と振り返った。", ("怖かった", "橋が壊れた港の作業員", None)),
        ("「素晴らしい会談だった」と記者団に語った。", ("素晴らしい会談だった", None, None)),
        ("彼は「もう限界だ」と語った。", ("もう限界だ", None, None)),
        ("「もう限界だ」と男性は話した。", ("もう限界だ", "男性", None)),
        ("同社の広報担当者は「確認中」とコメントした。", ("確認中", "同社の広報担当者", None)),
        ("会見では「確認中だ」と市の田中部長が説明した。", ("確認中だ", "田中", "部長")),
        ("『二度と繰り返さない』などと山田社長は謝罪した。", ("二度と繰り返さない", "山田", "社長")),
    ],
)
def test_what_was_said_is_known_with_who_said_it(text: str, expected: Told) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "市長は「橋」という小説を書いた。",
        "市長は「橋」という小説について語った。",
        "「港の春」の新作が公開された。",
        "いわゆる「橋問題」は続く。",
        "市は「原因を調べている」としている。",
        "「閉じない括弧と市長は語った。",
    ],
)
def test_what_is_only_named_is_nobodys_words(text: str) -> None:
    assert told(text) == []


def test_speakers_stand_in_the_text() -> None:
    text = "「うれしい」と港長の大野健一氏は語った。「寂しい」と佐藤市長が述べた。"
    for quote in attributed_quotes(text, language="ja"):
        assert quote.speaker_span is not None
        assert quote.speaker is not None
        assert quote.speaker in quote.speaker_span.of(text)
