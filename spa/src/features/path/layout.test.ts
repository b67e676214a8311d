import { describe, expect, it } from "vitest";

import { stopsOf, trailThrough } from "./layout";

describe("the path", () => {
  it("goes on winding from one module to the next", () => {
    const all = stopsOf(6, 0).map(({ x }) => x);
    expect([...stopsOf(4, 0), ...stopsOf(2, 4)].map(({ x }) => x)).toEqual(all);
  });

  it("stays inside, with room for a stone", () => {
    for (const { x } of stopsOf(20, 3)) {
      expect(x).toBeGreaterThanOrEqual(25);
      expect(x).toBeLessThanOrEqual(75);
    }
  });

  it("runs through every stop", () => {
    const stops = stopsOf(3, 0);
    const trail = trailThrough(stops, 500);
    for (const { x, y } of stops) expect(trail).toContain(`${x} ${y}C`);
    expect(trailThrough([], 500)).toBe("");
  });
});
