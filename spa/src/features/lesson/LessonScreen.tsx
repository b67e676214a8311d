import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import type { Attempt, Lesson, Progress } from "@/api/types";
import { Button, ButtonLink } from "@/ui/Button";
import { playCue } from "@/ui/sound";
import { Failure } from "@/ui/States";

import { newAttemptId } from "./attemptId";
import { LeaveDialog } from "./LeaveDialog";
import { PlayerHeader } from "./PlayerHeader";
import { QuestionStage } from "./QuestionStage";
import type { Answer } from "./question";
import { ResultScreen } from "./ResultScreen";
import { useLessonRun } from "./useLessonRun";
import { useSpeech } from "./useSpeech";

interface LessonScreenProps {
  lesson: Lesson;
  userId: string;
  before: Progress | null;
  onReload: () => void;
  onFinished: () => void;
}

const LONGEST_MS = 3_600_000;

export function LessonScreen({ lesson, userId, before, onReload, onFinished }: LessonScreenProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { state, dispatch, question } = useLessonRun(lesson, userId);
  const [isLeaving, setLeaving] = useState(false);
  // The progress query is asked again at the end: what counts as new is measured against the first answer.
  const [progressBefore, setProgressBefore] = useState(before);
  if (progressBefore === null && before !== null) setProgressBefore(before);
  const speech = useSpeech();
  const shownAt = useRef(0);
  const { step } = state;
  const askedCount = state.asked.length;

  useEffect(() => {
    shownAt.current = performance.now();
  }, [askedCount]);

  const submit = (answer: Answer | null): void => {
    if (question === null) return;
    const attempt: Attempt = {
      attempt_id: newAttemptId(),
      question_id: question.id,
      question_version: question.version,
      answer,
      skipped: answer === null,
      elapsed_ms: Math.min(LONGEST_MS, Math.max(0, Math.round(performance.now() - shownAt.current))),
    };
    speech.stop();
    dispatch({ type: "answered", attempt });
  };

  const skipSilently = useEffectEvent(() => submit(null));
  const isSkippedSilently =
    state.isListeningOff && step.name === "asking" && state.current !== null && state.listening.has(state.current);
  useEffect(() => {
    if (isSkippedSilently) skipSilently();
  }, [isSkippedSilently, askedCount]);

  const finished = useEffectEvent(onFinished);
  const isFinished = step.name === "finished";
  useEffect(() => {
    if (!isFinished) return;
    playCue("finished");
    finished();
  }, [isFinished]);

  const verdict = step.name === "judged" ? step.result.verdict : null;
  useEffect(() => {
    if (verdict === null || verdict === "skipped") return;
    playCue(verdict === "correct" ? "correct" : verdict === "wrong" ? "wrong" : "almost");
  }, [verdict]);

  if (step.name === "finished") {
    return <ResultScreen lesson={lesson} result={step.result} before={progressBefore} />;
  }
  if (step.name === "refused") {
    return (
      <main>
        <Failure error={step.error}>
          <Button onClick={onReload}>{t("lesson.reload_lesson")}</Button>
          <ButtonLink to="/" tone="plain">
            {t("result.to_path")}
          </ButtonLink>
        </Failure>
      </main>
    );
  }
  return (
    <div className="flex min-h-dvh flex-col">
      <PlayerHeader passed={state.passedCount} total={state.total} onClose={() => setLeaving(true)} />
      {question !== null && (
        <QuestionStage
          key={askedCount}
          lesson={lesson}
          question={question}
          step={step}
          speech={speech}
          isAgain={state.asked.indexOf(question.id) < askedCount - 1 || lesson.missed_question_ids.includes(question.id)}
          isListeningOff={state.isListeningOff}
          onSubmit={submit}
          onContinue={() => dispatch({ type: "continued" })}
          onSendAgain={() => dispatch({ type: "send_again" })}
          onListeningOff={() => dispatch({ type: "listening_turned_off" })}
        />
      )}
      <LeaveDialog isOpen={isLeaving} onStay={() => setLeaving(false)} onLeave={() => void navigate("/")} />
    </div>
  );
}
