/** Days are "2026-11-23" strings in the school's calendar; arithmetic runs in UTC so that no clock change can shift one. */
const DAY_MS = 86_400_000;

const toDate = (day: string): Date => new Date(`${day}T00:00:00Z`);
const toDay = (date: Date): string => date.toISOString().slice(0, 10);

export const addDays = (day: string, count: number): string => toDay(new Date(toDate(day).getTime() + count * DAY_MS));

/** The date at an instant in a time zone; in the device's own if the zone is unknown here. */
export function dayIn(instant: Date, timeZone: string | undefined): string {
  const options = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
  try {
    return new Intl.DateTimeFormat("en-CA", { ...options, ...(timeZone === undefined ? {} : { timeZone }) }).format(instant);
  } catch {
    return new Intl.DateTimeFormat("en-CA", options).format(instant);
  }
}

export const lastDays = (today: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => addDays(today, index - count + 1));

/** Whole weeks from Monday to Sunday, the last of them holding today. */
export function lastWeeks(today: string, count: number): string[][] {
  const sinceMonday = (toDate(today).getUTCDay() + 6) % 7;
  const start = addDays(today, -sinceMonday - (count - 1) * 7);
  return Array.from({ length: count }, (_, week) => Array.from({ length: 7 }, (__, day) => addDays(start, week * 7 + day)));
}

export const weekdayName = (day: string, locale: string, width: "narrow" | "short" | "long"): string =>
  new Intl.DateTimeFormat(locale, { weekday: width, timeZone: "UTC" }).format(toDate(day));

export const dayName = (day: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", timeZone: "UTC" }).format(toDate(day));
