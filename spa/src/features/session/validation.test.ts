import { describe, expect, it } from "vitest";

import { problemsOf, type RegistrationForm, tidyRegistration } from "./validation";

const good: RegistrationForm = {
  class_code: "OWL234",
  display_name: "Mila",
  user_name: "mila.fox",
  password: "three green owls",
};

describe("registration", () => {
  it("forgives spaces, dashes and capitals", () => {
    const tidy = tidyRegistration({ ...good, class_code: " owl-234 ", user_name: " Mila.Fox ", display_name: " Mila " });
    expect(tidy).toEqual(good);
    expect(problemsOf(tidy)).toEqual({});
  });

  it.each([
    [{ class_code: "" }, { class_code: "required" }],
    [{ class_code: "OWL" }, { class_code: "class_code_invalid" }],
    [{ user_name: "mi" }, { user_name: "user_name_invalid" }],
    [{ user_name: ".mila" }, { user_name: "user_name_invalid" }],
    [{ user_name: "мила" }, { user_name: "user_name_invalid" }],
    [{ display_name: "x".repeat(61) }, { display_name: "display_name_invalid" }],
    [{ password: "short" }, { password: "password_invalid" }],
    [{ password: "x".repeat(129) }, { password: "password_invalid" }],
  ])("finds what is wrong with %o", (change, problems) => {
    expect(problemsOf({ ...good, ...change })).toEqual(problems);
  });
});
