import type { CSSProperties, ReactElement } from "react";

import type { Land } from "./land";

type Thing = Land["scenery"][number];

/** Drawn in the land's own colour, so that a module keeps its mood by day and by night. */
const THINGS: Record<Thing, ReactElement> = {
  tree: (
    <>
      <path d="M44 92V62" stroke="#8a6353" strokeWidth="8" strokeLinecap="round" />
      <path d="M44 12c20 0 30 16 27 30c8 12-4 28-20 25c-10 6-26 2-29-9c-12-6-10-24 0-28c1-10 10-18 22-18z" fill="var(--color-leaf)" />
      <path d="M34 34q8-9 18-3M30 52q10-8 20-1" stroke="#fff" strokeOpacity=".5" strokeWidth="4" fill="none" strokeLinecap="round" />
    </>
  ),
  bush: (
    <>
      <path d="M10 88c-10-22 10-36 22-28c4-20 32-20 36 0c16-4 26 14 18 28z" fill="var(--color-leaf)" />
      <g fill="var(--color-coral)">
        <circle cx="32" cy="72" r="5" />
        <circle cx="54" cy="64" r="5" />
        <circle cx="68" cy="78" r="5" />
      </g>
    </>
  ),
  flower: (
    <>
      <path d="M46 92C46 74 44 66 46 54M46 80q14-2 18-12M46 84q-12-2-16-10" stroke="var(--color-leaf)" strokeWidth="6" strokeLinecap="round" fill="none" />
      <g fill="var(--color-coral)">
        <circle cx="46" cy="24" r="11" />
        <circle cx="61" cy="35" r="11" />
        <circle cx="55" cy="52" r="11" />
        <circle cx="37" cy="52" r="11" />
        <circle cx="31" cy="35" r="11" />
      </g>
      <circle cx="46" cy="40" r="10" fill="var(--color-sun)" />
    </>
  ),
  mushroom: (
    <>
      <path d="M36 90c-4-14-2-22-2-32h26c0 10 2 18-2 32z" fill="#ffefd8" />
      <path d="M10 58c0-26 18-40 37-40s37 14 37 40c-12 8-62 8-74 0z" fill="var(--color-coral)" />
      <g fill="#fffbf4">
        <circle cx="36" cy="36" r="7" />
        <circle cx="60" cy="44" r="6" />
        <circle cx="24" cy="54" r="5" />
      </g>
    </>
  ),
  cloud: (
    <path d="M18 70c-16 0-18-22-2-25c2-18 28-22 35-6c14-7 28 4 24 17c14 2 12 16-2 16z" fill="var(--surface)" stroke="var(--line)" strokeWidth="3" />
  ),
  moon: (
    <>
      <path d="M58 20a34 34 0 1 0 20 52a28 28 0 0 1-20-52z" fill="var(--color-sun)" />
      <circle cx="20" cy="24" r="3.5" fill="var(--color-lilac)" />
      <circle cx="82" cy="34" r="3" fill="var(--color-lilac)" />
    </>
  ),
  wheat: (
    <g fill="none" strokeLinecap="round">
      <path d="M30 92C30 70 26 56 24 40M48 92V32M66 92C66 70 70 56 72 40" stroke="var(--color-sun-edge)" strokeWidth="4" />
      <path d="M24 38l-7-8M24 38l6-9M25 50l-9-7M25 50l7-8M48 30l-7-9M48 30l7-9M48 44l-9-8M48 44l9-8M72 38l-6-9M72 38l7-8M71 50l-7-8M71 50l9-7" stroke="var(--color-sun)" strokeWidth="7" />
    </g>
  ),
};

interface SceneryProps {
  thing: Thing;
  className?: string;
  style?: CSSProperties;
}

export function Scenery({ thing, className, style }: SceneryProps) {
  return (
    <svg viewBox="0 0 94 96" className={className} style={style} aria-hidden>
      <ellipse cx="47" cy="92" rx="30" ry="4" fill="#22304f" opacity="0.08" />
      {THINGS[thing]}
    </svg>
  );
}
