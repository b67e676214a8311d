import { Check, Forward, Lightbulb, PencilLine, RotateCcw } from "lucide-react";
import * as m from "motion/react-m";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import type { Course, Result } from "@/api/types";
import { Button, type Tone } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { Erino, type Mood } from "@/ui/mascot/Erino";

import { DiffPairs, DiffWords } from "./DiffWords";
import type { Question } from "./question";

interface Look {
  surface: string;
  mood: Mood;
  tone: Tone;
  icon: ReactNode;
}

const ICON = "size-8 shrink-0";
const ALMOST: Look = {
  surface: "bg-warn text-warn-ink",
  mood: "happy",
  tone: "sun",
  icon: <PencilLine className={ICON} aria-hidden />,
};
const LOOKS: Record<Result["verdict"], Look> = {
  correct: {
    surface: "bg-good text-good-ink",
    mood: "cheering",
    tone: "leaf",
    icon: <Check className={ICON} strokeWidth={3.2} aria-hidden />,
  },
  accent_slip: ALMOST,
  typo: ALMOST,
  wrong: {
    surface: "bg-bad text-bad-ink",
    mood: "sad",
    tone: "coral",
    icon: <RotateCcw className={ICON} strokeWidth={2.8} aria-hidden />,
  },
  skipped: {
    surface: "bg-calm text-calm-ink",
    mood: "waving",
    tone: "primary",
    icon: <Forward className={ICON} aria-hidden />,
  },
};

const CHEERS = ["verdict.correct_1", "verdict.correct_2", "verdict.correct_3", "verdict.correct_4"] as const;
const TYPED = new Set<Question["kind"]>([
  "cloze_type",
  "word_bank",
  "translate",
  "order_words",
  "dictation_bank",
  "dictation",
  "match_pairs",
]);

/** Chosen by the attempt, so that drawing again never changes the words. */
const cheerFor = (result: Result) => CHEERS[result.attempt_id.charCodeAt(0) % CHEERS.length] ?? CHEERS[0];

interface VerdictSheetProps {
  question: Question;
  course: Pick<Course, "language" | "source_language">;
  result: Result;
  onContinue: () => void;
}

export function VerdictSheet({ question, course, result, onContinue }: VerdictSheetProps) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  const look = LOOKS[result.verdict];
  const answerLanguage = "answer_language" in question ? question.answer_language : course.language;
  const isExact = result.verdict === "correct" || result.verdict === "skipped";
  const hasDiff = !isExact && TYPED.has(question.kind) && result.diff.some((word) => word.kind !== "equal");
  // A picture's name says nothing to a student, and pairs stand corrected in the diff already.
  const hasSolution =
    result.verdict !== "correct" &&
    result.solution !== null &&
    question.kind !== "pick_picture" &&
    question.kind !== "match_pairs";

  useEffect(() => {
    button.current?.focus({ preventScroll: true });
    // In a low window the sheet does not stick to the edge and has to be brought into view.
    if (!matchMedia("(min-height: 26rem)").matches) button.current?.scrollIntoView({ block: "nearest" });
  }, []);

  return (
    <m.section
      aria-labelledby="verdict"
      className={cx("relative rounded-t-[2rem] tall:sticky tall:bottom-0 border-t-2 border-current/15", look.surface)}
      initial={{ y: "100%" }}
      animate={{ y: 0 }}
    >
      <div className="mx-auto flex w-full max-w-3xl flex-wrap items-end gap-x-6 gap-y-4 px-4 pt-4 pb-5 sm:px-6">
        <Erino mood={look.mood} className="pointer-events-none -mt-14 w-24 shrink-0 self-start max-sm:absolute max-sm:top-2 max-sm:right-3 max-sm:w-20" />
        <div className="min-w-0 flex-1 basis-72">
          <h2 id="verdict" className="flex items-center gap-2.5 text-2xl font-black max-sm:pr-20">
            {look.icon}
            {result.verdict === "correct" ? t(cheerFor(result)) : t(`verdict.${result.verdict}`)}
          </h2>
          {result.verdict !== "correct" && (
            <p className="font-bold max-sm:pr-20">{t(`verdict.hint.${result.verdict}`)}</p>
          )}
          <div className="mt-2 grid gap-2 tall:max-h-[38dvh] tall:overflow-y-auto">
            {hasDiff && (
              <Line label={t("verdict.your_answer")}>
                {question.kind === "match_pairs" ? (
                  <DiffPairs diff={result.diff} />
                ) : (
                  <DiffWords diff={result.diff} lang={answerLanguage} />
                )}
              </Line>
            )}
            {hasSolution && (
              <Line label={t("verdict.solution")}>
                <span lang={answerLanguage}>{result.solution}</span>
              </Line>
            )}
            {result.translation !== null && (
              <Line label={t("verdict.meaning")}>
                <span lang={answerLanguage === course.language ? course.source_language : course.language}>
                  {result.translation}
                </span>
              </Line>
            )}
            {result.note !== null && (
              <p lang={course.source_language} className="flex items-start gap-2 rounded-2xl bg-surface/70 px-3 py-2 font-semibold text-text">
                <Lightbulb className="mt-0.5 size-5 shrink-0 text-warn-ink" aria-label={t("verdict.good_to_know")} />
                {result.note}
              </p>
            )}
          </div>
        </div>
        <Button ref={button} tone={look.tone} size="lg" className="max-sm:w-full sm:min-w-44" onClick={onContinue}>
          {t("lesson.continue")}
        </Button>
      </div>
    </m.section>
  );
}

/** The verdict as one sentence for the live region, which has to be there before its words are. */
export function VerdictWords({ result }: { result: Result }) {
  const { t } = useTranslation();
  if (result.verdict === "correct") return t(cheerFor(result));
  const solution = result.solution === null ? "" : `${t("verdict.solution")}: ${result.solution}`;
  return [t(`verdict.${result.verdict}`), t(`verdict.hint.${result.verdict}`), solution].filter(Boolean).join(". ");
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <p className="text-sm font-extrabold">{label}</p>
      <div className="text-lg font-bold">{children}</div>
    </div>
  );
}
