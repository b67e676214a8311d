import { describe, expect, it } from "vitest";

import type { Attempt, Result } from "@/api/types";
import { resultOf } from "@/test/lessons";

import { APART, lessonReducer, type LessonState, openLesson, type Opening } from "./reducer";

const opening = (change: Partial<Opening> & { ids?: string[]; listening?: string[] } = {}): Opening => ({
  questions: (change.ids ?? ["a", "b", "c", "d", "e"]).map((id) => ({
    id,
    isListening: change.listening?.includes(id) ?? false,
  })),
  passedIds: change.passedIds ?? [],
  missedIds: change.missedIds ?? [],
  unsent: change.unsent ?? null,
});

let serial = 0;
const attemptFor = (questionId: string): Attempt => ({
  attempt_id: `attempt-${(serial += 1)}`,
  question_id: questionId,
  question_version: 1,
  answer: { text: "hello" },
  skipped: false,
  elapsed_ms: 1200,
});

interface Marked {
  isRight: boolean;
  isLast?: boolean;
  verdict?: Result["verdict"];
}

function answer(state: LessonState, { isRight, isLast = false, verdict }: Marked): LessonState {
  if (state.current === null) throw new Error("nothing is asked");
  const attempt = attemptFor(state.current);
  const sending = lessonReducer(state, { type: "answered", attempt });
  const result = resultOf(attempt, {
    passed: isRight,
    verdict: verdict ?? (isRight ? "correct" : "wrong"),
    lesson: { completed: isLast, passed: 0, total: state.total, first_try_accuracy: 1 },
  });
  return lessonReducer(sending, { type: "judged", result });
}

const goOn = (state: LessonState): LessonState => lessonReducer(state, { type: "continued" });

/** Plays to the end; `misses` says how often each question is missed before it is right. Gives the order of asking. */
function play(state: LessonState, misses: Record<string, number>): string[] {
  const left = { ...misses };
  let passed = state.passedCount;
  let now = state;
  while (now.current !== null) {
    const id = now.current;
    const isRight = (left[id] ?? 0) === 0;
    if (isRight) passed += 1;
    else left[id] = (left[id] ?? 0) - 1;
    now = goOn(answer(now, { isRight, isLast: passed === now.total }));
    if (now.asked.length > 200) throw new Error("the lesson does not end");
  }
  expect(now.step.name).toBe("finished");
  return [...now.asked];
}

