/** Reads a cookie the server made readable on purpose, so that a form on another site cannot imitate us. */
export function readCookie(name: string, source: string = document.cookie): string | null {
  for (const part of source.split("; ")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at) === name) return decodeURIComponent(part.slice(at + 1));
  }
  return null;
}

export const accessCsrf = (): string | null => readCookie("csrf_access_token");
export const refreshCsrf = (): string | null => readCookie("csrf_refresh_token");

/** Whether a session may exist at all; the tokens themselves are HttpOnly and cannot be seen from here. */
export const mayHaveSession = (): boolean => accessCsrf() !== null || refreshCsrf() !== null;
