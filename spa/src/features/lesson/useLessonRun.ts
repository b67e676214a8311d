import { type Dispatch, useEffect, useReducer } from "react";

import { ApiError, asApiError } from "@/api/errors";
import { postAnswer } from "@/api/requests";
import type { Attempt, Lesson } from "@/api/types";

import { isListening, type Question } from "./question";
import { type LessonAction, lessonReducer, type LessonState, openLesson, type Opening } from "./reducer";
import { dropUnsent, loadUnsent, saveUnsent } from "./unsent";

/** Waits before the second, third, fourth and fifth sending of the same attempt. */
const RETRY_AFTER_MS = [800, 2_000, 4_000, 8_000];

export interface LessonRun {
  state: LessonState;
  dispatch: Dispatch<LessonAction>;
  question: Question | null;
}

export const openingOf = (lesson: Lesson, userId: string): Opening => ({
  questions: lesson.questions.map((question) => ({ id: question.id, isListening: isListening(question) })),
  passedIds: lesson.passed_question_ids,
  missedIds: lesson.missed_question_ids,
  unsent: loadUnsent(userId, lesson.id),
});

export function useLessonRun(lesson: Lesson, userId: string): LessonRun {
  const [state, dispatch] = useReducer(lessonReducer, null, () => openLesson(openingOf(lesson, userId)));
  const attempt = state.step.name === "sending" ? state.step.attempt : null;
  const failures = state.step.name === "sending" ? state.step.failures : 0;

  useEffect(() => {
    if (attempt === null) return;
    let isCurrent = true;
    const wait = failures === 0 ? 0 : (RETRY_AFTER_MS[failures - 1] ?? 0);
    saveUnsent(userId, lesson.id, attempt);
    const timer = setTimeout(() => {
      void send(lesson.id, userId, attempt, failures).then((action) => {
        if (isCurrent) dispatch(action);
      });
    }, wait);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [attempt, failures, lesson.id, userId]);

  const isUnsent = state.step.name === "unsent";
  useEffect(() => {
    if (!isUnsent) return;
    const onOnline = (): void => dispatch({ type: "send_again" });
    addEventListener("online", onOnline);
    return () => removeEventListener("online", onOnline);
  }, [isUnsent]);

  return { state, dispatch, question: lesson.questions.find(({ id }) => id === state.current) ?? null };
}

async function send(lessonId: string, userId: string, attempt: Attempt, failures: number): Promise<LessonAction> {
  try {
    const result = await postAnswer(lessonId, attempt);
    dropUnsent(userId, lessonId, attempt.attempt_id);
    return { type: "judged", result };
  } catch (error) {
    const failure = asApiError(error);
    if (failure.isTransient) {
      return failures < RETRY_AFTER_MS.length ? { type: "send_failed" } : { type: "send_given_up", error: failure };
    }
    // A lost session leaves the attempt where it is: after signing in the lesson sends it.
    if (!(error instanceof ApiError) || error.status !== 401) dropUnsent(userId, lessonId, attempt.attempt_id);
    return { type: "refused", error: failure };
  }
}
