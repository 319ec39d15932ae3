"""Hold the reading of an author line against the names that a librarian would file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.header.author_names import Name, format_byline, read_author_names
from catalogue.header.front_matter import read_header


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann Reader", Name("Reader", "Ann")),
        ("Ann Mary Reader", Name("Reader", "Ann Mary")),
        ("Reader, Ann Mary", Name("Reader", "Ann Mary")),
        ("Le Guin, Ursula K.", Name("Le Guin", "Ursula K.")),
        ("Ursula K. Le Guin", Name("Le Guin", "Ursula K.")),
        ("Ursula K. {Le Guin}", Name("Le Guin", "Ursula K.")),
        ("Ludwig van Beethoven", Name("van Beethoven", "Ludwig")),
        ("Oscar de la Renta", Name("de la Renta", "Oscar")),
        ("Van Morrison", Name("Morrison", "Van")),
        ("danah boyd", Name("boyd", "danah")),
        ("Martin Luther King Jr.", Name("King", "Martin Luther", "Jr.")),
        ("Martin Luther King, Jr.", Name("King", "Martin Luther", "Jr.")),
        ("King, Jr., Martin Luther", Name("King", "Martin Luther", "Jr.")),
        ("Ann Reader (she/her)", Name("Reader", "Ann")),
        ("Ann  Reader ", Name("Reader", "Ann")),
        ("Ann Reader, MLIS", Name("Reader", "Ann")),
        ("Reader, Ann, Ph.D.", Name("Reader", "Ann")),
        ("Ann Reader MLIS", Name("Reader", "Ann")),
        ("Ann Reader, MLIS, PhD", Name("Reader", "Ann")),
        ("Ann Reader, CPA", Name("Reader", "Ann")),
        ("Ann Mary Reader, RN, MSIS", Name("Reader", "Ann Mary")),
        ("Ursula {Le Guin}, PhD", Name("Le Guin", "Ursula")),
        ("{Le Guin}, Ursula (she/her)", Name("Le Guin", "Ursula")),
        ("Ann Reader, III", Name("Reader", "Ann", "III")),
        ("Reader, JK", Name("Reader", "JK")),
        ("Ma, Yo-Yo", Name("Ma", "Yo-Yo")),
        ("García Márquez, Gabriel", Name("García Márquez", "Gabriel")),
        ("{García Márquez}, Gabriel José", Name("García Márquez", "Gabriel José")),
        ("Smith Jones, A. B.", Name("Smith Jones", "A. B.")),
        ("van der Berg, Jan Piet", Name("van der Berg", "Jan Piet")),
        ("De Santis, Mary Ann", Name("De Santis", "Mary Ann")),
        ("Brian O'Brien", Name("O'Brien", "Brian")),
        ("Émile Zola", Name("Zola", "Émile")),
        ("山田 太郎", Name("山田 太郎")),
        ("Plato", Name("Plato")),
    ],
)
def test_a_person_is_filed_by_the_family_name(text, name):
    assert read_author_names(text) == (name,)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The Librarian", "The Librarian"),
        ("the librarians of Westfield", "the librarians of Westfield"),
        ("Westfield Library", "Westfield Library"),
        ("Friends of the Library", "Friends of the Library"),
        ("Department of Health and Social Care", "Department of Health and Social Care"),
        ("{Marks and Spencer}", "Marks and Spencer"),
        ("{Ann Reader}", "Ann Reader"),
        ("{Books, Ltd}", "Books, Ltd"),
    ],
)
def test_a_body_is_one_name_as_it_stands(text, shown):
    assert read_author_names(text) == (Name(shown),)


@pytest.mark.parametrize("text", ["Theodora Officer", "Ann Teamer", "Bill Press", "Forrest Atkins"])
def test_a_person_whose_name_only_resembles_a_body_stays_a_person(text):
    assert read_author_names(text)[0].given


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("Ann Reader and Ben Writer", "Reader Writer"),
        ("Ann Reader & Ben Writer", "Reader Writer"),
        ("Ann Reader; Ben Writer", "Reader Writer"),
        ("Reader, Ann; Writer, Ben", "Reader Writer"),
        ("Reader, Ann and Writer, Ben", "Reader Writer"),
        ("Ann Reader, Ben Writer and Cy Poe", "Reader Writer Poe"),
        ("Ann Reader, Ben Writer, and Cy Poe", "Reader Writer Poe"),
        ("Ann Reader, Ben Writer, Cy Poe", "Reader Writer Poe"),
        ("{Team} and Ann Reader", "Team Reader"),
        ("Le Guin, Ursula K. and Ann Reader", "Le Guin,Reader"),
        ("Ann Reader, {Marks and Spencer}", "Reader,Marks and Spencer"),
        ("{Marks and Spencer}, Ann Reader, {Team}", "Marks and Spencer,Reader,Team"),
        ("{Team}, {Marks and Spencer}", "Team,Marks and Spencer"),
        ("Ann Reader and Ben Writer, {Smith & Sons_Ltd}", "Reader,Writer,Smith & Sons_Ltd"),
        ("García Márquez, Gabriel José; Ann Reader", "García Márquez,Reader"),
        ("Jane Doe, John Smith", "Doe Smith"),
        ("Jane A. Doe, John B. Smith", "Doe Smith"),
        ("danah boyd, Jane Doe", "boyd Doe"),
        ("Jane Doe, MLIS, John Smith, PhD", "Doe Smith"),
        ("Jane Doe, Ph.D. and John Smith, M.A.", "Doe Smith"),
        ("Jane Doe / John Smith", "Doe Smith"),
        ("Jane Doe + John Smith", "Doe Smith"),
        ("Jane Doe und John Smith", "Doe Smith"),
        ("Jane Doe with John Smith", "Doe Smith"),
        ("Sandy Anders", "Anders"),
        ("Sammy Davis, Jr., Ann Reader", "Davis Reader"),
        ("Ann Reader, Sammy Davis, Jr.", "Reader Davis"),
        ("Ann Reader, Sammy Davis, Jr. and Cy Poe, III", "Reader Davis Poe"),
    ],
)
def test_several_people_are_several_names(text, families):
    names = families.split("," if "," in families else None)
    assert [name.family for name in read_author_names(text)] == names


@pytest.mark.parametrize("text", ["", " ", "{}", ",", "and", "{ } and ;", "–"])
def test_a_line_without_a_name_is_no_author_or_itself(text):
    assert all(any(c.isalnum() for c in name.family) for name in read_author_names(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann Lee 🎉", Name("Lee 🎉", "Ann")),
        ("Ann van Lee ♥ *", Name("van Lee ♥ *", "Ann")),
        ("Ann -", Name("Ann -")),
        ("Ann *", Name("Ann *")),
        ("Ann {🎉}", Name("Ann 🎉")),
        ("🎉, Ann", Name("Ann 🎉")),
        ("Ann {Le Guin} 🎉", Name("Le Guin 🎉", "Ann")),
    ],
)
def test_signs_beside_a_name_take_no_author_away(text, name):
    assert read_author_names(text) == (name,)
    assert read_author_names(f"Ben Writer and {text}") == (Name("Writer", "Ben"), name)


words = st.sampled_from(["Ann", "Lee", "van", "{Le Guin}", "{🎉}", "🎉", "-", "*", "…", "Jr."])


@given(st.lists(words, max_size=6))
def test_no_word_of_an_author_is_lost(parts):
    names = read_author_names(" ".join(parts))
    shown = [word.strip("{}") for part in parts for word in part.split()]
    if any(c.isalnum() for c in "".join(parts)):
        assert sorted(" ".join(name.full for name in names).split()) == sorted(shown)
    else:
        assert names == ()


@given(st.text(max_size=200))
def test_any_line_is_read_into_names_that_have_a_family_name(text):
    names = read_author_names(text)
    kept = "".join(name.given + name.family + name.suffix for name in names)
    assert all(name.family for name in names)
    assert not {"{", "}", "\ue000"} & set(kept) - set(text)


def test_readers_do_not_see_the_braces():
    assert (
        format_byline("{Marks and Spencer} and  Ann {Le Guin}")
        == "Marks and Spencer and Ann Le Guin"
    )


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Ann Reader, MLIS", "Ann Reader"),
        ("Reader, Ann, Ph.D.", "Reader, Ann"),
        ("Ann Reader PhD", "Ann Reader"),
        ("Ann Reader (she/her)", "Ann Reader"),
        ("Jane Doe, MLIS, John Smith, PhD", "Jane Doe, John Smith"),
        ("Ursula {Le Guin}, PhD and {Books, MA, Ltd}", "Ursula {Le Guin} and {Books, MA, Ltd}"),
        ("Ann  Reader", ""),
        ("Martin Luther King, Jr.", ""),
        ("{Ann Reader, MLIS}", ""),
        ("Reader, JK", ""),
    ],
)
def test_a_warning_at_the_author_says_what_is_left_out_and_what_to_write(text, short):
    header = read_header(f"Title: T\nDate: 2026-01-02\nAuthor: {text}\n\n", "post")
    told = [(each.line, each.level, each.text.partition("Write: ")[2]) for each in header.problems]
    assert told == ([(3, "warning", f"Author: {short}")] if short else [])
    assert read_author_names(header.values["Author"]) == read_author_names(short or text)
    if short:
        assert "degrees" in header.problems[0].text
        again = header.problems[0].text.partition("Author: ")[2]
        assert not read_header(f"Title: T\nDate: 2026-01-02\nAuthor: {again}\n\n", "post").problems


def test_who_comments_keeps_the_name_that_was_given():
    header = read_header("Author: Ann Reader, MLIS\nDate: 2026-01-02\n\n", "comment")
    assert (header.values["Author"], header.problems) == ("Ann Reader, MLIS", [])
