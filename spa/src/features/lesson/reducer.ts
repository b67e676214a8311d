import type { Attempt, Result } from "@/api/types";

/** How many other questions should stand between two askings of the same one. */
export const APART = 3;

export interface AskedQuestion {
  id: string;
  isListening: boolean;
}

export type Step =
  | { name: "asking" }
  | { name: "sending"; attempt: Attempt; failures: number }
  /** Sending has been given up for now; the attempt stays on the device. */
  | { name: "unsent"; attempt: Attempt; error: unknown }
  /** The server will never take this attempt: the lesson has to be loaded again. */
  | { name: "refused"; error: unknown }
  | { name: "judged"; result: Result }
  | { name: "finished"; result: Result | null };

export interface LessonState {
  /** Not asked yet in this run, in the order of the lesson. */
  fresh: readonly string[];
  /** Missed and to be asked again, the one missed longest ago first. */
  missed: readonly string[];
  /** Asked since the lesson was opened, newest last. */
  asked: readonly string[];
  current: string | null;
  passedCount: number;
  total: number;
  listening: ReadonlySet<string>;
  isListeningOff: boolean;
  step: Step;
}

export interface Opening {
  questions: readonly AskedQuestion[];
  passedIds: readonly string[];
  missedIds: readonly string[];
  /** An attempt that was made but never acknowledged, found on this device. */
  unsent: Attempt | null;
}

export type LessonAction =
  | ({ type: "opened" } & Opening)
  | { type: "answered"; attempt: Attempt }
  | { type: "send_failed" }
  | { type: "send_given_up"; error: unknown }
  | { type: "send_again" }
  | { type: "refused"; error: unknown }
  | { type: "judged"; result: Result }
  | { type: "continued" }
  | { type: "listening_turned_off" };

export function openLesson({ questions, passedIds, missedIds, unsent }: Opening): LessonState {
  const known = new Set(questions.map(({ id }) => id));
  const passed = new Set(passedIds.filter((id) => known.has(id)));
  const missed = missedIds.filter((id) => known.has(id) && !passed.has(id));
  const waiting = new Set(missed);
  const state: LessonState = {
    fresh: questions.map(({ id }) => id).filter((id) => !passed.has(id) && !waiting.has(id)),
    missed,
    asked: [],
    current: null,
    passedCount: passed.size,
    total: questions.length,
    listening: new Set(questions.filter((question) => question.isListening).map(({ id }) => id)),
    isListeningOff: false,
    step: { name: "asking" },
  };
  if (unsent !== null && known.has(unsent.question_id)) {
    // The server may have counted it already; sent again under the same id it answers with the first result.
    return { ...take(state, unsent.question_id), step: { name: "sending", attempt: unsent, failures: 0 } };
  }
  return askNext(state);
}

export function lessonReducer(state: LessonState, action: LessonAction): LessonState {
  switch (action.type) {
    case "opened":
      return { ...openLesson(action), isListeningOff: state.isListeningOff };
    case "answered":
      if (state.step.name !== "asking" || action.attempt.question_id !== state.current) return state;
      return { ...state, step: { name: "sending", attempt: action.attempt, failures: 0 } };
    case "send_failed":
      if (state.step.name !== "sending") return state;
      return { ...state, step: { ...state.step, failures: state.step.failures + 1 } };
    case "send_given_up":
      if (state.step.name !== "sending") return state;
      return { ...state, step: { name: "unsent", attempt: state.step.attempt, error: action.error } };
    case "send_again":
      if (state.step.name !== "unsent") return state;
      return { ...state, step: { name: "sending", attempt: state.step.attempt, failures: 0 } };
    case "refused":
      if (state.step.name !== "sending") return state;
      return { ...state, step: { name: "refused", error: action.error } };
    case "judged":
      return judge(state, action.result);
    case "continued":
      if (state.step.name !== "judged") return state;
      return goOn(state, state.step.result);
    case "listening_turned_off":
      return { ...state, isListeningOff: true };
  }
}

function judge(state: LessonState, result: Result): LessonState {
  if (state.step.name !== "sending" || result.attempt_id !== state.step.attempt.attempt_id) return state;
  const { current } = state;
  const judged: LessonState = {
    ...state,
    missed: result.passed || current === null ? state.missed : [...state.missed, current],
    // The server counts; a lesson going on elsewhere or replayed answers must not make the bar jump back.
    passedCount: Math.max(result.lesson.passed, state.passedCount + (result.passed ? 1 : 0)),
    step: { name: "judged", result },
  };
  // "Can't listen now" means leaving questions out quietly, not reading a verdict about each.
  return result.verdict === "skipped" && state.isListeningOff ? goOn(judged, result) : judged;
}

function goOn(state: LessonState, result: Result): LessonState {
  if (result.lesson.completed) return { ...state, current: null, step: { name: "finished", result } };
  return askNext(state);
}

function askNext(state: LessonState): LessonState {
  const next = state.fresh[0] ?? pickMissed(state.missed, state.asked);
  if (next === undefined) return { ...state, current: null, step: { name: "finished", result: null } };
  return { ...take(state, next), step: { name: "asking" } };
}

function take(state: LessonState, id: string): LessonState {
  return {
    ...state,
    fresh: state.fresh.filter((other) => other !== id),
    missed: state.missed.filter((other) => other !== id),
    asked: [...state.asked, id],
    current: id,
  };
}

/** The first missed question that was not asked just now, else the one asked longest ago. */
function pickMissed(missed: readonly string[], asked: readonly string[]): string | undefined {
  const recent = asked.slice(-APART);
  const rested = missed.find((id) => !recent.includes(id));
  if (rested !== undefined) return rested;
  return [...missed].sort((a, b) => asked.lastIndexOf(a) - asked.lastIndexOf(b))[0];
}
