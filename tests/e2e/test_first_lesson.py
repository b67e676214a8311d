"""The main job, from a class code to the teacher's dashboard, in Chromium against the running stack."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests import solver
from tests.e2e.student import Student

#: Places in the lesson: a question to miss, and one to answer with a typo.
MISSED, MISSPELT = 3, 14


def test_a_student_finishes_a_first_lesson_by_keyboard_and_the_teacher_sees_it(
    open_page: Callable[..., Page],
    new_student: Callable[[Page], Student],
    screenshot: Callable[[Page, str], None],
    axe: Callable[[Page], list[str]],
) -> None:
    page = open_page()
    page.goto("/")
    expect(page.get_by_role("heading", name="Hello again!")).to_be_visible()
    assert axe(page) == []
    student = new_student(page)
    student.register()
    screenshot(page, "path-phone")
    assert axe(page) == []

    lesson = student.lesson()
    questions = list(zip(lesson["questions"], student.known(lesson), strict=True))
    page.goto(f"/lesson/{lesson['id']}")
    for number, (shown, question) in enumerate([*questions, questions[MISSED]]):
        student.expect_question(shown)
        answer = solver.right_answer(question)
        if number == MISSED:
            student.give(
                shown, {"choice": next(o["choice"] for o in shown["options"] if o["choice"] != answer["choice"])}
            )
            assert "Not yet" in student.verdict()
            screenshot(page, "verdict-wrong-phone")
            assert axe(page) == []
        elif number == MISSPELT:
            student.give(shown, {"text": answer["text"].replace("please", "pleese")})
            assert "Right" in student.verdict()
            expect(page.get_by_text("pleese").first).to_be_visible()
            screenshot(page, "verdict-typo-phone")
            assert axe(page) == []
        else:
            student.give(shown, answer)
            assert "Not yet" not in student.verdict(), f"{question.key} was marked wrong"
        student.go_on()
    expect(page.get_by_role("heading", name="Lesson finished!")).to_be_visible()
    expect(page.get_by_text("+15", exact=True)).to_be_visible()
    expect(page.get_by_text("93%").or_(page.get_by_text("93 %"))).to_be_visible()
    expect(page.get_by_text("New achievement")).to_be_visible()
    screenshot(page, "result-phone")
    assert axe(page) == []
    assert student.heard, "the page fetched no speech"

    page.get_by_role("link", name="Back to the path").click()
    expect(page.get_by_text("1 of 4 lessons")).to_be_visible()
    assert student.lesson()["title"] != lesson["title"]

    teacher = open_page(width=1280, height=800)
    teacher.goto("/")
    teacher.get_by_label("User name").fill("teacher")
    teacher.get_by_label("Password", exact=True).fill("correct-horse")
    teacher.get_by_role("button", name="Sign in").click()
    teacher.wait_for_url("**/dashboard/")
    row = teacher.get_by_role("row", name=student.name)
    expect(row).to_contain_text("14/15")
    expect(row).to_contain_text("1 day")
    assert axe(teacher) == []
    screenshot(teacher, "dashboard")
