import { describe, expect, it } from "vitest";

import { pairedWith, startPairing, touch, undoPair } from "./pairing";

describe("pairing", () => {
  it("joins from either side", () => {
    const one = touch(touch(startPairing, "left", 0), "right", 2);
    const two = touch(touch(one, "right", 0), "left", 1);
    expect(two).toEqual({ pairs: [[0, 2], [1, 0]], held: null });
    expect(pairedWith(two, "right", 0)).toBe(1);
    expect(pairedWith(two, "left", 2)).toBe(-1);
  });

  it("changes its mind within a side and puts down what is pressed twice", () => {
    const held = touch(touch(startPairing, "left", 0), "left", 1);
    expect(held.held).toEqual({ side: "left", index: 1 });
    expect(touch(held, "left", 1).held).toBeNull();
  });

  it("takes a pair apart by pressing it, and the last one by undoing", () => {
    const pair = touch(touch(startPairing, "left", 0), "right", 0);
    expect(touch(pair, "right", 0)).toEqual({ pairs: [], held: { side: "right", index: 0 } });
    expect(undoPair(pair)).toEqual(startPairing);
  });
});
