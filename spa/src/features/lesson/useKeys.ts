import { useEffect, useEffectEvent } from "react";

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement ||
  (target instanceof HTMLInputElement && target.type !== "radio" && target.type !== "checkbox");

/** Keys of the whole player; silent while someone types, while a dialog is open and together with a modifier. */
export function useKeys(isActive: boolean, onKey: (event: KeyboardEvent) => void): void {
  const handle = useEffectEvent(onKey);
  useEffect(() => {
    if (!isActive) return;
    const listener = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || document.querySelector("dialog[open]") !== null) return;
      handle(event);
    };
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, [isActive]);
}

/** Positions on the keyboard, not letters: they stay where they are on a Russian or a Spanish layout. */
const CODES = [
  ..."1234567890".split("").map((digit) => ({ code: `Digit${digit}`, label: digit })),
  ..."QWERTYUIOP".split("").map((letter) => ({ code: `Key${letter}`, label: letter })),
];

export const keyLabel = (index: number): string | undefined => CODES[index]?.label;

/** Which of the numbered things on the screen a key stands for, or -1. */
export function keyIndex(event: KeyboardEvent): number {
  const code = event.code.startsWith("Numpad") ? event.code.replace("Numpad", "Digit") : event.code;
  return CODES.findIndex((candidate) => candidate.code === code);
}
