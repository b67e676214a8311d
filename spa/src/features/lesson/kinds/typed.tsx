import { type ComponentProps, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { languageName, useLocale } from "@/i18n/format";
import { cx } from "@/ui/cx";

import type { Answer, QuestionOf } from "../question";
import { PinnedPicture, Prompt } from "./Prompt";
import { Sentence } from "./Sentence";
import { SpeechButtons } from "./SpeechButtons";
import type { KindProps } from "./types";

/** Nothing may help, guess or change a letter: what is typed is what is marked. */
const RAW_TYPING = {
  autoCapitalize: "off",
  autoCorrect: "off",
  autoComplete: "off",
  spellCheck: false,
} as const;

const draftOf = (text: string): Answer | null => (text.trim() === "" ? null : { text: text.trim() });

interface WritingProps {
  language: string;
  isLocked: boolean;
  onDraft: (draft: Answer | null) => void;
}

function Writing({ language, isLocked, onDraft }: WritingProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState("");
  useFocusWithKeyboard(field);

  const onKeyDown: ComponentProps<"textarea">["onKeyDown"] = (event) => {
    // A line break means nothing in an answer, so Enter checks as it does everywhere else.
    if (event.key !== "Enter" || event.ctrlKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.currentTarget.form?.requestSubmit();
  };

  return (
    <textarea
      ref={field}
      {...RAW_TYPING}
      lang={language}
      rows={3}
      maxLength={500}
      readOnly={isLocked}
      aria-label={t("lesson.your_answer")}
      placeholder={t("lesson.answer_in", { language: languageName(language, locale) })}
      className={cx("field resize-none text-xl", isLocked && "bg-sunken")}
      value={text}
      onKeyDown={onKeyDown}
      onChange={(event) => {
        setText(event.target.value);
        onDraft(draftOf(event.target.value));
      }}
    />
  );
}

/** On a phone this would throw the keyboard over the question before it has been read. */
function useFocusWithKeyboard(field: React.RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (matchMedia("(pointer: fine)").matches) field.current?.focus({ preventScroll: true });
  }, [field]);
}

export function Translate({ question, speech, isLocked, onDraft }: KindProps<QuestionOf<"translate">>) {
  return (
    <div className="grid gap-6">
      <Prompt question={question} speech={speech} lang={question.prompt_language}>
        {question.prompt}
      </Prompt>
      <Writing language={question.answer_language} isLocked={isLocked} onDraft={onDraft} />
    </div>
  );
}

export function Dictation({ question, course, speech, isLocked, onDraft }: KindProps<QuestionOf<"dictation">>) {
  return (
    <div className="grid gap-8">
      <PinnedPicture question={question} />
      <SpeechButtons audio={question.audio} speech={speech} size="large" />
      <Writing language={course.language} isLocked={isLocked} onDraft={onDraft} />
    </div>
  );
}

export function ClozeType({ question, course, speech, isLocked, onDraft }: KindProps<QuestionOf<"cloze_type">>) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  useFocusWithKeyboard(field);
  return (
    <Prompt question={question} speech={speech}>
      <Sentence
        text={question.sentence}
        lang={course.language}
        gap={
          <input
            ref={field}
            {...RAW_TYPING}
            lang={course.language}
            maxLength={80}
            readOnly={isLocked}
            aria-label={t("lesson.missing_word")}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              onDraft(draftOf(event.target.value));
            }}
            className={cx(
              "field-sizing-content h-12 max-w-full min-w-28 rounded-xl border-2 border-line-strong px-3 text-center align-middle font-bold text-text",
              isLocked ? "bg-sunken" : "bg-chosen",
            )}
          />
        }
      />
      <p lang={course.source_language} className="mt-2 text-base font-semibold text-muted">
        {question.translation}
      </p>
    </Prompt>
  );
}
