import type { Course, Result } from "@/api/types";

import type { Answer, Question } from "../question";
import type { SpeechPlayer } from "../useSpeech";

/** What every kind of question gets and gives; a null draft means there is nothing to check yet. */
export interface KindProps<Q extends Question = Question> {
  question: Q;
  course: Pick<Course, "language" | "source_language">;
  speech: SpeechPlayer;
  isLocked: boolean;
  result: Result | null;
  onDraft: (draft: Answer | null) => void;
}
