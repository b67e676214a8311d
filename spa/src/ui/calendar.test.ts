import { describe, expect, it } from "vitest";

import { addDays, dayIn, lastDays, lastWeeks } from "./calendar";

describe("the calendar", () => {
  it("knows the day where the school is", () => {
    const instant = new Date("2026-11-23T22:30:00Z");
    expect(dayIn(instant, "Europe/Berlin")).toBe("2026-11-23");
    expect(dayIn(instant, "Asia/Tokyo")).toBe("2026-11-24");
    expect(dayIn(instant, "Nowhere/Here")).toMatch(/^2026-11-2[34]$/);
  });

  it("crosses months, leap days and clock changes", () => {
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(addDays("2026-10-24", 2)).toBe("2026-10-26");
    expect(lastDays("2026-03-02", 4)).toEqual(["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"]);
  });

  it.each(["2026-11-23", "2026-11-25", "2026-11-29"])("draws whole weeks from Monday that hold %s", (today) => {
    const weeks = lastWeeks(today, 4);
    expect(weeks).toHaveLength(4);
    expect(weeks[0]?.[0]).toBe("2026-11-02");
    expect(weeks[3]).toContain(today);
    expect(weeks[3]?.[6]).toBe("2026-11-29");
  });
});
