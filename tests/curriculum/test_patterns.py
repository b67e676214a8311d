import pytest

from curriculum.patterns import MAX_SPELLINGS, PatternError, canonical, segments


@pytest.mark.parametrize(
    ("pattern", "shown"),
    [
        pytest.param("Es un caballo.", "Es un caballo.", id="plain"),
        pytest.param("[The|A] woman says (hi|hello).", "The woman says hi.", id="first branches, optionals kept"),
        pytest.param("(I (am|was)|I'm) here", "I am here", id="nested"),
        pytest.param("colo[u]r", "colour", id="inside a word"),
        pytest.param("  Good   morning ", "Good morning", id="spaces"),
        pytest.param(r"a \(b\) \[c\] \| \\", r"a (b) [c] | \ ".strip(), id="escapes"),
        pytest.param("cafe\u0301", "café", id="composed"),
        pytest.param("Yes[, indeed].", "Yes, indeed.", id="punctuation inside brackets"),
        pytest.param("", "", id="empty"),
    ],
)
def test_canonical_takes_first_branches(pattern: str, shown: str) -> None:
    assert canonical(pattern) == shown


@pytest.mark.parametrize(
    ("pattern", "column", "mend"),
    [
        pytest.param("a (b|c", 3, "add ')'", id="never closed"),
        pytest.param("a [b|(c)", 3, "add ']'", id="square never closed"),
        pytest.param("a) b", 2, r"remove it or write \)", id="closes nothing"),
        pytest.param("a ] b", 3, r"remove it or write \]", id="square closes nothing"),
        pytest.param("(a|b]", 5, "write ')'", id="closed by the other kind"),
        pytest.param("a|b", 2, "(one|other)", id="bar outside"),
        pytest.param("(a|)", 4, "[word]", id="empty last branch"),
        pytest.param("(|a)", 2, "[word]", id="empty first branch"),
        pytest.param("[ ]", 3, "[word]", id="only a space"),
        pytest.param("()", 2, "[word]", id="empty group"),
        pytest.param("a\\", 2, "write two", id="backslash at the end"),
        pytest.param("(" * 30 + "a" + ")" * 30, 21, "nested deeper", id="too deep"),
        pytest.param("a" * 2_001, 2_000, "longer than 2000 characters", id="too long"),
    ],
)
def test_a_pattern_that_cannot_be_read_says_where_and_what_to_do(pattern: str, column: int, mend: str) -> None:
    with pytest.raises(PatternError) as caught:
        canonical(pattern)
    assert caught.value.column == column
    assert mend in caught.value.mend
    assert f"column {column}: " in str(caught.value)


def test_segments_run_from_space_to_space_across_brackets() -> None:
    found, last = segments("l'(ami|amie) vient", is_spaced=True)
    assert sorted(segment.text for segment in found) == ["l'ami ", "l'amie ", "vient"]
    assert all(segment.source < segment.target <= last for segment in found)


def test_segments_of_a_spaceless_script_stop_at_every_bracket() -> None:
    found, _ = segments("(猫|ねこ)です", is_spaced=False)
    assert sorted(segment.text for segment in found if segment.text) == ["です", "ねこ", "猫"]


def test_segments_follow_the_length_of_the_pattern() -> None:
    short, _ = segments(" ".join(["[a|b|c]"] * 10) + " d", is_spaced=True)
    long, _ = segments(" ".join(["[a|b|c]"] * 20) + " d", is_spaced=True)
    assert len(short) == 41
    assert len(long) == 81


def test_spellings_of_one_word_are_limited() -> None:
    assert segments("(a|b)" * 8, is_spaced=True)
    with pytest.raises(PatternError, match=f"column 5: more than {MAX_SPELLINGS} spellings"):
        segments("abc (a|b)" + "(a|b)" * 200, is_spaced=True)
