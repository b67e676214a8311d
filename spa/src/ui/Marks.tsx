import { starPath } from "./mascot/quills";

const STAR = starPath(12, 12.6, 10.5);

/** The star of Erino's pin stands for XP. */
export function StarMark({ className, empty = false }: { className?: string; empty?: boolean }) {
  return (
    <svg viewBox="0 0 24 24" className={className} aria-hidden>
      <path
        d={STAR}
        fill={empty ? "none" : "var(--color-sun)"}
        stroke={empty ? "var(--line-strong)" : "var(--color-sun-edge)"}
        strokeWidth="1.6"
        strokeLinejoin="round"
      />
    </svg>
  );
}

/** A camp fire that is lit once today's lesson is done. */
export function FlameMark({ className, lit }: { className?: string; lit: boolean }) {
  return (
    <svg viewBox="0 0 24 24" className={className} aria-hidden>
      <path
        d="M12.6 1.6c.6 4-4.9 6-6.6 10.3c-1.8 4.7 1 10.3 6 10.3s7.8-4.500 7-8.8c-.4-2.300-1.600-3.500-2.300-5.100c-.5 1.300-1 2-1.900 2.500c.3-3.600-.3-6.900-2.200-9.200z"
        fill={lit ? "var(--color-coral)" : "var(--line)"}
        stroke={lit ? "var(--color-coral-edge)" : "var(--line-strong)"}
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
      <path
        d="M12.2 11.5c.2 2.300-2.700 3.300-2.700 5.900c0 1.900 1.200 3.200 2.800 3.200s2.900-1.300 2.800-3.100c-.1-2.500-1.900-3.600-2.900-6z"
        fill={lit ? "var(--color-sun)" : "var(--surface)"}
      />
    </svg>
  );
}

/** The word mark: an open book whose pages make a hill, with the star rising over it. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 40 40" className={className} aria-hidden>
      <rect width="40" height="40" rx="12" fill="var(--color-teal)" />
      <path d="M6 27c5-5 10-5 14 0c4-5 9-5 14 0v6c-5-4-10-4-14 0c-4-4-9-4-14 0z" fill="#fffbf4" />
      <path d="M20 27v6" stroke="var(--color-teal-dark)" strokeWidth="1.8" />
      <path
        d={starPath(20, 13.5, 8.5)}
        fill="var(--color-sun)"
        stroke="#fff3cf"
        strokeWidth="1.4"
        strokeLinejoin="round"
      />
    </svg>
  );
}
