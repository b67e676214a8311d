import { useEffect, useState } from "react";

/** Runs from zero to the value in under a second; at once for people who ask for less movement. */
export function useCountUp(value: number, delayMs = 0): number {
  const [shown, setShown] = useState(0);
  useEffect(() => {
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const duration = isStill ? 0 : 800;
    const start = performance.now() + (isStill ? 0 : delayMs);
    let frame = 0;
    const tick = (now: number): void => {
      const share = duration === 0 ? 1 : Math.min(1, Math.max(0, (now - start) / duration));
      setShown(Math.round(value * (1 - (1 - share) ** 3)));
      if (share < 1) frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [value, delayMs]);
  return shown;
}
