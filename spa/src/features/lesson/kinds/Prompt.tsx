import type { ReactNode } from "react";

import type { Question } from "../question";
import type { SpeechPlayer } from "../useSpeech";
import { SpeechButtons } from "./SpeechButtons";

/** A picture pinned above the prompt like a photograph on a board. */
export function PinnedPicture({ question }: { question: Question }) {
  if (question.picture_url === null) return null;
  return (
    <img
      src={question.picture_url}
      alt={question.picture_alt ?? ""}
      className="mx-auto mb-4 h-32 w-36 -rotate-2 rounded-xl border-2 border-line bg-white object-contain p-2 shadow-md sm:h-40 sm:w-44"
    />
  );
}

interface PromptProps {
  question: Question;
  speech: SpeechPlayer;
  lang?: string;
  children: ReactNode;
}

/** What is to be translated or completed, with its voice if it has one. */
export function Prompt({ question, speech, lang, children }: PromptProps) {
  return (
    <div>
      <PinnedPicture question={question} />
      <div className="card flex items-center gap-4 px-5 py-4">
        <SpeechButtons audio={question.audio} speech={speech} size="small" />
        <div lang={lang} className="min-w-0 flex-1 text-xl font-bold sm:text-2xl">
          {children}
        </div>
      </div>
    </div>
  );
}
