import { useState } from "react";
import { useTranslation } from "react-i18next";

import { cx } from "@/ui/cx";
import { playCue } from "@/ui/sound";

import type { QuestionOf } from "../question";
import { keyIndex, useKeys } from "../useKeys";
import { KeyCap } from "./KeyCap";
import { type Pairing, pairedWith, startPairing, touch, undoPair } from "./pairing";
import { PinnedPicture } from "./Prompt";
import { Bars } from "./SpeechButtons";
import type { KindProps } from "./types";

/** Every pair has a number as well, so the colour is never alone in saying what belongs together. */
const PAIR_LOOKS = [
  "bg-sun [--edge:var(--color-sun-edge)]",
  "bg-sky [--edge:var(--color-sky-edge)]",
  "bg-lilac [--edge:var(--color-lilac-edge)]",
  "bg-leaf [--edge:var(--color-leaf-edge)]",
  "bg-coral [--edge:var(--color-coral-edge)]",
];

export function MatchPairs({ question, course, speech, isLocked, onDraft }: KindProps<QuestionOf<"match_pairs">>) {
  const { t } = useTranslation();
  const [pairing, setPairing] = useState<Pairing>(startPairing);
  const { left, right, left_is_audio } = question;

  const change = (next: Pairing): void => {
    playCue(next.pairs.length < pairing.pairs.length ? "untap" : "tap");
    setPairing(next);
    const isComplete = next.pairs.length === left.length;
    onDraft(isComplete ? { pairs: next.pairs.map(([l, r]) => [left[l]?.text ?? "", right[r] ?? ""]) } : null);
  };

  const press = (side: "left" | "right", index: number): void => {
    const audio = side === "left" ? left[index]?.audio : null;
    if (audio?.state === "ready") speech.play(audio.url);
    change(touch(pairing, side, index));
  };

  useKeys(!isLocked, (event) => {
    if (event.key === "Backspace" && pairing.pairs.length > 0) {
      event.preventDefault();
      change(undoPair(pairing));
      return;
    }
    const index = keyIndex(event);
    if (index < 0 || index >= left.length + right.length) return;
    event.preventDefault();
    if (index < left.length) press("left", index);
    else press("right", index - left.length);
  });

  const look = (side: "left" | "right", index: number) => {
    const pair = pairedWith(pairing, side, index);
    const isHeld = pairing.held?.side === side && pairing.held.index === index;
    return {
      pair,
      isHeld,
      className: cx(
        "chunky mb-1 flex min-h-16 w-full items-center gap-2 rounded-control border-2 px-2 py-2 text-[0.95rem] font-bold xs:px-3 xs:text-lg",
        pair >= 0 && ["border-transparent text-ink", PAIR_LOOKS[pair % PAIR_LOOKS.length]].join(" "),
        pair < 0 && (isHeld ? "border-chosen-line bg-chosen [--edge:var(--chosen-edge)]" : "border-line-strong bg-surface"),
      ),
    };
  };

  const mark = (pair: number, keyAt: number) =>
    pair >= 0 ? (
      <span className="grid size-6 shrink-0 place-items-center rounded-full bg-ink/90 text-xs font-black text-white">
        <span className="sr-only">{t("lesson.pair", { number: pair + 1 })}</span>
        <span aria-hidden>{pair + 1}</span>
      </span>
    ) : (
      <KeyCap index={keyAt} />
    );

  return (
    <div>
      <PinnedPicture question={question} />
      <div className="grid grid-cols-2 gap-3 sm:gap-6">
        <ul aria-label={t("lesson.left_column")} className="grid min-w-0 auto-rows-fr gap-2">
          {left.map((item, index) => {
            const { pair, isHeld, className } = look("left", index);
            const isPlaying = item.audio !== null && speech.url === item.audio.url && speech.playing === "normal";
            return (
              <li key={index}>
                <button
                  type="button"
                  disabled={isLocked}
                  aria-pressed={isHeld || pair >= 0}
                  className={className}
                  onClick={() => press("left", index)}
                >
                  {mark(pair, index)}
                  {left_is_audio ? (
                    <span className="flex flex-1 justify-center">
                      <span className="sr-only">{t("lesson.sound", { number: index + 1 })}</span>
                      <Bars isMoving={isPlaying} className="h-8" />
                    </span>
                  ) : (
                    <span lang={course.language} className="min-w-0 flex-1 text-center hyphens-auto">
                      {item.text}
                    </span>
                  )}
                </button>
              </li>
            );
          })}
        </ul>
        <ul aria-label={t("lesson.right_column")} className="grid min-w-0 auto-rows-fr gap-2">
          {right.map((text, index) => {
            const { pair, isHeld, className } = look("right", index);
            return (
              <li key={index}>
                <button
                  type="button"
                  disabled={isLocked}
                  aria-pressed={isHeld || pair >= 0}
                  className={className}
                  onClick={() => press("right", index)}
                >
                  {mark(pair, left.length + index)}
                  <span lang={course.source_language} className="min-w-0 flex-1 text-center hyphens-auto">
                    {text}
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}
