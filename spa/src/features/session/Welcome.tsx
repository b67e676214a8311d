import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { getSchool } from "@/api/requests";
import { LOCALE_NAMES, LOCALES, switchLocale } from "@/i18n";
import { useLocale } from "@/i18n/format";
import { Erino, type Mood } from "@/ui/mascot/Erino";
import { LogoMark } from "@/ui/Marks";

import { Meadow } from "./Meadow";

interface WelcomeProps {
  mood: Mood;
  title: string;
  text: string;
  children: ReactNode;
}

/** The frame of the pages outside: Erino on his hill greets, the form stands beside him. */
export function Welcome({ mood, title, text, children }: WelcomeProps) {
  const school = useSchoolName();
  return (
    <div className="relative flex min-h-dvh flex-col overflow-hidden">
      <Meadow />
      <header className="relative flex items-center justify-between gap-3 p-4 sm:px-8">
        <span className="flex items-center gap-2.5 text-xl font-black tracking-tight">
          <LogoMark className="size-10" />
          Lernejo
        </span>
        <LanguageMenu />
      </header>
      <main className="relative mx-auto flex w-full max-w-5xl flex-1 flex-col items-center justify-center gap-4 px-4 pb-28 md:flex-row md:gap-16">
        <div className="flex flex-col items-center text-center md:flex-1">
          <Erino mood={mood} className="w-36 md:w-72" />
          {school !== null && (
            <p className="mt-1 rounded-full bg-surface/80 px-4 py-1 font-bold text-accent">{school}</p>
          )}
        </div>
        <div className="card w-full max-w-md p-5 xs:p-6 shadow-xl shadow-ink/5 sm:p-8">
          <h1 className="text-2xl font-black xs:text-3xl">{title}</h1>
          <p className="mt-1 mb-6 text-muted">{text}</p>
          {children}
        </div>
      </main>
    </div>
  );
}

/** Fetched by hand: the query cache belongs to a session, and out here there is none. */
function useSchoolName(): string | null {
  const [name, setName] = useState<string | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    getSchool(leaving.signal)
      .then((school) => setName(school.name))
      // The name is a greeting; signing in works without it.
      .catch(() => undefined);
    return () => leaving.abort();
  }, []);
  return name;
}

function LanguageMenu() {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <label className="relative">
      <span className="sr-only">{t("session.language")}</span>
      <select
        className="field min-h-11 w-auto py-1 pr-3 font-bold"
        value={locale}
        onChange={(event) => {
          const chosen = LOCALES.find((candidate) => candidate === event.target.value);
          if (chosen !== undefined) void switchLocale(chosen);
        }}
      >
        {LOCALES.map((candidate) => (
          <option key={candidate} value={candidate} lang={candidate}>
            {LOCALE_NAMES[candidate]}
          </option>
        ))}
      </select>
    </label>
  );
}
