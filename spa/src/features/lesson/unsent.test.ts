import { describe, expect, it } from "vitest";

import type { Attempt } from "@/api/types";

import { dropUnsent, listUnsent, loadUnsent, saveUnsent } from "./unsent";

const attempt: Attempt = {
  attempt_id: "t1",
  question_id: "q1",
  question_version: 1,
  answer: { text: "hello" },
  skipped: false,
  elapsed_ms: 10,
};

describe("an unsent answer", () => {
  it("survives and belongs to one person and one lesson", () => {
    saveUnsent("mila", "l1", attempt);
    expect(loadUnsent("mila", "l1")).toEqual(attempt);
    expect(loadUnsent("mila", "l2")).toBeNull();
    expect(loadUnsent("tim", "l1")).toBeNull();
    expect(listUnsent("mila")).toEqual([{ lessonId: "l1", attempt }]);
    expect(listUnsent("tim")).toEqual([]);
  });

  it("is forgotten only by its own acknowledgement", () => {
    saveUnsent("mila", "l1", attempt);
    dropUnsent("mila", "l1", "an older one");
    expect(loadUnsent("mila", "l1")).toEqual(attempt);
    dropUnsent("mila", "l1", "t1");
    expect(loadUnsent("mila", "l1")).toBeNull();
  });

  it("is nothing when the storage holds something else", () => {
    localStorage.setItem("lernejo.unsent.mila.l1", "{broken");
    localStorage.setItem("lernejo.unsent.mila.l2", '{"attempt_id":1}');
    expect(loadUnsent("mila", "l1")).toBeNull();
    expect(listUnsent("mila")).toEqual([]);
    expect(localStorage.length).toBe(0);
  });
});
