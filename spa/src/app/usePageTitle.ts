import { useEffect } from "react";

/** Names the page in the browser tab; screen readers announce it after a change of page. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Lernejo`;
  }, [title]);
}
