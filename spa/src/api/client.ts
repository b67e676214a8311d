import createClient from "openapi-fetch";

import { accessCsrf, refreshCsrf } from "./csrf";
import { errorFrom, offlineError } from "./errors";
import type { paths } from "./schema";

const REFRESH_URL = "/api/v1/auth/refresh";
const WITHOUT_REFRESH = new Set(["/api/v1/auth/login", "/api/v1/auth/register", REFRESH_URL]);

type Listener = () => void;
const sessionLost = new Set<Listener>();

/** Called when neither the access token nor the refresh token is accepted any more. */
export function onSessionLost(listener: Listener): () => void {
  sessionLost.add(listener);
  return () => sessionLost.delete(listener);
}

function withCsrf(request: Request): Request {
  if (request.method === "GET" || request.method === "HEAD") return request;
  const isRefresh = new URL(request.url).pathname === REFRESH_URL;
  const token = isRefresh ? refreshCsrf() : accessCsrf();
  if (token !== null) request.headers.set("X-CSRF-TOKEN", token);
  return request;
}

async function send(request: Request): Promise<Response> {
  try {
    return await fetch(withCsrf(request));
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw offlineError();
  }
}

let refreshing: Promise<boolean> | null = null;

async function refreshOnce(staleCsrf: string | null): Promise<boolean> {
  const run = async (): Promise<boolean> => {
    // Another tab may have renewed the session while this one waited for the lock.
    const current = accessCsrf();
    if (current !== null && current !== staleCsrf) return true;
    if (refreshCsrf() === null) return false;
    const response = await send(new Request(new URL(REFRESH_URL, location.origin), { method: "POST" }));
    if (response.status >= 500 || response.status === 429) throw errorFrom(response.status, null);
    return response.ok;
  };
  // A refresh token is used once: two tabs must not spend it at the same time.
  return "locks" in navigator ? navigator.locks.request("lernejo.refresh", run) : run();
}

async function sendWithSession(input: Request): Promise<Response> {
  const again = input.clone();
  const staleCsrf = accessCsrf();
  const response = await send(input);
  if (response.status !== 401 || WITHOUT_REFRESH.has(new URL(input.url).pathname)) return response;
  refreshing ??= refreshOnce(staleCsrf).finally(() => {
    refreshing = null;
  });
  if (await refreshing) {
    const second = await send(again);
    if (second.status !== 401) return second;
  }
  for (const listener of sessionLost) listener();
  return response;
}

export const api = createClient<paths>({
  baseUrl: typeof location === "undefined" ? "" : location.origin,
  credentials: "same-origin",
  fetch: sendWithSession,
});

/** The data of a successful answer; everything else is thrown as an ApiError. */
export async function unwrap<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw errorFrom(response.status, error);
  return data as T;
}
