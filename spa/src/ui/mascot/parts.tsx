import type { Mood } from "./Erino";
import { starPath } from "./quills";

const INK = "#22304f";
const PAW = "#f3cfa5";
const line = { fill: "none", stroke: INK, strokeWidth: 4.5, strokeLinecap: "round" } as const;

function OpenEyes({ dx = 0, dy = 0, half = false }: { dx?: number; dy?: number; half?: boolean }) {
  return (
    <g className="anim-blink">
      <ellipse cx="81" cy="119" rx="7.5" ry={half ? 7 : 9} fill={INK} />
      <ellipse cx="119" cy="119" rx="7.5" ry={half ? 7 : 9} fill={INK} />
      <circle cx={83.5 + dx} cy={115.5 + dy} r="3" fill="#fff" />
      <circle cx={121.5 + dx} cy={115.5 + dy} r="3" fill="#fff" />
      <circle cx={79 + dx} cy={123 + dy} r="1.5" fill="#fff" opacity="0.8" />
      <circle cx={117 + dx} cy={123 + dy} r="1.5" fill="#fff" opacity="0.8" />
    </g>
  );
}

const EYES: Record<Mood, React.ReactNode> = {
  happy: <OpenEyes />,
  waving: <OpenEyes />,
  thinking: <OpenEyes dx={1.5} dy={-2} />,
  cheering: <path d="M73 121q8-13 16 0M111 121q8-13 16 0" {...line} />,
  sad: (
    <>
      <OpenEyes half />
      <path d="M70 106q7-6 14-7M130 106q-7-6-14-7" {...line} strokeWidth="4" />
    </>
  ),
  sleeping: <path d="M73 118q8 8 16 0M111 118q8 8 16 0" {...line} />,
};

const MOUTHS: Record<Mood, React.ReactNode> = {
  happy: <path d="M88 144q12 11 24 0" {...line} />,
  waving: (
    <>
      <path d="M86 143q14 20 28 0z" fill="#9c3a3a" stroke={INK} strokeWidth="4" strokeLinejoin="round" />
      <path d="M94 151q6-4 12 0q-6 6-12 0" fill="#ff9d8c" />
    </>
  ),
  thinking: <path d="M92 146q8-4 15 1" {...line} />,
  cheering: (
    <>
      <path d="M83 142q17 28 34 0z" fill="#9c3a3a" stroke={INK} strokeWidth="4" strokeLinejoin="round" />
      <path d="M92 153q8-5 16 0q-8 8-16 0" fill="#ff9d8c" />
    </>
  ),
  sad: <path d="M91 147q9 5 18 0" {...line} />,
  sleeping: <ellipse cx="100" cy="147" rx="4.5" ry="5" fill="#9c3a3a" />,
};

export function Face({ mood }: { mood: Mood }) {
  return (
    <g>
      <ellipse cx="66" cy="136" rx="9" ry="6.5" fill="#ff7a66" opacity="0.45" />
      <ellipse cx="134" cy="136" rx="9" ry="6.5" fill="#ff7a66" opacity="0.45" />
      {EYES[mood]}
      {MOUTHS[mood]}
      <ellipse cx="100" cy="134" rx="8.5" ry="6.5" fill={INK} />
      <ellipse cx="97.5" cy="131.5" rx="2.6" ry="1.7" fill="#fff" opacity="0.75" />
    </g>
  );
}

/** One paw on a short arm; drawn from the shoulder to the given point. */
function Arm({ from, to, className }: { from: [number, number]; to: [number, number]; className?: string }) {
  return (
    <g className={className}>
      <path d={`M${from.join(" ")}L${to.join(" ")}`} stroke={PAW} strokeWidth="17" strokeLinecap="round" />
      <circle cx={to[0]} cy={to[1]} r="10.5" fill={PAW} />
    </g>
  );
}

const LEFT: [number, number] = [52, 152];
const RIGHT: [number, number] = [148, 152];

export function Arms({ mood }: { mood: Mood }) {
  switch (mood) {
    case "waving":
      return (
        <>
          <Arm from={LEFT} to={[62, 168]} />
          <Arm from={RIGHT} to={[178, 112]} className="anim-wave" />
        </>
      );
    case "cheering":
      return (
        <>
          <Arm from={LEFT} to={[20, 108]} />
          <Arm from={RIGHT} to={[180, 108]} />
        </>
      );
    case "thinking":
      return (
        <>
          <Arm from={LEFT} to={[62, 168]} />
          <Arm from={RIGHT} to={[120, 163]} />
        </>
      );
    case "sad":
      return (
        <>
          <Arm from={LEFT} to={[84, 169]} />
          <Arm from={RIGHT} to={[116, 169]} />
          <path
            d="M100 180c-14-9-17-16-13-21c4-5 10-4 13 1c3-5 9-6 13-1c4 5 1 12-13 21z"
            fill="#ff7a66"
            stroke="#d4523d"
            strokeWidth="2.5"
            strokeLinejoin="round"
          />
        </>
      );
    case "happy":
    case "sleeping":
      return (
        <>
          <Arm from={LEFT} to={[66, 168]} />
          <Arm from={RIGHT} to={[134, 168]} />
        </>
      );
  }
}

export function Extras({ mood }: { mood: Mood }) {
  switch (mood) {
    case "cheering":
      return (
        <g fill="#ffc542">
          <path className="anim-twinkle" d={starPath(18, 62, 11)} />
          <path className="anim-twinkle" d={starPath(184, 60, 9)} fill="#5bb8f5" />
          <path className="anim-twinkle" d={starPath(40, 24, 8)} fill="#ff7a66" />
        </g>
      );
    case "thinking":
      return (
        <g fill="#a78bfa">
          <circle cx="166" cy="78" r="4.5" />
          <circle cx="176" cy="63" r="6.5" />
          <circle cx="183" cy="41" r="10" />
        </g>
      );
    case "sleeping":
      return (
        <>
          <path
            d="M52 82C50 42 92 22 134 34C156 40 170 58 172 76C156 66 148 66 144 78C112 62 78 66 52 82Z"
            fill="#a78bfa"
          />
          <path d="M50 88q50-30 98-7" stroke="#eee8ff" strokeWidth="11" strokeLinecap="round" fill="none" />
          <circle cx="172" cy="79" r="9" fill="#eee8ff" />
          <g fill="none" stroke="#7958d8" strokeWidth="4.5" strokeLinecap="round" strokeLinejoin="round">
            <path className="anim-drift" d="M164 44h12l-12 13h12" />
            <path className="anim-drift" d="M180 14h15l-15 16h15" />
          </g>
        </>
      );
    case "happy":
    case "waving":
    case "sad":
      return null;
  }
}
