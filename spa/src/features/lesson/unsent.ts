import type { Attempt } from "@/api/types";
import { itemKeys, readItem, removeItem, writeItem } from "@/ui/storage";

const PREFIX = "lernejo.unsent.";

/** Kept per person: on a shared computer nobody sends another one's answer. */
const keyOf = (userId: string, lessonId: string): string => `${PREFIX}${userId}.${lessonId}`;

function parse(text: string | null): Attempt | null {
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as Partial<Attempt> | null;
    return typeof value?.attempt_id === "string" && typeof value.question_id === "string" ? (value as Attempt) : null;
  } catch {
    return null;
  }
}

export const loadUnsent = (userId: string, lessonId: string): Attempt | null => parse(readItem(keyOf(userId, lessonId)));

export const saveUnsent = (userId: string, lessonId: string, attempt: Attempt): void =>
  writeItem(keyOf(userId, lessonId), JSON.stringify(attempt));

/** Forgets the attempt only if it is still the one that was acknowledged. */
export function dropUnsent(userId: string, lessonId: string, attemptId: string): void {
  const key = keyOf(userId, lessonId);
  const kept = parse(readItem(key));
  if (kept === null || kept.attempt_id === attemptId) removeItem(key);
}

export function listUnsent(userId: string): { lessonId: string; attempt: Attempt }[] {
  const prefix = keyOf(userId, "");
  return itemKeys(prefix).flatMap((key) => {
    const attempt = parse(readItem(key));
    if (attempt === null) {
      removeItem(key);
      return [];
    }
    return [{ lessonId: key.slice(prefix.length), attempt }];
  });
}
