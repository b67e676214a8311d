export type Side = "left" | "right";

export interface Pairing {
  /** Index on the left and on the right, in the order they were made. */
  pairs: readonly (readonly [number, number])[];
  /** Picked up and waiting for its partner. */
  held: { side: Side; index: number } | null;
}

export const startPairing: Pairing = { pairs: [], held: null };

/** Which pair an item belongs to, or -1. */
export const pairedWith = (pairing: Pairing, side: Side, index: number): number =>
  pairing.pairs.findIndex(([left, right]) => (side === "left" ? left : right) === index);

/** Picking up, putting down, joining and, on an item that is joined already, taking the pair apart again. */
export function touch(pairing: Pairing, side: Side, index: number): Pairing {
  const at = pairedWith(pairing, side, index);
  if (at >= 0) return { pairs: pairing.pairs.filter((_, position) => position !== at), held: { side, index } };
  const { held } = pairing;
  if (held?.side === side && held.index === index) return { ...pairing, held: null };
  if (held === null || held.side === side) return { ...pairing, held: { side, index } };
  const pair = side === "left" ? ([index, held.index] as const) : ([held.index, index] as const);
  return { pairs: [...pairing.pairs, pair], held: null };
}

export const undoPair = (pairing: Pairing): Pairing => ({ pairs: pairing.pairs.slice(0, -1), held: null });
