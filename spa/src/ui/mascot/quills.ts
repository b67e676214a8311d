interface Fan {
  cx: number;
  cy: number;
  /** Distance of the valleys between quills from the centre, and of the tips. */
  inner: number;
  outer: number;
  /** Degrees, clockwise from the right; the fan is drawn from the first to the second. */
  from: number;
  to: number;
  count: number;
}

const round = (value: number): string => value.toFixed(1);

/** The outline of a fan of softly pointed quills, closed through the centre of the body. */
export function quillFan({ cx, cy, inner, outer, from, to, count }: Fan): string {
  const at = (degrees: number, radius: number): string => {
    const radians = (degrees * Math.PI) / 180;
    return `${round(cx + Math.cos(radians) * radius)} ${round(cy + Math.sin(radians) * radius)}`;
  };
  const step = (to - from) / count;
  let path = `M${at(from, inner)}`;
  for (let quill = 0; quill < count; quill += 1) {
    const start = from + quill * step;
    // Tips lean a little, so that the coat looks brushed and not like a cog wheel.
    const tip = start + step * 0.56;
    path += `Q${at(start + step * 0.2, outer * 0.97)} ${at(tip - step * 0.07, outer)}`;
    path += `Q${at(tip, outer * 1.02)} ${at(tip + step * 0.07, outer)}`;
    path += `Q${at(start + step * 0.86, outer * 0.95)} ${at(start + step, inner)}`;
  }
  return `${path}Z`;
}

/** A five-pointed star with rounded points, the sign on Erino's pin and on everything that is earned. */
export function starPath(cx: number, cy: number, radius: number, waist = 0.52): string {
  const point = (index: number): [number, number] => {
    const length = index % 2 === 0 ? radius : radius * waist;
    const radians = (index * 36 - 90) * (Math.PI / 180);
    return [cx + Math.cos(radians) * length, cy + Math.sin(radians) * length];
  };
  const between = (a: [number, number], b: [number, number], share: number): string =>
    `${round(a[0] + (b[0] - a[0]) * share)} ${round(a[1] + (b[1] - a[1]) * share)}`;
  let path = "";
  for (let index = 0; index < 10; index += 2) {
    const previous = point((index + 9) % 10);
    const tip = point(index);
    const next = point(index + 1);
    path += `${index === 0 ? "M" : "L"}${between(tip, previous, 0.3)}Q${round(tip[0])} ${round(tip[1])} ${between(tip, next, 0.3)}`;
    path += `L${round(next[0])} ${round(next[1])}`;
  }
  return `${path}Z`;
}
