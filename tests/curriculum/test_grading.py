from collections.abc import Iterator

import pytest

from curriculum.alignment import DiffWord
from curriculum.grading import (
    Accents,
    DiffKind,
    Marking,
    Verdict,
    compile_answers,
    mark,
    mark_choice,
    mark_pairs,
    words,
)

CORRECT, SLIP, TYPO, WRONG = Verdict.CORRECT, Verdict.ACCENT_SLIP, Verdict.TYPO, Verdict.WRONG

# Real words of each course: what a beginner could mean when it stands in place of another.
LEXICON = {
    language: frozenset(words(text, language=language))
    for language, text in {
        "en": "I you he she it it's we they am is are was were have has had a an the this these that those its well "
        "horse house mouse live love leave lives lived three tree there their quite quiet cat cats walk walks walked",
        "es": "cómo como come comes un una el la los las gato gata perro perra caballo leche lecho pan tiene tienen "
        "hablo habló este esta hombre hambre casa caza niño niña",
        "fr": "le la les un une est et ou où a à mange manges chat chatte bon bonne je suis elle poisson poison",
        "de": "ich bin ist der die das ein eine einen schon schön Bruder Brüder habe haben hat",
        "ru": "я ты он она мой моя мои кот кошка дом дома книга книгу книги читаю читает лошадь площадь",
        "tr": "ben sen bir kitap kitabı kadın adam var yok olmak ölmek okuyorum",
        "el": "εγώ εσύ είμαι είναι ένας μία η ή που πού νόμος νομός καλημέρα",
    }.items()
}


def cases(language: str, *rows: tuple[str | tuple[str, ...], str, Verdict]) -> Iterator[object]:
    """Rows of accepted answer(s), typed answer and verdict, in a classroom that warns about accents."""
    for accepted, given, verdict in rows:
        patterns = (accepted,) if isinstance(accepted, str) else accepted
        yield pytest.param(language, patterns, given, verdict, id=f"{language}: {patterns[0]} < {given} = {verdict}")


