import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { asApiError } from "@/api/errors";
import type { User } from "@/api/types";
import { useErrorWords } from "@/i18n/errors";
import { useLocale } from "@/i18n/format";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/TextField";

import { useSession } from "./context";
import { FormError } from "./FormError";
import { problemsOf, type RegistrationField, type RegistrationForm, tidyRegistration } from "./validation";
import { Welcome } from "./Welcome";

const EMPTY: RegistrationForm = { class_code: "", display_name: "", user_name: "", password: "" };
const CODE_FIELDS: Partial<Record<string, RegistrationField>> = {
  class_code_unknown: "class_code",
  user_name_taken: "user_name",
};

export function RegisterForm({ onDone }: { onDone: (user: User) => void }) {
  const { t } = useTranslation();
  const words = useErrorWords();
  const locale = useLocale();
  const { register } = useSession();
  const [form, setForm] = useState(EMPTY);
  const [isChecked, setChecked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const problems = problemsOf(tidyRegistration(form));
  const failure = error === null ? null : asApiError(error);
  const failedField = failure === null ? undefined : CODE_FIELDS[failure.code];

  const submit = async (event: SyntheticEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const element = event.currentTarget;
    setChecked(true);
    const [first] = Object.keys(problems);
    if (first !== undefined) {
      element.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
      return;
    }
    setBusy(true);
    setError(null);
    try {
      onDone(await register({ ...tidyRegistration(form), locale }));
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };

  const field = (name: RegistrationField) => {
    const problem = isChecked ? problems[name] : undefined;
    const refused = failure?.fields[name] === undefined ? undefined : t("session.field_invalid");
    const fromCode = failedField === name && failure !== null ? words(failure).message : undefined;
    return {
      name,
      value: form[name],
      error: problem === undefined ? (fromCode ?? refused) : t(`session.${problem}`),
      onChange: (event: React.ChangeEvent<HTMLInputElement>) => {
        setForm({ ...form, [name]: event.target.value });
        if (failedField === name) setError(null);
      },
    };
  };

  return (
    <Welcome mood="cheering" title={t("session.register_title")} text={t("session.register_text")}>
      <form className="grid gap-4" onSubmit={(event) => void submit(event)} noValidate>
        {failure !== null && failedField === undefined && <FormError {...words(failure)} />}
        <TextField
          {...field("class_code")}
          label={t("session.class_code")}
          hint={t("session.class_code_hint")}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
        />
        <TextField
          {...field("display_name")}
          label={t("session.display_name")}
          hint={t("session.display_name_hint")}
          autoComplete="name"
        />
        <TextField
          {...field("user_name")}
          label={t("session.user_name")}
          hint={t("session.user_name_hint")}
          autoComplete="username"
          autoCapitalize="off"
          spellCheck={false}
        />
        <TextField
          {...field("password")}
          label={t("session.password")}
          hint={t("session.password_hint")}
          type="password"
          autoComplete="new-password"
          reveal={{ show: t("session.show_password"), hide: t("session.hide_password") }}
        />
        <Button type="submit" size="lg" tone="sun" wide disabled={isBusy}>
          {isBusy ? t("session.creating") : t("session.create")}
        </Button>
      </form>
      <p className="mt-5 border-t-2 border-line pt-4">
        {t("session.have_account")}{" "}
        <Link to="/sign-in" className="font-extrabold text-accent underline underline-offset-4">
          {t("session.sign_in")}
        </Link>
      </p>
    </Welcome>
  );
}
