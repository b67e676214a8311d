import type { ParseKeys } from "i18next";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

/** Names the page in the browser tab; screen readers announce it after a change of page. */
export function usePageTitle(key: ParseKeys): void {
  const { t } = useTranslation();
  const title = t(key);
  useEffect(() => {
    document.title = `${title} · Lernejo`;
  }, [title]);
}