ENGLISH = cases(
    "en",
    ("I am a student.", "I am a student.", CORRECT),
    ("I am a student.", "i am a student", CORRECT),
    ("I am a student.", "  I   AM a\tstudent !!", CORRECT),
    ("I am a student.", "I am a studnet.", TYPO),
    ("I am a student.", "I am a stutent.", TYPO),
    ("I am a student.", "I am an student.", WRONG),
    ("I am a student.", "I is a student.", WRONG),
    ("I am a student.", "I am student.", WRONG),
    ("I am a student.", "I am a a student.", WRONG),
    ("I am a student.", "am I a student", WRONG),
    ("I am a student.", "I am a sudnt.", WRONG),
    ("I am a student.", "", WRONG),
    ("I am a student.", "...", WRONG),
    ("I am a student.", "student", WRONG),
    ("[the|a] woman says (hi|hello)", "woman says hi", CORRECT),
    ("[the|a] woman says (hi|hello)", "The woman says hello.", CORRECT),
    ("[the|a] woman says (hi|hello)", "A woman says hi", CORRECT),
    ("[the|a] woman says (hi|hello)", "an woman says hi", WRONG),
    ("[the|a] woman says (hi|hello)", "the a woman says hi", WRONG),
    ("[the|a] woman says (hi|hello)", "a womam says hi", TYPO),
    ("[the|a] woman says (hi|hello)", "a womam says helo", WRONG),
    ("(I am|I'm) here", "I'm here", CORRECT),
    ("(I am|I'm) here", "I’m here", CORRECT),
    ("(I am|I'm) here", "I`m here", CORRECT),
    ("(I am|I'm) here", "Im here", CORRECT),
    ("I don't know", "I dont know", CORRECT),
    ("I don't know", "I do'nt know", TYPO),
    ("I don't know", "I don t know", WRONG),
    ("I don't know", "I 'don't' know", CORRECT),
    ("It's his", "Its his", WRONG),
    ("It is its bed", "It is it's bed", WRONG),
    ("We'll go", "Well go", WRONG),
    ("We're here", "Were here", WRONG),
    ("My cat's name", "My cats name", WRONG),
    ("My cats", "My cat's", TYPO),
    ("They are there", "They are they're", WRONG),
    ("He doesn't know", "He dosnt know", TYPO),
    ("He doesn't know", "He doesnn't know", TYPO),
    ("rock'n'roll", "rocknroll", CORRECT),
    ("rock'n'roll", "rock'nroll", CORRECT),
    ("(he|she)'s nice", "she's nice", CORRECT),
    ("(he|she)'s nice", "he’s nice", CORRECT),
    ("colo[u]r", "color", CORRECT),
    ("colo[u]r", "colour", CORRECT),
    ("colo[u]r", "colur", TYPO),
    ("an ice-cream", "an ice cream", CORRECT),
    ("an ice cream", "an ice–cream", CORRECT),
    ("an ice-cream", "an ice crem", TYPO),
    ("She said “yes”", 'she said "yes"', CORRECT),
    ("the horse", "the house", WRONG),
    ("the horse", "the hose", TYPO),
    ("the horse", "teh horse", WRONG),
    ("They live there", "They leave there", WRONG),
    ("They live there", "They live their", WRONG),
    ("I walk home", "I walked home", WRONG),
    ("quite", "quiet", WRONG),
    ("a cat", "a cta", WRONG),
    ("tomorrow", "tommorow", TYPO),
    ("tomorrow", "tomorow", TYPO),
    ("tomorrow", "tommorrrow", TYPO),
    ("tomorrow", "tomrw", WRONG),
    ("in 1984", "in 1985", WRONG),
    ("in 1984", "in 1984.", CORRECT),
    ("at 10:30", "at 10.30", CORRECT),
    ("one two three four five six seven", "one two thre four fve six seven", WRONG),
    ("my older brother always reads good books quietly", "my oldr brother always reads good bocks quietly", TYPO),
    ("my older brother always reads good books quietly", "my oldr brothr always reads good bocks quietly", WRONG),
    ("my older brother always reads good books", "my oldr brother always reads good bocks", WRONG),
    ("a café", "a cafe", SLIP),
    (("Hello.", "Hi."), "hi", CORRECT),
    (("Hello.", "Hi."), "helo", TYPO),
    ("hel\u00adlo", "hello", CORRECT),
)

SPANISH = cases(
    "es",
    ("Es un caballo.", "Es un caballo.", CORRECT),
    ("Es un caballo.", "es un caballo", CORRECT),
    ("Es un caballo.", "Es un cabalo", TYPO),
    ("Es un caballo.", "Es un cavallo", TYPO),
    ("Es un caballo.", "Es una caballo", WRONG),
    ("Come pan", "Como pan", WRONG),
    ("Come pan", "come Pan.", CORRECT),
    ("¿Cómo come?", "¿Como come?", SLIP),
    ("Come como un caballo", "Come cómo un caballo", SLIP),
    ("una gata", "un gata", WRONG),
    ("una gata", "una gato", WRONG),
    ("una gata", "una gatta", TYPO),
    ("el león", "el leon", SLIP),
    ("el león", "el leom", TYPO),
    ("el león", "el LEÓN", CORRECT),
    ("el leo\u0301n", "el león", CORRECT),
    ("un año", "un ano", WRONG),
    ("un año", "un AÑO", CORRECT),
    ("un an\u0303o", "un año", CORRECT),
    ("el niño", "el nino", TYPO),
    ("el niño", "el niña", WRONG),
    ("¿Cómo estás?", "cómo estás", CORRECT),
    ("¿Cómo estás?", "¿como estás?", SLIP),
    ("¿Cómo estás?", "cómo estas", SLIP),
    ("¿Cómo estás?", "¡Cómo estás!", CORRECT),
    ("Él habló", "Él hablo", SLIP),
    ("Ella habla mucho", "Ella hablá mucho", SLIP),
    ("Bebe leche", "Bebe lecho", WRONG),
    ("Tengo hambre", "Tengo hombre", WRONG),
    ("mi casa", "mi caza", WRONG),
    ("el pingüino", "el pinguino", SLIP),
    ("[Yo] (tengo|he tenido) un perro", "he tenido un perro", CORRECT),
    ("[Yo] (tengo|he tenido) un perro", "yo tengo un pero", TYPO),
    ("la canción", "la cancion", SLIP),
    ("la canción", "la cansion", TYPO),
)

