import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { User } from "@/api/types";
import { useErrorWords } from "@/i18n/errors";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/TextField";

import { useSession } from "./context";
import { FormError } from "./FormError";
import { Welcome } from "./Welcome";

export function SignInForm({ wasExpired, onDone }: { wasExpired: boolean; onDone: (user: User) => void }) {
  const { t } = useTranslation();
  const words = useErrorWords();
  const { signIn } = useSession();
  const [userName, setUserName] = useState("");
  const [password, setPassword] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [isChecked, setChecked] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    setChecked(true);
    if (userName.trim() === "" || password === "") return;
    setBusy(true);
    setError(null);
    try {
      onDone(await signIn({ user_name: userName.trim().toLowerCase(), password }));
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };

  const empty = (value: string): string | undefined =>
    isChecked && value.trim() === "" ? t("session.required") : undefined;

  return (
    <Welcome mood="waving" title={t("session.welcome")} text={t("session.welcome_text")}>
      <form className="grid gap-4" onSubmit={(event) => void submit(event)} noValidate>
        {error === null && wasExpired && <FormError message={t("error.token_expired")} isGentle />}
        {error !== null && <FormError {...words(error)} />}
        <TextField
          label={t("session.user_name")}
          name="user_name"
          autoComplete="username"
          autoCapitalize="off"
          spellCheck={false}
          value={userName}
          error={empty(userName)}
          onChange={(event) => setUserName(event.target.value)}
        />
        <TextField
          label={t("session.password")}
          name="password"
          type="password"
          autoComplete="current-password"
          value={password}
          error={empty(password)}
          reveal={{ show: t("session.show_password"), hide: t("session.hide_password") }}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button type="submit" size="lg" wide disabled={isBusy}>
          {isBusy ? t("session.signing_in") : t("session.sign_in")}
        </Button>
      </form>
      <p className="mt-3 text-sm text-muted">{t("session.forgot")}</p>
      <p className="mt-5 border-t-2 border-line pt-4">
        {t("session.new_here")}{" "}
        <Link to="/register" className="font-extrabold text-accent underline underline-offset-4">
          {t("session.join_class")}
        </Link>
      </p>
    </Welcome>
  );
}
