import type { ApiQuestion, Attempt } from "@/api/types";

/** One question; the API tells the kinds apart by `kind`, so a field of a kind is there as soon as the kind is known. */
export type Question = ApiQuestion;
export type QuestionKind = Question["kind"];
export type QuestionOf<K extends QuestionKind> = Extract<Question, { kind: K }>;

export type Speech = NonNullable<Question["audio"]>;
export type SpeechState = Speech["state"];

export type Answer = NonNullable<Attempt["answer"]>;

/** Whether the question makes no sense to someone who cannot listen now. */
export function isListening(question: Question): boolean {
  switch (question.kind) {
    case "minimal_pair":
    case "dictation":
    case "dictation_bank":
      return true;
    case "match_pairs":
      return question.left_is_audio;
    default:
      return false;
  }
}

/** The one thing to know about all recordings a listening question needs. */
export function speechState(question: Question): SpeechState {
  const recordings = question.kind === "match_pairs" ? question.left.map((item) => item.audio) : [question.audio];
  const states = recordings.map((recording) => recording?.state ?? "unavailable");
  if (states.every((state) => state === "ready")) return "ready";
  return states.find((state) => state === "failed" || state === "unavailable") ?? "pending";
}
