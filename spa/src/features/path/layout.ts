export const ROW_HEIGHT = 164;
/** Where the middle of a stone lies inside its row. */
export const STONE_Y = 58;

/** How far the path swings out from the middle, in hundredths of the width. */
const SWING = [0, 17, 22, 13, -6, -19, -22, -11];

export interface Stop {
  /** Hundredths of the width. */
  x: number;
  y: number;
}

/** The stops of one module; `before` is the number of lessons on the path above it, so that the winding goes on. */
export function stopsOf(count: number, before: number): Stop[] {
  return Array.from({ length: count }, (_, index) => ({
    x: 50 + (SWING[(before + index) % SWING.length] ?? 0),
    y: index * ROW_HEIGHT + STONE_Y,
  }));
}

/** A smooth line through all stops, upright at each of them, from the top edge to the bottom edge. */
export function trailThrough(stops: readonly Stop[], height: number): string {
  if (stops.length === 0) return "";
  let path = "M50 0";
  let from: Stop = { x: 50, y: 0 };
  for (const to of [...stops, { x: 50, y: height }]) {
    const middle = (from.y + to.y) / 2;
    path += `C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${to.y}`;
    from = to;
  }
  return path;
}