FRENCH = cases(
    "fr",
    ("l'eau", "l’eau", CORRECT),
    ("l'eau", "leau", CORRECT),
    ("l'(ami|amie)", "l'amie", CORRECT),
    ("l'(ami|amie)", "L’ami !", CORRECT),
    ("Elle est ici.", "elle est ici", CORRECT),
    ("l'été", "l'ete", SLIP),
    ("l'été", "lete", SLIP),
    ("l'été", "lété", CORRECT),
    ("Il l'a mangé", "Il la mangé", WRONG),
    ("Il mange", "Il manges", WRONG),
    ("le garçon", "le garcon", SLIP),
    ("un œuf", "un oeuf", SLIP),
    ("Où est le chat ?", "Ou est le chat ?", SLIP),
    ("à la maison", "a la maison", SLIP),
    ("déjà", "deja", SLIP),
    ("le poisson", "le poison", WRONG),
    ("le poisson", "le poissson", TYPO),
    ("« Bonjour »", "bonjour", CORRECT),
    ("est-ce que tu viens", "est ce que tu viens", CORRECT),
    ("aujourd'hui", "aujourdhui", CORRECT),
    ("aujourd'hui", "aujourd’hui", CORRECT),
    ("Noël", "noel", SLIP),
)

GERMAN = cases(
    "de",
    ("die Straße", "die Strasse", CORRECT),
    ("die Strasse", "die STRAẞE", CORRECT),
    ("die Straße", "die Strase", TYPO),
    ("Das ist schön", "das ist schon", SLIP),
    ("Das ist schön", "das ist schoen", SLIP),
    ("für dich", "fuer dich", SLIP),
    ("für dich", "fur dich", SLIP),
    ("für dich", "vür dich", WRONG),
    ("das Mädchen", "das Madchen", SLIP),
    ("das Mädchen", "das Maedchen", SLIP),
    ("das Mädchen", "das Mädchn", TYPO),
    ("der Bruder", "der Brüder", SLIP),
    ("einen Apfel", "eine Apfel", WRONG),
    ("(Ich habe|Ich hab) Hunger", "ich hab hunger", CORRECT),
    ("Wie geht's?", "wie gehts", CORRECT),
    ("für's Kind", "fürs Kind", CORRECT),
    ("für's Kind", "fuers Kind", SLIP),
    ("für's Kind", "fuer's Kind", SLIP),
    ("„Hallo“", "hallo", CORRECT),
)

RUSSIAN = cases(
    "ru",
    ("Ещё один ёж", "еще один еж", CORRECT),
    ("Еще один еж", "Ещё один ёж.", CORRECT),
    ("Е\u0308ж", "еж", CORRECT),
    ("Это мой дом", "Это мои дом", WRONG),
    ("Это мой дом", "это МОЙ дом", CORRECT),
    ("чёрный чай", "черный чаи", WRONG),
    ("зелёный лук", "зеленыи лук", TYPO),
    ("Я читаю книгу.", "Я читаю книга", WRONG),
    ("Я читаю книгу.", "Я читаю кнгу", TYPO),
    ("Я читаю книгу.", "Я чатаю кнгу", WRONG),
    ("[Я] (читаю|прочитал) книгу", "прочитал книгу", CORRECT),
    ("лошадь", "площадь", WRONG),
    ("лошадь", "лошать", TYPO),
    ("молоко́", "молоко", CORRECT),
    ("Привет — это я", "привет это я", CORRECT),
    ("«Да»", "да", CORRECT),
    ("кот", "кит", WRONG),
    ("по-русски", "по русски", CORRECT),
    ("кто-нибудь", "кто-нибуть", TYPO),
)

