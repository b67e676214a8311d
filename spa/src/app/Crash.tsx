import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/ui/Button";
import { Message } from "@/ui/States";

/** The last net: whatever broke while drawing, the student sees Erino and a way on, not a white page. */
export class Crash extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? <CrashPage /> : this.props.children;
  }
}

function CrashPage() {
  const { t } = useTranslation();
  // A page that was never opened cannot be fetched without a line; nothing is broken then.
  const isOffline = !navigator.onLine;
  return (
    <div role="alert">
      <Message
        mood="sad"
        title={isOffline ? t("error.offline") : t("error.crash_title")}
        text={isOffline ? t("error.offline_text") : t("error.crash_text")}
      >
        <Button onClick={() => location.reload()}>{t("error.reload")}</Button>
      </Message>
    </div>
  );
}
