/** Each module crosses another country; the five return in turn. */
export interface Land {
  banner: string;
  edge: string;
  stone: string;
  scenery: readonly ("tree" | "flower" | "mushroom" | "bush" | "cloud" | "moon" | "wheat")[];
}

const LANDS: readonly [Land, ...Land[]] = [
  { banner: "#54c7b5", edge: "var(--color-teal-dark)", stone: "var(--color-teal)", scenery: ["tree", "flower", "bush", "mushroom"] },
  { banner: "var(--color-sky)", edge: "var(--color-sky-edge)", stone: "var(--color-sky)", scenery: ["cloud", "tree", "cloud", "flower"] },
  { banner: "var(--color-sun)", edge: "var(--color-sun-edge)", stone: "var(--color-sun)", scenery: ["wheat", "flower", "wheat", "bush"] },
  { banner: "var(--color-lilac)", edge: "var(--color-lilac-edge)", stone: "var(--color-lilac)", scenery: ["moon", "mushroom", "cloud", "tree"] },
  { banner: "var(--color-coral)", edge: "var(--color-coral-edge)", stone: "var(--color-coral)", scenery: ["mushroom", "bush", "flower", "tree"] },
];

export const landOf = (index: number): Land => LANDS[index % LANDS.length] ?? LANDS[0];