TURKISH = cases(
    "tr",
    ("Işık var", "ışık var", CORRECT),
    ("ışık", "IŞIK", CORRECT),
    ("İstanbul", "istanbul", CORRECT),
    ("istanbul", "İSTANBUL", CORRECT),
    ("I\u0307stanbul", "istanbul", CORRECT),
    ("ılık", "ilik", WRONG),
    ("kadın", "kadin", TYPO),
    ("KADIN", "kadın", CORRECT),
    ("KADIN", "kadin", TYPO),
    ("aç", "ac", WRONG),
    ("şu", "su", WRONG),
    ("ölmek", "olmak", WRONG),
    ("ölmek", "olmek", TYPO),
    ("dağ", "dag", WRONG),
    ("kâğıt", "kağıt", SLIP),
    ("kâğıt", "kagit", WRONG),
    ("Bir kitap okuyorum", "bir kitabı okuyorum", WRONG),
    ("Ankara'da", "Ankara’da", CORRECT),
    ("Ankara'da", "ankarada", CORRECT),
)

GREEK = cases(
    "el",
    ("Καλημέρα", "καλημέρα", CORRECT),
    ("Καλημέρα", "καλημερα", SLIP),
    ("Καλημέρα", "ΚΑΛΗΜΕΡΑ", SLIP),
    ("Καλημέρα", "καλιμερα", TYPO),
    ("ο δρόμος", "ο δρόμοσ", CORRECT),
    ("ο δρόμος", "Ο ΔΡΌΜΟΣ", CORRECT),
    ("ο δρόμος", "ο δρομος", SLIP),
    ("πού είναι;", "που είναι;", SLIP),
    ("ο νόμος", "ο νομός", SLIP),
    ("προϊόν", "προιον", SLIP),
    ("(Εγώ είμαι|Είμαι) μαθητής", "είμαι μαθητής", CORRECT),
    ("Είμαι μαθητής", "Είναι μαθητής", WRONG),
)


@pytest.mark.parametrize(
    ("language", "patterns", "given", "verdict"),
    [*ENGLISH, *SPANISH, *FRENCH, *GERMAN, *RUSSIAN, *TURKISH, *GREEK],
)
def test_verdict(language: str, patterns: tuple[str, ...], given: str, verdict: Verdict) -> None:
    marking = mark(given, compile_answers(patterns, language=language), lexicon=LEXICON[language])
    assert marking.verdict is verdict, marking
    assert marking.passed is (verdict is not WRONG)


