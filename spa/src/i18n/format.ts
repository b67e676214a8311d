import { useTranslation } from "react-i18next";

import { asLocale, type Locale } from "./index";

export const useLocale = (): Locale => asLocale(useTranslation().i18n.language) ?? "en";

export const formatPercent = (share: number, locale: Locale): string =>
  new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(share);

export const formatNumber = (value: number, locale: Locale): string => new Intl.NumberFormat(locale).format(value);

export const formatDate = (value: string | Date, locale: Locale, timeZone?: string): string =>
  new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "long",
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(typeof value === "string" ? new Date(value) : value);

/** "en" -> "English", said in the language of the screen. */
export const languageName = (tag: string, locale: Locale): string =>
  new Intl.DisplayNames([locale], { type: "language" }).of(tag) ?? tag;
