import { useState } from "react";
import { useTranslation } from "react-i18next";

import { cx } from "@/ui/cx";
import { playCue } from "@/ui/sound";

import type { Answer, QuestionOf } from "../question";
import { keyIndex, useKeys } from "../useKeys";
import { KeyCap } from "./KeyCap";
import { PinnedPicture, Prompt } from "./Prompt";
import { SpeechButtons } from "./SpeechButtons";
import type { KindProps } from "./types";

interface ChipsProps {
  bank: string[];
  lang: string;
  /** Ordering leaves no word over; building a sentence may. */
  mustUseAll: boolean;
  isLocked: boolean;
  onDraft: (draft: Answer | null) => void;
}

const CHIP = "chunky mb-1 inline-flex min-h-12 items-center gap-2 rounded-control border-2 px-4 py-2 text-lg font-bold";

/** A click must leave the focus where it was, or the next Enter would press the chip again instead of checking. */
const keepFocus = (event: React.MouseEvent): void => event.preventDefault();

function Chips({ bank, lang, mustUseAll, isLocked, onDraft }: ChipsProps) {
  const { t } = useTranslation();
  const [line, setLine] = useState<readonly number[]>([]);

  const change = (next: readonly number[]): void => {
    playCue(next.length > line.length ? "tap" : "untap");
    setLine(next);
    const isComplete = mustUseAll ? next.length === bank.length : next.length > 0;
    onDraft(isComplete ? { text: next.map((index) => bank[index] ?? "").join(" ") } : null);
  };
  const toggle = (index: number): void =>
    change(line.includes(index) ? line.filter((other) => other !== index) : [...line, index]);

  useKeys(!isLocked, (event) => {
    if (event.key === "Backspace" && line.length > 0) {
      event.preventDefault();
      change(line.slice(0, -1));
      return;
    }
    const index = keyIndex(event);
    if (index < 0 || index >= bank.length) return;
    event.preventDefault();
    toggle(index);
  });

  return (
    <div className="grid gap-6">
      <div
        role="group"
        aria-label={t("lesson.answer_line")}
        className="flex min-h-33 flex-wrap content-start items-start gap-x-2 gap-y-2 rounded-card border-2 border-dashed border-line-strong bg-sunken p-3"
      >
        {line.length === 0 && (
          <p className="w-full self-center py-3 text-center font-semibold text-muted">
            {t("lesson.answer_line_empty")}
          </p>
        )}
        {line.map((index) => (
          <button
            key={index}
            type="button"
            disabled={isLocked}
            onMouseDown={keepFocus}
            onClick={() => toggle(index)}
            className={cx(CHIP, "anim-appear border-chosen-line bg-surface [--edge:var(--chosen-edge)]")}
          >
            <span lang={lang}>{bank[index]}</span>
            <span className="sr-only">{t("lesson.take_back")}</span>
          </button>
        ))}
      </div>
      <div role="group" aria-label={t("lesson.bank")} className="flex flex-wrap justify-center gap-x-2 gap-y-2">
        {bank.map((word, index) => {
          const isUsed = line.includes(index);
          return (
            <button
              key={index}
              type="button"
              disabled={isLocked}
              aria-pressed={isUsed}
              onMouseDown={keepFocus}
              onClick={() => toggle(index)}
              className={cx(
                CHIP,
                isUsed
                  ? "border-dashed border-line-strong bg-transparent text-transparent [--edge:transparent]"
                  : "border-line-strong bg-surface",
              )}
            >
              <KeyCap index={index} {...(isUsed ? { className: "opacity-0" } : {})} />
              <span lang={lang}>{word}</span>
            </button>
          );
        })}
      </div>
    </div>
  );
}

export function WordBank({ question, speech, isLocked, onDraft }: KindProps<QuestionOf<"word_bank">>) {
  return (
    <div className="grid gap-5">
      <Prompt question={question} speech={speech} lang={question.prompt_language}>
        {question.prompt}
      </Prompt>
      <Chips bank={question.bank} lang={question.answer_language} mustUseAll={false} isLocked={isLocked} onDraft={onDraft} />
    </div>
  );
}

export function OrderWords({ question, course, speech, isLocked, onDraft }: KindProps<QuestionOf<"order_words">>) {
  return (
    <div className="grid gap-5">
      <Prompt question={question} speech={speech} lang={course.source_language}>
        {question.prompt}
      </Prompt>
      <Chips bank={question.bank} lang={course.language} mustUseAll isLocked={isLocked} onDraft={onDraft} />
    </div>
  );
}

export function DictationBank({ question, course, speech, isLocked, onDraft }: KindProps<QuestionOf<"dictation_bank">>) {
  return (
    <div className="grid gap-6">
      <PinnedPicture question={question} />
      <SpeechButtons audio={question.audio} speech={speech} size="large" />
      <Chips bank={question.bank} lang={course.language} mustUseAll={false} isLocked={isLocked} onDraft={onDraft} />
    </div>
  );
}