@pytest.mark.parametrize(
    ("language", "accepted", "given", "verdict"),
    [
        pytest.param("sv", "ett får", "ett far", WRONG, id="Swedish å"),
        pytest.param("sv", "idén", "iden", SLIP, id="Swedish é is an accent"),
        pytest.param("fi", "minä näin", "minä nain", TYPO, id="Finnish ä in a word of four"),
        pytest.param("da", "en ø", "en o", WRONG, id="Danish ø"),
        pytest.param("fr", "Søren", "Soren", SLIP, id="ø is foreign to French"),
        pytest.param("eo", "ĉu", "cu", WRONG, id="Esperanto ĉ"),
        pytest.param("eo-x", "ĉu", "ĉu", CORRECT, id="only the base language counts"),
        pytest.param("es-MX", "un año", "un ano", WRONG, id="regional Spanish"),
        pytest.param("TR", "ışık", "IŞIK", CORRECT, id="capital tag"),
        pytest.param("uk", "м'ясо", "мʼясо", CORRECT, id="Ukrainian apostrophe"),
        pytest.param("vi", "tiếng", "tiêng", SLIP, id="Vietnamese tone"),
        pytest.param("vi", "mơ", "mo", WRONG, id="Vietnamese ơ"),
        pytest.param("ro", "oraș", "oraş", CORRECT, id="Romanian cedilla"),
        pytest.param("pl", "łódź", "lodz", SLIP, id="Polish stroke"),
        pytest.param("he", "שָׁלוֹם", "שלום", SLIP, id="Hebrew points"),
        pytest.param("he", "כֶּלֶב", "כלע", WRONG, id="Hebrew points are no letters"),
        pytest.param("hi", "किताब", "कताब", TYPO, id="Hindi vowel sign is a letter"),
        pytest.param("ko", "학생입니다", "학생임니다", TYPO, id="Korean has spaces"),
        pytest.param("ja", "(私|わたし)は学生です。", "わたしは学生です", CORRECT, id="kana or kanji"),
        pytest.param("ja", "(私|わたし)は学生です。", "わたし は 学生 です", CORRECT, id="spaces do not matter"),
        pytest.param("ja", "わたしは学生です", "わたしわ学生です", WRONG, id="no typo between signs"),
        pytest.param("ja", "がくせい", "かくせい", WRONG, id="voiced kana is another kana"),
        pytest.param("ja", "テレビ", "ﾃﾚﾋﾞ", CORRECT, id="half width kana"),
        pytest.param("ja", "watashi wa", "Ｗａｔａｓｈｉｗａ", CORRECT, id="full width romaji"),
        pytest.param("zh", "你好", "你好！", CORRECT, id="Chinese"),
        pytest.param("zh", "(你好|nǐ hǎo)", "ni hao", SLIP, id="pinyin without tones"),
        pytest.param("zh", "(绿|lǜ)", "lu", WRONG, id="pinyin ü"),
        pytest.param("th", "สวัสดี", "สวัสดี", CORRECT, id="Thai"),
        pytest.param("th", "ไม้", "ไม", WRONG, id="Thai tone mark is no accent"),
    ],
)
def test_verdict_in_further_languages(language: str, accepted: str, given: str, verdict: Verdict) -> None:
    assert mark(given, compile_answers((accepted,), language=language)).verdict is verdict


def test_an_apostrophe_may_be_left_out_unless_that_makes_another_word() -> None:
    graph = compile_answers(("It's red.",), language="en")
    assert mark("its red", graph).diff[0] == DiffWord(DiffKind.EQUAL, "It's", "its")
    for accents in Accents:
        assert mark("its red", graph, accents=accents).verdict is CORRECT
        assert mark("its red", graph, accents=accents, lexicon=frozenset({"its"})).verdict is WRONG


def test_an_answer_with_its_own_apostrophes_is_the_nearest() -> None:
    graph = compile_answers(("It's red.", "Its red."), language="en")
    assert [mark(given, graph).solution for given in ("its red", "it's red")] == ["Its red.", "It's red."]


@pytest.mark.parametrize(
    ("given", "lenient", "warn", "strict"),
    [
        pytest.param("el león come", CORRECT, CORRECT, CORRECT, id="right"),
        pytest.param("el leon come", CORRECT, SLIP, WRONG, id="slip"),
        pytest.param("el leon comme", TYPO, TYPO, WRONG, id="slip and typo in two words"),
        pytest.param("el leom come", TYPO, TYPO, WRONG, id="slip and typo in one word"),
        pytest.param("el leóm come", TYPO, TYPO, TYPO, id="typo with the accent right"),
        pytest.param("la leon come", WRONG, WRONG, WRONG, id="wrong word"),
    ],
)
def test_a_classroom_decides_about_accents(given: str, lenient: Verdict, warn: Verdict, strict: Verdict) -> None:
    graph = compile_answers(("El león come.",), language="es")
    verdicts = [
        mark(given, graph, accents=accents).verdict for accents in (Accents.LENIENT, Accents.WARN, Accents.STRICT)
    ]
    assert verdicts == [lenient, warn, strict]


@pytest.mark.parametrize(("accents", "verdict"), list(zip(Accents, (CORRECT, SLIP, WRONG), strict=True)))
def test_a_missing_accent_is_a_slip_though_it_makes_another_word(accents: Accents, verdict: Verdict) -> None:
    graph = compile_answers(("¿Cómo come?",), language="es")
    marking = mark("como come", graph, accents=accents, lexicon=LEXICON["es"])
    assert (marking.verdict, marking.diff[0].kind) == (verdict, DiffKind.ACCENT)


