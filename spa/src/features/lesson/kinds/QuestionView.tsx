import type { ReactElement } from "react";

import { ClozeTap, MinimalPair, MultipleChoice, PickPicture } from "./choices";
import { DictationBank, OrderWords, WordBank } from "./chips";
import { MatchPairs } from "./MatchPairs";
import { ClozeType, Dictation, Translate } from "./typed";
import type { KindProps } from "./types";

export function QuestionView({ question, ...rest }: KindProps): ReactElement {
  switch (question.kind) {
    case "pick_picture":
      return <PickPicture question={question} {...rest} />;
    case "multiple_choice":
      return <MultipleChoice question={question} {...rest} />;
    case "minimal_pair":
      return <MinimalPair question={question} {...rest} />;
    case "cloze_tap":
      return <ClozeTap question={question} {...rest} />;
    case "cloze_type":
      return <ClozeType question={question} {...rest} />;
    case "word_bank":
      return <WordBank question={question} {...rest} />;
    case "translate":
      return <Translate question={question} {...rest} />;
    case "order_words":
      return <OrderWords question={question} {...rest} />;
    case "dictation_bank":
      return <DictationBank question={question} {...rest} />;
    case "dictation":
      return <Dictation question={question} {...rest} />;
    case "match_pairs":
      return <MatchPairs question={question} {...rest} />;
  }
}
