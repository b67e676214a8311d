"""Registration, sign-in and sessions, through HTTP."""

from tests.conftest import School


def test_a_student_registers_with_a_class_code_and_signs_in(north: School) -> None:
    student = north.new_student()
    assert student.user["roles"] == ["student"]
    again = north.anonymous.post(
        "/auth/login", json={"user_name": student.user["user_name"].upper(), "password": "correct-horse"}
    )
    assert again.status_code == 200
    assert again.json["user"]["id"] == student.user["id"]