def test_an_accent_slip_is_shown_whatever_the_classroom() -> None:
    graph = compile_answers(("El león.",), language="es")
    for accents in Accents:
        assert mark("el leon", graph, accents=accents).diff[1] == DiffWord(DiffKind.ACCENT, "león", "leon")


def test_a_strict_classroom_takes_the_answer_that_passes() -> None:
    graph = compile_answers(("está", "estas"), language="es")
    assert mark("esta", graph).diff[0].expected == "está"
    strict = mark("esta", graph, accents=Accents.STRICT)
    assert (strict.verdict, strict.diff[0].expected) == (TYPO, "estas")


def kinds(marking: Marking) -> str:
    letters = {"equal": "=", "accent": "'", "typo": "~", "wrong": "x", "missing": "-", "extra": "+"}
    return "".join(letters[word.kind] for word in marking.diff)


@pytest.mark.parametrize(
    ("accepted", "given", "diff", "solution"),
    [
        pytest.param("The cat is here.", "the cat is here", "====", "The cat is here.", id="equal"),
        pytest.param("The cat is here.", "the is here", "=-==", "The cat is here.", id="missing"),
        pytest.param("The cat is here.", "the cat is not here", "===+=", "The cat is here.", id="extra"),
        pytest.param("The cat is here.", "the dog is heer", "=x=~", "The cat is here.", id="wrong and typo"),
        pytest.param("The cat is here.", "", "----", "The cat is here.", id="all missing"),
        pytest.param("The cat is here.", "the the cat is here", "+====", "The cat is here.", id="doubled"),
        pytest.param("[The|A] woman says (hi|hello).", "woman says hello", "===", "Woman says hello.", id="capital"),
        pytest.param("[Yes], I am.", "i am", "==", "I am.", id="comma of an optional beginning"),
        pytest.param("¿[Y] cómo estás?", "como estás", "'=", "¿Cómo estás?", id="capital after a sign"),
        pytest.param("¿Come pan [blanco]?", "come pan", "==", "¿Come pan?", id="space of an optional end"),
        pytest.param("I (walk|go) home.", "I walked home", "=x=", "I walk home.", id="likest of two wrong words"),
        pytest.param("I (go|walk) home.", "I walkd home", "=~=", "I walk home.", id="nearest branch"),
        pytest.param("I (go|walk) home.", "I xyz home", "=x=", "I go home.", id="first branch in a tie"),
        pytest.param("(do not|don't) go", "do go", "=-=", "do not go", id="branches of several words"),
        pytest.param("an ice-cream [cone]", "an ice cream", "===", "an ice-cream", id="hyphen is kept in the solution"),
        pytest.param("hel(lo|p) me", "help me", "==", "help me", id="word across brackets"),
    ],
)
def test_diff_and_solution(accepted: str, given: str, diff: str, solution: str) -> None:
    marking = mark(given, compile_answers((accepted,), language="en"))
    assert (kinds(marking), marking.solution) == (diff, solution)


def test_diff_shows_words_as_they_were_written() -> None:
    marking = mark("es UN cavallo!", compile_answers(("Es un Caballo.",), language="es"))
    assert marking.diff == (
        DiffWord(DiffKind.EQUAL, "Es", "es"),
        DiffWord(DiffKind.EQUAL, "un", "UN"),
        DiffWord(DiffKind.TYPO, "Caballo", "cavallo"),
    )


def test_a_turkish_solution_begins_with_a_turkish_capital() -> None:
    marking = mark("istiyorum", compile_answers(("[Evet,] istiyorum.",), language="tr"))
    assert marking.solution == "İstiyorum."


def test_ties_do_not_depend_on_the_order_of_accepted_answers() -> None:
    answers = ("Veo un gato.", "Miro un gato.", "Yo tengo un gato.")
    first = mark("xyz un gato", compile_answers(answers, language="es"))
    assert first == mark("xyz un gato", compile_answers(answers[::-1], language="es"))
    assert first.solution == "Miro un gato."


