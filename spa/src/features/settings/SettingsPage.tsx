import { LogOut, Monitor, Moon, Sun } from "lucide-react";
import { type ReactNode, type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { changeUser } from "@/api/requests";
import type { User } from "@/api/types";
import { LOCALE_NAMES, type Locale, LOCALES, switchLocale } from "@/i18n";
import { useErrorWords } from "@/i18n/errors";
import { useLocale } from "@/i18n/format";
import { Button } from "@/ui/Button";
import { Segmented, Switch } from "@/ui/Choice";
import { setPreferences, type Theme, usePreferences } from "@/ui/preferences";
import { playCue } from "@/ui/sound";
import { TextField } from "@/ui/TextField";

interface SettingsPageProps {
  user: User;
  onChanged: (user: User) => void;
  onSignOut: () => Promise<void>;
}

export function SettingsPage({ user, onChanged, onSignOut }: SettingsPageProps) {
  const { t } = useTranslation();
  return (
    <div className="mx-auto grid max-w-2xl gap-6 px-4 py-6 sm:px-6">
      <h1 className="text-3xl font-black sm:text-4xl">{t("settings.title")}</h1>
      <ScreenSettings onChanged={onChanged} />
      <Account user={user} onChanged={onChanged} onSignOut={onSignOut} />
    </div>
  );
}

function Panel({ children }: { children: ReactNode }) {
  return <section className="card grid gap-6 p-5 sm:p-6">{children}</section>;
}

function ScreenSettings({ onChanged }: { onChanged: (user: User) => void }) {
  const { t } = useTranslation();
  const words = useErrorWords();
  const locale = useLocale();
  const { theme, sound } = usePreferences();
  const [error, setError] = useState<unknown>(null);

  const changeLocale = async (chosen: Locale): Promise<void> => {
    setError(null);
    await switchLocale(chosen);
    try {
      onChanged(await changeUser({ locale: chosen }));
    } catch (thrown) {
      // The screen has changed already; only other devices will not know.
      setError(thrown);
    }
  };

  return (
    <Panel>
      <Segmented<Locale>
        legend={t("settings.language")}
        name="locale"
        value={locale}
        options={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value], lang: value }))}
        onChange={(value) => void changeLocale(value)}
      />
      {error !== null && (
        <p role="alert" className="font-bold text-bad-ink">
          {words(error).message}
        </p>
      )}
      <Segmented<Theme>
        legend={t("settings.theme")}
        name="theme"
        value={theme}
        options={[
          { value: "system", label: t("settings.theme_system"), icon: <Monitor className="size-5" aria-hidden /> },
          { value: "light", label: t("settings.theme_light"), icon: <Sun className="size-5" aria-hidden /> },
          { value: "dark", label: t("settings.theme_dark"), icon: <Moon className="size-5" aria-hidden /> },
        ]}
        onChange={(value) => setPreferences({ theme: value })}
      />
      <Switch
        label={t("settings.sound")}
        hint={t("settings.sound_hint")}
        isOn={sound}
        onChange={(isOn) => {
          setPreferences({ sound: isOn });
          playCue("correct");
        }}
      />
    </Panel>
  );
}

function Account({ user, onChanged, onSignOut }: SettingsPageProps) {
  const { t } = useTranslation();
  const words = useErrorWords();
  const [name, setName] = useState(user.display_name);
  const [step, setStep] = useState<"idle" | "busy" | "saved">("idle");
  const [error, setError] = useState<unknown>(null);
  const tidy = name.trim();
  const isTooLong = tidy.length > 60;

  const run = async (action: () => Promise<void>): Promise<void> => {
    setStep("busy");
    setError(null);
    try {
      await action();
    } catch (thrown) {
      setError(thrown);
      setStep("idle");
    }
  };
  const save = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (tidy === "" || isTooLong) return;
    void run(async () => {
      onChanged(await changeUser({ display_name: tidy }));
      setStep("saved");
    });
  };

  return (
    <Panel>
      <h2 className="text-xl font-black">{t("settings.account")}</h2>
      <form onSubmit={save} className="grid gap-4" noValidate>
        <TextField
          label={t("settings.display_name")}
          name="display_name"
          autoComplete="name"
          value={name}
          error={tidy === "" ? t("session.required") : isTooLong ? t("session.display_name_invalid") : undefined}
          onChange={(event) => {
            setName(event.target.value);
            setStep("idle");
          }}
        />
        <div className="flex items-center gap-4">
          <Button type="submit" disabled={step === "busy" || tidy === user.display_name || tidy === "" || isTooLong}>
            {t("settings.save")}
          </Button>
          <span role="status" className="font-bold text-accent">
            {step === "saved" ? t("settings.saved") : ""}
          </span>
        </div>
      </form>
      {error !== null && (
        <p role="alert" className="font-bold text-bad-ink">
          {words(error).message}
        </p>
      )}
      <p>
        <span className="font-bold">{t("settings.user_name")}:</span> {user.user_name}
      </p>
      <div className="border-t-2 border-line pt-5">
        <p className="mb-3 text-muted">{t("settings.sign_out_text")}</p>
        <Button tone="plain" disabled={step === "busy"} onClick={() => void run(onSignOut)}>
          <LogOut className="size-5" aria-hidden />
          {t("app.sign_out")}
        </Button>
      </div>
    </Panel>
  );
}