describe("the order of questions", () => {
  it("follows the lesson", () => {
    expect(play(openLesson(opening()), {})).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("brings what was missed back at the end, the oldest first", () => {
    expect(play(openLesson(opening()), { b: 1, d: 1 })).toEqual(["a", "b", "c", "d", "e", "b", "d"]);
  });

  it("asks again as often as it takes", () => {
    expect(play(openLesson(opening({ ids: ["a", "b"] })), { a: 2 })).toEqual(["a", "b", "a", "a"]);
  });

  it("keeps the same question apart while others are waiting", () => {
    const ids = ["a", "b", "c", "d", "e", "f"];
    const asked = play(openLesson(opening({ ids })), { a: 3, b: 2, c: 2, d: 1, e: 3, f: 1 });
    asked.forEach((id, at) => {
      const before = asked.lastIndexOf(id, at - 1);
      if (at === 0 || before < 0 || at - before > APART) return;
      // Too close is allowed only when nothing else that was missed had rested longer.
      const waiting = new Set(asked.slice(at));
      const rested = [...waiting].filter((other) => !asked.slice(at - APART, at).includes(other));
      expect(rested).toEqual([]);
    });
  });

  it("prefers the missed question asked longest ago when all are recent", () => {
    const state = openLesson(opening({ ids: ["a", "b", "c"] }));
    expect(play(state, { a: 1, b: 1, c: 1 })).toEqual(["a", "b", "c", "a", "b", "c"]);
  });
});

describe("resuming", () => {
  it("leaves out what is passed and asks what was missed at the end", () => {
    const state = openLesson(opening({ passedIds: ["a", "c"], missedIds: ["b"] }));
    expect(state.passedCount).toBe(2);
    expect(play(state, {})).toEqual(["d", "e", "b"]);
  });

  it("believes passed over missed and ignores ids of another version of the lesson", () => {
    const state = openLesson(opening({ ids: ["a", "b"], passedIds: ["a", "gone"], missedIds: ["a", "gone"] }));
    expect(state.passedCount).toBe(1);
    expect(play(state, {})).toEqual(["b"]);
  });

  it("is finished at once when everything is passed", () => {
    const state = openLesson(opening({ ids: ["a"], passedIds: ["a"] }));
    expect(state.step).toEqual({ name: "finished", result: null });
  });

  it("sends an unacknowledged attempt again before anything is asked", () => {
    const unsent = attemptFor("c");
    const state = openLesson(opening({ unsent }));
    expect(state.current).toBe("c");
    expect(state.step).toEqual({ name: "sending", attempt: unsent, failures: 0 });
    const judged = lessonReducer(state, { type: "judged", result: resultOf(unsent) });
    expect(play(goOn(judged), {})).toEqual(["c", "a", "b", "d", "e"]);
  });

  it("drops an attempt at a question that is no longer in the lesson", () => {
    expect(openLesson(opening({ unsent: attemptFor("gone") })).step.name).toBe("asking");
  });
});

describe("sending", () => {
  const sending = (): { state: LessonState; attempt: Attempt } => {
    const attempt = attemptFor("a");
    return { attempt, state: lessonReducer(openLesson(opening()), { type: "answered", attempt }) };
  };

  it("keeps the attempt through failures, giving up and sending again", () => {
    const { state, attempt } = sending();
    const failed = lessonReducer(state, { type: "send_failed" });
    expect(failed.step).toEqual({ name: "sending", attempt, failures: 1 });
    const unsent = lessonReducer(failed, { type: "send_given_up", error: "offline" });
    expect(unsent.step).toMatchObject({ name: "unsent", attempt });
    expect(lessonReducer(unsent, { type: "send_again" }).step).toEqual({ name: "sending", attempt, failures: 0 });
  });

  it("takes one answer to a question and no second one", () => {
    const { state, attempt } = sending();
    const second = lessonReducer(state, { type: "answered", attempt: attemptFor("a") });
    expect(second.step).toMatchObject({ attempt });
  });

  it("ignores a result that belongs to another attempt", () => {
    const { state } = sending();
    expect(lessonReducer(state, { type: "judged", result: resultOf(attemptFor("a")) })).toBe(state);
  });

  it("does not count a question twice when its result comes twice", () => {
    const { state, attempt } = sending();
    const once = lessonReducer(state, { type: "judged", result: resultOf(attempt) });
    const twice = lessonReducer(once, { type: "judged", result: resultOf(attempt) });
    expect(twice.passedCount).toBe(1);
    expect(twice).toBe(once);
  });

  it("stops where the server refuses", () => {
    const { state } = sending();
    expect(lessonReducer(state, { type: "refused", error: "conflict" }).step.name).toBe("refused");
  });
});

describe("counting and finishing", () => {
  it("never lets the bar jump back", () => {
    const state = openLesson(opening({ passedIds: ["a", "b"] }));
    const judged = answer(state, { isRight: true });
    expect(judged.passedCount).toBe(3);
  });

  it("finishes when the server says so, with its result", () => {
    const judged = answer(openLesson(opening({ ids: ["a"] })), { isRight: true, isLast: true });
    expect(judged.step.name).toBe("judged");
    expect(goOn(judged).step).toMatchObject({ name: "finished", result: { passed: true } });
  });
});

describe("listening turned off", () => {
  it("goes on without showing a verdict for what is left out", () => {
    const state = lessonReducer(openLesson(opening({ listening: ["a"] })), { type: "listening_turned_off" });
    const after = answer(state, { isRight: true, verdict: "skipped" });
    expect(after.current).toBe("b");
    expect(after.step.name).toBe("asking");
    expect(after.missed).toEqual([]);
  });

  it("shows the verdict of one question skipped by hand", () => {
    const after = answer(openLesson(opening({ listening: ["a"] })), { isRight: true, verdict: "skipped" });
    expect(after.step.name).toBe("judged");
  });

  it("is kept when the lesson is loaded again", () => {
    const off = lessonReducer(openLesson(opening()), { type: "listening_turned_off" });
    expect(lessonReducer(off, { type: "opened", ...opening() }).isListeningOff).toBe(true);
  });
});