def test_a_slip_in_two_readings_takes_the_cheaper() -> None:
    assert mark("esta aqui", compile_answers(("está aquí", "esta aquí"), language="es")).solution == "esta aquí"


@pytest.mark.parametrize(
    "given",
    [
        pytest.param("a " * 1_000, id="short words"),
        pytest.param("a" * 2_000, id="one word"),
        pytest.param("a" + "\u0301" * 1_999, id="heap of accents"),
        pytest.param("'" * 2_000, id="apostrophes"),
        pytest.param("a'" * 1_000, id="word of apostrophes"),
        pytest.param("\ud800" * 2_000, id="lone surrogates"),
        pytest.param("\u202e\u200b\u0000" * 600, id="invisible"),
        pytest.param("\U0001f600" * 2_000, id="emoji"),
        pytest.param("\ufdfa" * 2_000, id="signs of many letters"),
    ],
)
@pytest.mark.parametrize("language", ["en", "tr", "ja"])
def test_hostile_input_is_wrong(given: str, language: str) -> None:
    assert mark(given, compile_answers(("Good morning",), language=language)).verdict is WRONG


def test_words_far_past_the_longest_answer_are_extra() -> None:
    marking = mark("good morning " + "x " * 900, compile_answers(("Good morning",), language="en"))
    assert kinds(marking) == "==" + "+" * 900


def test_what_is_cut_off_makes_an_answer_wrong() -> None:
    graph = compile_answers(("Good morning",), language="en")
    assert mark("good morning" + " " * 5_000, graph).verdict is CORRECT
    long = mark("good morning" + "." * 5_000 + "or not", graph)
    assert long.verdict is WRONG
    assert long.diff[-1] == DiffWord(DiffKind.EXTRA, None, "…")


def test_a_choice_is_right_or_wrong() -> None:
    assert mark_choice("ship", "ship") == Marking(CORRECT, (DiffWord(DiffKind.EQUAL, "ship", "ship"),), "ship")
    assert mark_choice("sheep", "ship") == Marking(WRONG, (DiffWord(DiffKind.WRONG, "ship", "sheep"),), "ship")
    assert mark_choice(" ", "ship") == Marking(WRONG, (DiffWord(DiffKind.MISSING, "ship", None),), "ship")
    assert mark_choice("cafe\u0301 ", "café").passed
    assert not mark_choice("may", "May").passed


PAIRS = (("cat", "кошка"), ("dog", "собака"))


@pytest.mark.parametrize(
    ("given", "diff"),
    [
        pytest.param([("cat", "кошка"), ("dog", "собака")], "==", id="right"),
        pytest.param([("dog", "собака"), ("cat", "кошка")], "==", id="any order"),
        pytest.param([("cat", "собака"), ("dog", "кошка")], "xx", id="crossed"),
        pytest.param([("cat", "кошка")], "=-", id="one left out"),
        pytest.param([], "--", id="none"),
        pytest.param(
            [("cat", "собака"), ("cat", "кошка"), ("dog", "собака")], "x=+", id="only the first choice counts"
        ),
        pytest.param([("cat", "кошка"), ("dog", "собака"), ("cow", "корова")], "==+", id="unknown item"),
    ],
)
def test_pairs(given: list[tuple[str, str]], diff: str) -> None:
    marking = mark_pairs(given, PAIRS)
    assert kinds(marking) == diff
    assert marking.verdict is (CORRECT if diff == "==" else WRONG)
    assert marking.solution == "cat – кошка, dog – собака"


def test_pairs_with_one_word_of_two_meanings() -> None:
    pairs = (("bank", "банк"), ("bank", "берег"))
    assert mark_pairs(pairs[::-1], pairs).passed
    assert not mark_pairs([pairs[0], pairs[0]], pairs).passed


def test_a_skipped_question_passes() -> None:
    assert Marking(Verdict.SKIPPED, (), "ship").passed
