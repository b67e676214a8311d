import { Arms, Extras, Face } from "./parts";
import { quillFan, starPath } from "./quills";

export type Mood = "happy" | "waving" | "thinking" | "cheering" | "sad" | "sleeping";

interface ErinoProps {
  mood?: Mood;
  className?: string;
  /** What the picture says to someone who cannot see it; without it Erino is decoration. */
  label?: string;
}

const COAT = quillFan({ cx: 100, cy: 112, inner: 70, outer: 86, from: 146, to: 394, count: 17 });
const COAT_INNER = quillFan({ cx: 100, cy: 114, inner: 57, outer: 70, from: 158, to: 382, count: 13 });
const FRINGE = quillFan({ cx: 100, cy: 124, inner: 45, outer: 57, from: 196, to: 344, count: 7 });
const PIN = starPath(141, 63, 17);

/** Erino, a small round hedgehog (erinaco in Esperanto) with a star-shaped pin in his quills. */
export function Erino({ mood = "happy", className, label }: ErinoProps) {
  return (
    <svg
      viewBox="0 0 200 200"
      className={className}
      {...(label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
    >
      <ellipse cx="100" cy="190" rx="58" ry="7" fill="#22304f" opacity="0.14" />
      <g className={mood === "cheering" ? "anim-hop" : "anim-breathe"}>
        <path d={COAT} fill="#5d463b" />
        <path d={COAT_INNER} fill="#7b5f50" />
        <ellipse cx="80" cy="184" rx="17" ry="8.5" fill="#e9bd92" />
        <ellipse cx="120" cy="184" rx="17" ry="8.5" fill="#e9bd92" />
        <ellipse cx="100" cy="144" rx="56" ry="42" fill="#fff1dc" />
        <circle cx="57" cy="98" r="13" fill="#e9bd92" />
        <circle cx="58" cy="100" r="7.5" fill="#ff9d8c" />
        <circle cx="143" cy="98" r="13" fill="#e9bd92" />
        <circle cx="142" cy="100" r="7.5" fill="#ff9d8c" />
        <ellipse cx="100" cy="126" rx="51" ry="44" fill="#ffe2bf" />
        <path d={FRINGE} fill="#7b5f50" />
        <ellipse cx="100" cy="131" rx="47" ry="37" fill="#ffe2bf" />
        <Face mood={mood} />
        <Arms mood={mood} />
        <path d={PIN} fill="#ffc542" stroke="#d6950a" strokeWidth="3" strokeLinejoin="round" />
        <path d="M135 58l4-5" stroke="#fff3cf" strokeWidth="4" strokeLinecap="round" />
        <Extras mood={mood} />
      </g>
    </svg>
  );
}
