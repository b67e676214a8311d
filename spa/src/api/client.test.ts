import { http, HttpResponse } from "msw";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { server } from "@/test/server";

import { onSessionLost } from "./client";
import { ApiError } from "./errors";
import { modulesQuery } from "./queries";
import { changeUser, getUser } from "./requests";

const mila = { id: "1", user_name: "mila", display_name: "Mila Fox", roles: ["student"], locale: "en" };
const expired = () =>
  HttpResponse.json({ code: "token_expired", message: "Signature has expired", request_id: "r1" }, { status: 401 });

/** A server whose access token has run out; a refresh brings a new one, if it is allowed. */
function expiredSession(canRefresh: boolean) {
  const seen = { refreshes: 0, csrf: [] as (string | null)[] };
  let isFresh = false;
  const guarded = (body: object) => () => (isFresh ? HttpResponse.json(body) : expired());
  server.use(
    http.get("/api/v1/user", guarded(mila)),
    http.get("/api/v1/modules", guarded({ courses: [], modules: [] })),
    http.patch("/api/v1/user", ({ request }) => {
      seen.csrf.push(request.headers.get("X-CSRF-TOKEN"));
      return guarded(mila)();
    }),
    http.post("/api/v1/auth/refresh", ({ request }) => {
      seen.refreshes += 1;
      seen.csrf.push(request.headers.get("X-CSRF-TOKEN"));
      if (!canRefresh) return expired();
      isFresh = true;
      document.cookie = "csrf_access_token=new-access";
      return HttpResponse.json({ user: mila });
    }),
  );
  return seen;
}

beforeEach(() => {
  document.cookie = "csrf_access_token=old-access";
  document.cookie = "csrf_refresh_token=the-refresh";
});
afterEach(() => {
  document.cookie = "csrf_access_token=; max-age=0";
  document.cookie = "csrf_refresh_token=; max-age=0";
});

const getModules = () => (modulesQuery.queryFn as (context: { signal: AbortSignal }) => Promise<unknown>)({
  signal: new AbortController().signal,
});

describe("an expired session", () => {
  it("is renewed once for all requests under way, and each is repeated", async () => {
    const seen = expiredSession(true);
    const [user] = await Promise.all([getUser(), getModules()]);
    expect(user).toEqual(mila);
    expect(seen.refreshes).toBe(1);
  });

  it("repeats a change with its body and the new CSRF token", async () => {
    const seen = expiredSession(true);
    await expect(changeUser({ locale: "es" })).resolves.toEqual(mila);
    expect(seen.csrf).toEqual(["old-access", "the-refresh", "new-access"]);
  });

  it("is told to the app when it cannot be renewed", async () => {
    expiredSession(false);
    let isLost = false;
    const stop = onSessionLost(() => (isLost = true));
    await expect(getUser()).rejects.toMatchObject({ status: 401, code: "token_expired" });
    expect(isLost).toBe(true);
    stop();
  });
});

describe("an error", () => {
  it("carries code, fields and the id to quote", async () => {
    const body = {
      code: "invalid_input",
      message: "Wrong",
      fields: { json: { display_name: ["Longer than maximum length 60."] } },
      request_id: "r7",
    };
    server.use(http.patch("/api/v1/user", () => HttpResponse.json(body, { status: 422 })));
    const error: unknown = await changeUser({ display_name: "x" }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      code: "invalid_input",
      requestId: "r7",
      fields: { display_name: ["Longer than maximum length 60."] },
      isTransient: false,
    });
  });

  it("is transient when no answer came or the server was busy", async () => {
    server.use(http.get("/api/v1/user", () => HttpResponse.error()));
    await expect(getUser()).rejects.toMatchObject({ code: "offline", isTransient: true });
    server.use(http.get("/api/v1/user", () => new HttpResponse("<html>", { status: 503 })));
    await expect(getUser()).rejects.toMatchObject({ code: "unavailable", isTransient: true });
  });
});
