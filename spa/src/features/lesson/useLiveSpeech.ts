import { useQuery } from "@tanstack/react-query";

import { lessonQuery } from "@/api/queries";

import { isListening, type Question, speechState } from "./question";

const POLL_MS = 3_000;

/** The question with its recordings as they are now: asks again every few seconds while one it needs is being made. */
export function useLiveSpeech(lessonId: string, question: Question): Question {
  const needsVoice = isListening(question) && speechState(question) === "pending";
  const { data } = useQuery({
    ...lessonQuery(lessonId),
    queryKey: ["lesson-speech", lessonId],
    enabled: needsVoice,
    gcTime: 0,
    refetchInterval: (query) => {
      const live = query.state.data?.questions.find(({ id }) => id === question.id);
      return live !== undefined && speechState(live) !== "pending" ? false : POLL_MS;
    },
  });
  if (!needsVoice) return question;
  const live = data?.questions.find(({ id }) => id === question.id);
  if (live === undefined) return question;
  if (question.kind === "match_pairs" && live.kind === "match_pairs") return { ...question, left: live.left };
  return { ...question, audio: live.audio };
}
