import i18next from "i18next";
import { initReactI18next } from "react-i18next";

import { readItem, writeItem } from "@/ui/storage";

import type en from "./en.json";

export const LOCALES = ["en", "ru", "es"] as const;
export type Locale = (typeof LOCALES)[number];

/** Each language names itself, so that anyone can find the way back to their own. */
export const LOCALE_NAMES: Record<Locale, string> = { en: "English", ru: "Русский", es: "Español" };

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en };
  }
}

const STORED = "lernejo.locale";

const catalogues: Record<Locale, () => Promise<{ default: unknown }>> = {
  en: () => import("./en.json"),
  ru: () => import("./ru.json"),
  es: () => import("./es.json"),
};

export function asLocale(tag: string | null | undefined): Locale | null {
  const language = tag?.slice(0, 2).toLowerCase();
  return LOCALES.find((locale) => locale === language) ?? null;
}

export function preferredLocale(): Locale {
  const stored = asLocale(readItem(STORED));
  if (stored !== null) return stored;
  for (const tag of navigator.languages) {
    const locale = asLocale(tag);
    if (locale !== null) return locale;
  }
  return "en";
}

async function load(locale: Locale): Promise<void> {
  if (i18next.hasResourceBundle(locale, "translation")) return;
  const catalogue = await catalogues[locale]();
  i18next.addResourceBundle(locale, "translation", catalogue.default);
}

export async function startI18n(locale: Locale = preferredLocale()): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: locale,
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await switchLocale(locale, false);
}

/** Changes the language of the screen; `remember` keeps it for the next visit on this device. */
export async function switchLocale(locale: Locale, remember = true): Promise<void> {
  await load(locale);
  await i18next.changeLanguage(locale);
  document.documentElement.lang = locale;
  if (remember) writeItem(STORED, locale);
}
