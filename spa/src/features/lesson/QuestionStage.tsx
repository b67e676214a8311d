import { EarOff, RotateCcw } from "lucide-react";
import * as m from "motion/react-m";
import { type SyntheticEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Lesson } from "@/api/types";
import { Button } from "@/ui/Button";

import { QuestionView } from "./kinds/QuestionView";
import { type Answer, isListening, type Question, speechState } from "./question";
import type { Step } from "./reducer";
import { SendingNote } from "./SendingNote";
import { useKeys } from "./useKeys";
import { useLiveSpeech } from "./useLiveSpeech";
import type { SpeechPlayer } from "./useSpeech";
import { VerdictSheet, VerdictWords } from "./VerdictSheet";
import { VoiceNote } from "./VoiceNote";

interface QuestionStageProps {
  lesson: Lesson;
  question: Question;
  step: Step;
  speech: SpeechPlayer;
  isAgain: boolean;
  isListeningOff: boolean;
  onSubmit: (answer: Answer | null) => void;
  onContinue: () => void;
  onSendAgain: () => void;
  onListeningOff: () => void;
}

export function QuestionStage({ lesson, question: asked, step, speech, isAgain, isListeningOff, ...on }: QuestionStageProps) {
  const { t } = useTranslation();
  const question = useLiveSpeech(lesson.id, asked);
  const [draft, setDraft] = useState<Answer | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const needsEars = isListening(question);
  const voice = speechState(question);
  const isVoiceMissing = needsEars && voice !== "ready";
  const isAsking = step.name === "asking";
  const result = step.name === "judged" ? step.result : null;
  const url = question.audio?.state === "ready" ? question.audio.url : null;

  const autoplay = useEffectEvent(() => {
    if (url !== null && isAsking && !isListeningOff) speech.play(url);
  });
  useEffect(() => {
    // Let the question come to rest before it speaks.
    const timer = setTimeout(autoplay, 350);
    return () => clearTimeout(timer);
  }, [url]);

  useEffect(() => {
    window.scrollTo(0, 0);
    // A field that took the focus for typing keeps it.
    if (document.activeElement === null || document.activeElement === document.body) {
      heading.current?.focus({ preventScroll: true });
    }
  }, []);

  const check = (event?: SyntheticEvent): void => {
    event?.preventDefault();
    if (isAsking && draft !== null) on.onSubmit(draft);
  };

  useKeys(step.name !== "sending", (event) => {
    // On a control a key means what it means on that control.
    const isOnPage = !(event.target instanceof Element && event.target.closest("a, button, input, summary") !== null);
    if (event.key === " " && isOnPage && url !== null) {
      event.preventDefault();
      speech.play(url);
    }
    if (event.key !== "Enter" || !isOnPage) return;
    event.preventDefault();
    if (result !== null) on.onContinue();
    else check();
  });
  useReplayKeys(url, speech);

  const instruction = t(`lesson.instruction.${instructionOf(question, lesson.course.language)}`);

  return (
    <form onSubmit={check} className="flex flex-1 flex-col" noValidate>
      <main className="mx-auto w-full max-w-2xl flex-1 px-4 pt-1 pb-8 sm:px-6">
        <m.div initial={{ opacity: 0, x: 36 }} animate={{ opacity: 1, x: 0 }}>
          {isAgain && (
            <p className="mb-2 inline-flex items-center gap-1.5 rounded-full bg-calm px-3 py-1 text-sm font-extrabold text-calm-ink">
              <RotateCcw className="size-4" aria-hidden />
              {t("lesson.again")}
            </p>
          )}
          <h1 ref={heading} tabIndex={-1} className="mb-5 text-2xl font-black outline-none sm:text-3xl">{instruction}</h1>
          {/* A fixed distance and no centring: nothing may jump when the verdict comes up from below. */}
          <div className="mt-[clamp(0rem,5dvh,3.5rem)]">
            {isVoiceMissing ? (
              <VoiceNote state={voice} />
            ) : (
              <QuestionView
                question={question}
                course={lesson.course}
                speech={speech}
                isLocked={!isAsking}
                result={result}
                onDraft={setDraft}
              />
            )}
          </div>
          {speech.playing === "failed" && (
            <p role="alert" className="mt-4 rounded-control bg-warn px-4 py-2 font-bold text-warn-ink">
              {t("lesson.voice_failed")}
            </p>
          )}
        </m.div>
      </main>
      <p aria-live="polite" className="sr-only">
        {result !== null && <VerdictWords result={result} />}
      </p>
      {result === null ? (
        <footer className="border-t-2 tall:sticky tall:bottom-0 border-line bg-page">
          <SendingNote step={step} isListeningOff={isListeningOff && needsEars} onSendAgain={on.onSendAgain} />
          <div className="mx-auto flex w-full max-w-3xl flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-4 sm:px-6">
            {needsEars && (
              <div className="flex flex-wrap gap-x-2 max-sm:w-full max-sm:justify-between">
                <button
                  type="button"
                  disabled={!isAsking}
                  className="inline-flex min-h-11 items-center gap-2 rounded-control px-2 font-bold text-muted hover:bg-sunken hover:text-text max-sm:text-sm sm:px-3"
                  onClick={on.onListeningOff}
                >
                  <EarOff className="size-5 shrink-0" aria-hidden />
                  {t("lesson.no_listening")}
                </button>
                <button
                  type="button"
                  disabled={!isAsking}
                  className="min-h-11 rounded-control px-2 font-bold text-muted hover:bg-sunken hover:text-text max-sm:text-sm sm:px-3"
                  onClick={() => on.onSubmit(null)}
                >
                  {t("lesson.skip")}
                </button>
              </div>
            )}
            <p className="hidden text-sm text-muted pointer-fine:lg:block" hidden={needsEars}>
              {t("lesson.keys")}
            </p>
            <Button type="submit" size="lg" className="max-sm:w-full sm:min-w-44" disabled={!isAsking || draft === null}>
              {step.name === "sending" ? t("lesson.checking") : t("lesson.check")}
            </Button>
          </div>
        </footer>
      ) : (
        <VerdictSheet question={question} course={lesson.course} result={result} onContinue={on.onContinue} />
      )}
    </form>
  );
}

type Instruction = Question["kind"] | "match_audio" | "multiple_choice_say";

function instructionOf(question: Question, courseLanguage: string): Instruction {
  if (question.kind === "match_pairs" && question.left_is_audio) return "match_audio";
  if (question.kind === "multiple_choice" && question.prompt_language !== courseLanguage) return "multiple_choice_say";
  return question.kind;
}

/** Control+Enter plays and Control+Shift+Enter plays slowly, also while typing. */
function useReplayKeys(url: string | null, speech: SpeechPlayer): void {
  const replay = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== "Enter" || !event.ctrlKey || url === null) return;
    event.preventDefault();
    speech.play(url, event.shiftKey);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => replay(event);
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, []);
}
