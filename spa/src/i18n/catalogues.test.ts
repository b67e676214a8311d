import { describe, expect, it } from "vitest";

import en from "./en.json";
import es from "./es.json";
import { LOCALES } from "./index";
import ru from "./ru.json";

const catalogues = { en, ru, es };
const PLURAL = /_(zero|one|two|few|many|other)$/;

function flatten(value: object, prefix = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, inner] of Object.entries(value) as [string, string | object][]) {
    if (typeof inner === "string") found.set(prefix + key, inner);
    else for (const [path, text] of flatten(inner, `${prefix}${key}.`)) found.set(path, text);
  }
  return found;
}

/** Names that end like a plural form but have no form for "other". */
function plurals(texts: Map<string, string>): Set<string> {
  return new Set([...texts.keys()].filter((key) => key.endsWith("_other")).map((key) => key.replace(PLURAL, "")));
}

const base = (key: string, counted: Set<string>): string => {
  const stem = key.replace(PLURAL, "");
  return counted.has(stem) ? stem : key;
};
const placeholders = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? "").sort();

const english = flatten(en);
const counted = plurals(english);
const englishKeys = new Set([...english.keys()].map((key) => base(key, counted)));

describe.each(LOCALES)("the catalogue %s", (locale) => {
  const texts = flatten(catalogues[locale]);

  it("says everything and nothing else", () => {
    expect(new Set([...texts.keys()].map((key) => base(key, counted)))).toEqual(englishKeys);
    expect([...texts].filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  it("has every plural form of its language", () => {
    const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    const missing = [...counted].flatMap((stem) => forms.map((form) => `${stem}_${form}`)).filter((key) => !texts.has(key));
    expect(missing).toEqual([]);
  });

  it("fills the same gaps as the English one", () => {
    const different = [...texts].filter(([key, text]) => {
      const original = english.get(key) ?? english.get(`${base(key, counted)}_other`) ?? "";
      return placeholders(text).join() !== placeholders(original).join();
    });
    expect(different).toEqual([]);
  });
});
