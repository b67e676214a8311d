import { useState } from "react";

import { starPath } from "./mascot/quills";

const COLOURS = ["#ffc542", "#ff7a66", "#5bb8f5", "#a78bfa", "#6cc24a", "#1fa38e"];
const SHAPES = [starPath(10, 10, 9), "M4 7h12v6H4z", "M10 3a7 7 0 1 0 .1 0z", "M3 15Q10-5 17 15z"];

interface Piece {
  left: string;
  size: string;
  delay: string;
  duration: string;
  drift: string;
  spin: string;
  colour: string;
  shape: string;
}

function throwPieces(count: number): Piece[] {
  const pick = <T,>(from: readonly T[]): T => from[Math.floor(Math.random() * from.length)] as T;
  return Array.from({ length: count }, (_, index) => ({
    left: `${((index + Math.random()) / count) * 100}%`,
    size: `${12 + Math.random() * 14}px`,
    delay: `${Math.random() * 0.9}s`,
    duration: `${2.2 + Math.random() * 1.6}s`,
    drift: `${(Math.random() - 0.5) * 160}px`,
    spin: `${(Math.random() - 0.5) * 900}deg`,
    colour: pick(COLOURS),
    shape: pick(SHAPES),
  }));
}

/** Falls once and is gone; with reduced motion there is nothing to see, the screen says it in words anyway. */
export function Confetti({ count = 46 }: { count?: number }) {
  const [pieces] = useState(() => throwPieces(count));
  return (
    <div className="pointer-events-none fixed inset-0 z-50 overflow-hidden motion-reduce:hidden" aria-hidden>
      {pieces.map((piece, index) => (
        <svg
          key={index}
          viewBox="0 0 20 20"
          className="absolute top-0"
          style={
            {
              left: piece.left,
              width: piece.size,
              opacity: 0,
              "--drift": piece.drift,
              "--spin": piece.spin,
              animation: `confetti-fall ${piece.duration} cubic-bezier(.3,.2,.6,1) ${piece.delay} both`,
            } as React.CSSProperties
          }
        >
          <path d={piece.shape} fill={piece.colour} />
        </svg>
      ))}
    </div>
  );
}
