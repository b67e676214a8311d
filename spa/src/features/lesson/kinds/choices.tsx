import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { QuestionOf } from "../question";
import { Options } from "./Options";
import { PinnedPicture, Prompt } from "./Prompt";
import { SpeechButtons } from "./SpeechButtons";
import { Gap, Sentence } from "./Sentence";
import type { KindProps } from "./types";

export function PickPicture({ question, course, speech, onDraft, ...rest }: KindProps<QuestionOf<"pick_picture">>) {
  return (
    <div className="grid gap-6">
      <div className="flex items-center justify-center gap-4">
        <SpeechButtons audio={question.audio} speech={speech} size="small" />
        <p lang={course.language} className="text-4xl font-black">
          {question.word}
        </p>
      </div>
      <Options
        {...rest}
        layout="pictures"
      lang={course.source_language}
        options={question.options.map((option) => ({
          choice: option.choice,
          names: [option.alt],
          content: (
            <img
              src={option.image_url}
              alt={option.alt}
              className="h-28 w-full object-contain xs:h-36 sm:h-40"
            />
          ),
        }))}
        onChoose={(choice) => onDraft({ choice })}
      />
    </div>
  );
}

export function MultipleChoice({ question, course, speech, onDraft, ...rest }: KindProps<QuestionOf<"multiple_choice">>) {
  const isForeign = question.prompt_language === course.language;
  return (
    <div className="grid gap-6">
      <Prompt question={question} speech={speech} lang={question.prompt_language}>
        {question.prompt}
      </Prompt>
      <Options
        {...rest}
        layout="list"
        lang={isForeign ? course.source_language : course.language}
        options={question.options.map(({ choice }) => ({ choice, content: choice }))}
        onChoose={(choice) => onDraft({ choice })}
      />
    </div>
  );
}

export function MinimalPair({ question, course, speech, onDraft, ...rest }: KindProps<QuestionOf<"minimal_pair">>) {
  return (
    <div className="grid gap-8">
      <PinnedPicture question={question} />
      <SpeechButtons audio={question.audio} speech={speech} size="large" />
      <Options
        {...rest}
        layout="list"
        lang={course.language}
        options={question.options.map(({ choice }) => ({
          choice,
          content: <span className="block text-center text-2xl">{choice}</span>,
        }))}
        onChoose={(choice) => onDraft({ choice })}
      />
    </div>
  );
}

export function ClozeTap({ question, course, speech, onDraft, ...rest }: KindProps<QuestionOf<"cloze_tap">>) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <div className="grid gap-6">
      <Prompt question={question} speech={speech}>
        <Sentence
          text={question.sentence}
          lang={course.language}
          gap={<Gap word={chosen} emptyName={t("lesson.missing_word")} />}
        />
        <p lang={course.source_language} className="mt-2 text-base font-semibold text-muted">
          {question.translation}
        </p>
      </Prompt>
      <Options
        {...rest}
        layout="words"
        lang={course.language}
        options={question.options.map(({ choice }) => ({ choice, content: choice }))}
        onChoose={(choice) => {
          setChosen(choice);
          onDraft({ choice });
        }}
      />
    </div>
  );
}
