import { getPreferences } from "./preferences";

interface Note {
  /** Seconds from the start of the cue. */
  at: number;
  hertz: number;
  seconds: number;
  volume: number;
  wave: OscillatorType;
}

const note = (at: number, hertz: number, seconds = 0.16, volume = 0.12, wave: OscillatorType = "sine"): Note => ({
  at,
  hertz,
  seconds,
  volume,
  wave,
});

/** Short, soft and low in volume: thirty of these go off in one classroom. */
const CUES = {
  tap: [note(0, 520, 0.05, 0.05, "triangle")],
  untap: [note(0, 390, 0.05, 0.05, "triangle")],
  correct: [note(0, 659, 0.12), note(0.09, 988, 0.26), note(0.09, 1318, 0.2, 0.04)],
  almost: [note(0, 587, 0.13), note(0.11, 740, 0.22)],
  wrong: [note(0, 330, 0.16, 0.1, "triangle"), note(0.13, 262, 0.26, 0.1, "triangle")],
  finished: [
    note(0, 523, 0.16),
    note(0.11, 659, 0.16),
    note(0.22, 784, 0.16),
    note(0.33, 1047, 0.5),
    note(0.33, 1319, 0.45, 0.05),
  ],
  sparkle: [note(0, 1568, 0.12, 0.05), note(0.07, 2093, 0.22, 0.05)],
} satisfies Record<string, Note[]>;

export type Cue = keyof typeof CUES;

let context: AudioContext | null = null;

export function playCue(cue: Cue): void {
  if (!getPreferences().sound || typeof AudioContext === "undefined") return;
  context ??= new AudioContext();
  // Browsers keep the context asleep until the first gesture.
  if (context.state === "suspended") void context.resume();
  for (const { at, hertz, seconds, volume, wave } of CUES[cue]) {
    const start = context.currentTime + at;
    const oscillator = context.createOscillator();
    const gain = context.createGain();
    oscillator.type = wave;
    oscillator.frequency.value = hertz;
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(volume, start + 0.012);
    gain.gain.exponentialRampToValueAtTime(0.0001, start + seconds);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(start);
    oscillator.stop(start + seconds + 0.02);
  }
}
