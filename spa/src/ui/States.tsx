import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useErrorWords } from "@/i18n/errors";

import { Button } from "./Button";
import { Erino, type Mood } from "./mascot/Erino";

interface MessageProps {
  mood: Mood;
  title: string;
  text?: string;
  children?: ReactNode;
}

/** Erino says one thing, with at most one or two ways on. */
export function Message({ mood, title, text, children }: MessageProps) {
  return (
    <div className="anim-appear mx-auto flex max-w-md flex-col items-center gap-3 px-4 py-10 text-center">
      <Erino mood={mood} className="w-40" />
      <h1 className="text-2xl font-extrabold">{title}</h1>
      {text !== undefined && <p className="text-lg text-muted">{text}</p>}
      {children !== undefined && <div className="mt-3 flex flex-wrap justify-center gap-3">{children}</div>}
    </div>
  );
}

export function Loading({ text }: { text?: string }) {
  const { t } = useTranslation();
  return (
    <div role="status" className="grid min-h-[60dvh] place-items-center p-6">
      <div className="flex flex-col items-center gap-4">
        <Erino mood="thinking" className="w-28" />
        <p className="font-bold text-muted">{text ?? t("app.loading")}</p>
      </div>
    </div>
  );
}

export function Failure({ error, onRetry, children }: { error: unknown; onRetry?: () => void; children?: ReactNode }) {
  const { t } = useTranslation();
  const { message, reference } = useErrorWords()(error);
  return (
    <div role="alert">
      <Message mood="sad" title={t("error.title")} text={message}>
        {reference !== null && <p className="w-full text-sm text-muted">{reference}</p>}
        {onRetry !== undefined && <Button onClick={onRetry}>{t("app.retry")}</Button>}
        {children}
      </Message>
    </div>
  );
}
