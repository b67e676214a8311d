import { useSyncExternalStore } from "react";

import { readItem, writeItem } from "./storage";

export type Theme = "system" | "light" | "dark";

export interface Preferences {
  theme: Theme;
  sound: boolean;
}

const listeners = new Set<() => void>();
const dark = typeof matchMedia === "function" ? matchMedia("(prefers-color-scheme: dark)") : null;

function read(): Preferences {
  const theme = readItem("lernejo.theme");
  return {
    theme: theme === "light" || theme === "dark" ? theme : "system",
    sound: readItem("lernejo.sound") !== "off",
  };
}

let current = read();

/** Keeps in step with public/theme.js, which does the same before the first paint. */
function paint(): void {
  const isDark = current.theme === "dark" || (current.theme === "system" && dark?.matches === true);
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
  document.querySelector('meta[name="theme-color"]')?.setAttribute("content", isDark ? "#17203A" : "#FFFBF4");
}

dark?.addEventListener("change", paint);

export const getPreferences = (): Preferences => current;

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  writeItem("lernejo.theme", current.theme);
  writeItem("lernejo.sound", current.sound ? "on" : "off");
  paint();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, getPreferences);
