import { http, HttpResponse } from "msw";

import type { Attempt, Lesson, Modules, Progress, Result } from "@/api/types";
import type { Question, QuestionKind, QuestionOf } from "@/features/lesson/question";

const PLAIN = { version: 1, picture_url: null, picture_alt: null, audio: null };

export const spoken = (state: "ready" | "pending" = "ready") => ({ id: "a1", url: "/api/v1/audio/a1", state });

export function question<K extends QuestionKind>(
  id: string,
  kind: K,
  fields: Omit<QuestionOf<K>, "id" | "kind" | keyof typeof PLAIN> & Partial<typeof PLAIN | { audio: ReturnType<typeof spoken> }>,
): Question {
  return { ...PLAIN, id, kind, ...fields } as unknown as Question;
}

export const choice = (id: string, prompt: string, ...options: string[]): Question =>
  question(id, "multiple_choice", { prompt, prompt_language: "en", options: options.map((option) => ({ choice: option })) });

export const lessonOf = (questions: Question[], state: Partial<Lesson> = {}): Lesson => ({
  id: "l1",
  title: "Greetings",
  module_id: "m1",
  module_title: "Hello",
  course: { id: "c1", title: "English", language: "en", source_language: "ru" },
  run: 1,
  passed_question_ids: [],
  missed_question_ids: [],
  questions,
  ...state,
});

export const progressOf = (granted: string[] = []): Progress => ({
  xp: { total: 40, today: 0 },
  streak: { length: 2, longest: 4, done_today: false, days: [] },
  lessons: { completed: 2, total: 20 },
  accuracy: 0.8,
  achievements: ["first_lesson", "xp_100"].map((key) => ({
    key,
    granted_at: granted.includes(key) ? "2026-11-20T10:00:00Z" : null,
  })),
});

export const resultOf = (attempt: Attempt, change: Partial<Result> = {}): Result => ({
  attempt_id: attempt.attempt_id,
  verdict: "correct",
  passed: true,
  diff: [],
  solution: null,
  translation: null,
  note: null,
  xp: { granted: 0, total: 40, reasons: [] },
  lesson: { completed: false, passed: 1, total: 2, first_try_accuracy: 1 },
  ...change,
});

/** A school with one lesson; `mark` plays the marker. Gives the attempts that arrived, in order. */
export function teach(lesson: Lesson, isRight: (attempt: Attempt) => boolean) {
  const attempts: Attempt[] = [];
  const passed = new Set(lesson.passed_question_ids);
  const path: Modules = { courses: [lesson.course], modules: [] };
  const handlers = [
    http.get("/api/v1/lesson/l1", () => HttpResponse.json(lesson)),
    http.get("/api/v1/modules", () => HttpResponse.json(path)),
    http.get("/api/v1/user/progress", () => HttpResponse.json(progressOf())),
    http.post("/api/v1/lesson/l1/answer", async ({ request }) => {
      const attempt = (await request.json()) as Attempt;
      attempts.push(attempt);
      const isSkipped = attempt.skipped;
      const isPassed = isSkipped || isRight(attempt);
      if (isPassed) passed.add(attempt.question_id);
      const isCompleted = passed.size === lesson.questions.length;
      return HttpResponse.json(
        resultOf(attempt, {
          verdict: isSkipped ? "skipped" : isPassed ? "correct" : "wrong",
          passed: isPassed,
          solution: "the solution",
          xp: { granted: isCompleted ? 10 : 0, total: 50, reasons: [] },
          lesson: {
            completed: isCompleted,
            passed: passed.size,
            total: lesson.questions.length,
            first_try_accuracy: 0.5,
          },
        }),
      );
    }),
  ];
  return { attempts, handlers };
}
