import type { ReactNode } from "react";

const GAP = "___";

/** A sentence with something in place of its gap. */
export function Sentence({ text, lang, gap }: { text: string; lang: string; gap: ReactNode }) {
  const at = text.indexOf(GAP);
  const [before, after] = at < 0 ? [`${text} `, ""] : [text.slice(0, at), text.slice(at + GAP.length)];
  return (
    <p lang={lang} className="leading-loose">
      {before}
      {gap}
      {after}
    </p>
  );
}

export function Gap({ word, emptyName }: { word: string | null; emptyName: string }) {
  if (word === null) {
    return (
      <span role="img" aria-label={emptyName} className="inline-block h-9 w-20 border-b-4 border-dashed border-line-strong align-middle" />
    );
  }
  return (
    <span className="anim-appear inline-block rounded-lg border-2 border-chosen-line bg-chosen px-2 leading-normal">{word}</span>
  );
}
