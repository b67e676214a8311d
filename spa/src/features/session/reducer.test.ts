import { describe, expect, it } from "vitest";

import type { User } from "@/api/types";

import { initialSession, sessionReducer, type SessionState } from "./reducer";

const mila: User = { id: "1", user_name: "mila", display_name: "Mila Fox", roles: ["student"], locale: "en" };
const signedIn: SessionState = { status: "signed_in", user: mila };

describe("the session", () => {
  it("asks nobody when there is no trace of a session", () => {
    expect(initialSession(false)).toEqual({ status: "signed_out", wasExpired: false });
    expect(initialSession(true)).toEqual({ status: "starting" });
  });

  it("is restored, and not restored without a word about being away", () => {
    const starting = initialSession(true);
    expect(sessionReducer(starting, { type: "restored", user: mila })).toEqual(signedIn);
    expect(sessionReducer(starting, { type: "not_restored" })).toEqual({ status: "signed_out", wasExpired: false });
  });

  it("tells an unreachable server from a lost session, and can be tried again", () => {
    const unreachable = sessionReducer({ status: "starting" }, { type: "restore_failed", error: "offline" });
    expect(unreachable).toEqual({ status: "unreachable", error: "offline" });
    expect(sessionReducer(unreachable, { type: "restore_again" })).toEqual({ status: "starting" });
  });

  it("says that it expired only to someone who was signed in", () => {
    expect(sessionReducer(signedIn, { type: "expired" })).toEqual({ status: "signed_out", wasExpired: true });
    const out: SessionState = { status: "signed_out", wasExpired: false };
    expect(sessionReducer(out, { type: "expired" })).toBe(out);
    const starting: SessionState = { status: "starting" };
    expect(sessionReducer(starting, { type: "expired" })).toBe(starting);
  });

  it("changes the person only while signed in", () => {
    const renamed = { ...mila, display_name: "Mila F." };
    expect(sessionReducer(signedIn, { type: "user_changed", user: renamed })).toEqual({ status: "signed_in", user: renamed });
    const out: SessionState = { status: "signed_out", wasExpired: false };
    expect(sessionReducer(out, { type: "user_changed", user: renamed })).toBe(out);
  });

  it("signs out", () => {
    expect(sessionReducer(signedIn, { type: "signed_out" })).toEqual({ status: "signed_out", wasExpired: false });
  });
});
