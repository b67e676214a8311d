import { ArrowRight, Minus, PencilLine, Plus, Quote, X } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { Result } from "@/api/types";
import { cx } from "@/ui/cx";

type Word = Result["diff"][number];
type SlipKind = Exclude<Word["kind"], "equal">;

const SIGNS: Record<SlipKind, typeof X> = { accent: Quote, typo: PencilLine, wrong: X, missing: Plus, extra: Minus };

const GIVEN: Record<SlipKind, string> = {
  accent: "underline decoration-dotted decoration-2 underline-offset-4",
  typo: "underline decoration-wavy decoration-2 underline-offset-4",
  wrong: "line-through decoration-2",
  missing: "",
  extra: "line-through decoration-2",
};

/** The student's own words, each slip with a sign, a name and the right word beside it. */
export function DiffWords({ diff, lang }: { diff: readonly Word[]; lang: string }) {
  return (
    <ul className="flex flex-wrap items-start gap-x-2 gap-y-1.5">
      {diff.map((word, index) => (
        <li key={index}>
          {word.kind === "equal" ? (
            <span lang={lang} className="inline-block py-1">
              {word.given ?? word.expected}
            </span>
          ) : (
            <Slip word={word} kind={word.kind} lang={lang} />
          )}
        </li>
      ))}
    </ul>
  );
}

/** The pairs that were not right, each with the one it should have been. */
export function DiffPairs({ diff }: { diff: readonly Word[] }) {
  return (
    <ul className="grid gap-1.5 text-base">
      {diff
        .filter(({ kind }) => kind !== "equal")
        .map(({ given, expected }, index) => (
          <li key={index} className="flex flex-wrap items-center gap-x-2 rounded-xl bg-surface/80 px-2.5 py-1 text-text">
            <X className="size-4 shrink-0 text-bad-ink" strokeWidth={3} aria-hidden />
            {given !== null && <del className="decoration-2">{given}</del>}
            {given !== null && expected !== null && <ArrowRight className="size-4 shrink-0" aria-hidden />}
            {expected !== null && <ins className="no-underline">{expected}</ins>}
          </li>
        ))}
    </ul>
  );
}

function Slip({ word, kind, lang }: { word: Word; kind: SlipKind; lang: string }) {
  const { t } = useTranslation();
  const Sign = SIGNS[kind];
  const { given, expected } = word;
  return (
    <span className="inline-block">
      <span className="sr-only">{t(`verdict.say.${kind}`, { given, expected })}</span>
      <span aria-hidden className="block">
        <span
          lang={lang}
          className={cx(
            "inline-flex flex-wrap items-center gap-1.5 rounded-xl bg-surface/80 px-2.5 py-1 text-text",
            kind === "missing" && "border-2 border-dashed border-current",
          )}
        >
          {given !== null && <span className={GIVEN[kind]}>{given}</span>}
          {given !== null && expected !== null && kind !== "extra" && <ArrowRight className="size-4 shrink-0" />}
          {expected !== null && kind !== "extra" && <span>{expected}</span>}
        </span>
        <span className="mt-0.5 flex items-center gap-1 text-xs font-extrabold">
          <Sign className="size-3.5 shrink-0" strokeWidth={3} />
          {t(`verdict.diff.${kind}`)}
        </span>
      </span>
    </span>
  );
}
