/** The server's own limits, checked here only to answer at once; the server has the last word. */
export interface RegistrationForm {
  class_code: string;
  display_name: string;
  user_name: string;
  password: string;
}

export type RegistrationField = keyof RegistrationForm;
export type FieldProblem = "required" | `${RegistrationField}_invalid`;

const USER_NAME = /^[a-z0-9][a-z0-9._-]{2,31}$/;
const CLASS_CODE = /^[\p{L}\p{N}]{6,12}$/u;

export function tidyRegistration(form: RegistrationForm): RegistrationForm {
  return {
    // Codes are written on boards with dashes and spaces for reading aloud.
    class_code: form.class_code.replace(/[\s-]/g, "").toUpperCase(),
    display_name: form.display_name.trim(),
    user_name: form.user_name.trim().toLowerCase(),
    password: form.password,
  };
}

export function problemsOf(form: RegistrationForm): Partial<Record<RegistrationField, FieldProblem>> {
  const isValid: Record<RegistrationField, boolean> = {
    class_code: CLASS_CODE.test(form.class_code),
    display_name: form.display_name.length <= 60,
    user_name: USER_NAME.test(form.user_name),
    password: form.password.length >= 8 && form.password.length <= 128,
  };
  const problems: Partial<Record<RegistrationField, FieldProblem>> = {};
  for (const field of Object.keys(isValid) as RegistrationField[]) {
    if (form[field] === "") problems[field] = "required";
    else if (!isValid[field]) problems[field] = `${field}_invalid`;
  }
  return problems;
}
